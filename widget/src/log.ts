/** The log of the conversation on the screen, brought in line with what is stored; only what changed is built again. */

import { h } from "./dom";
import { choices, turnItem, type Actions } from "./messages";
import { typingDots, type Shell } from "./shell";
import type { Answer, Lang, QuickReply, Turn } from "./types";
import type { Words } from "./words";

const FAR = 120; // pixels from the end

export interface Shown {
  turns: Turn[];
  greeting: Answer;
  starters: QuickReply[];
  /** What is being waited for, in words; null when nothing is. */
  waiting: string | null;
}

interface Built {
  turn: Turn;
  offline: boolean;
  item: HTMLLIElement;
}

export class Log {
  private readonly built = new Map<string, Built>();
  private readonly words: Words;
  private readonly earlier: HTMLLIElement;

  constructor(private readonly shell: Shell, words: Words, private readonly lang: Lang, private readonly actions: Actions) {
    this.words = words;
    this.earlier = h("li", { class: "earlier" }, words.earlier);
  }

  show({ turns, greeting, starters, waiting }: Shown): void {
    const all = [this.built.get(greeting.id)?.turn ?? greeting, ...turns];
    const items: HTMLLIElement[] = all.map((turn) => this.item(turn));
    const past = all.findIndex((turn) => turn.past);
    if (past >= 0) items.splice(past, 0, this.earlier);
    for (const id of this.built.keys()) if (!all.some((turn) => turn.id === id)) this.built.delete(id);
    const { messages } = this.shell;
    if (items.length !== messages.children.length || items.some((item, i) => item !== messages.children[i])) messages.replaceChildren(...items);
    this.showChoices(all.at(-1)!, greeting, starters, waiting !== null);
    this.showWaiting(waiting);
    this.scrolled();
  }

  private item(turn: Turn): HTMLLIElement {
    const offline = navigator.onLine === false && turn.from === "me" && turn.state === "waiting";
    const known = this.built.get(turn.id);
    if (known?.turn === turn && known.offline === offline) return known.item;
    const item = turnItem(turn, this.words, this.lang, this.actions);
    this.built.set(turn.id, { turn, offline, item });
    return item;
  }

  private showChoices(last: Turn, greeting: Answer, starters: QuickReply[], waiting: boolean): void {
    const options = last.id === greeting.id ? starters : last.from === "bot" && !last.past ? last.reply.quick_replies : [];
    const shown = waiting ? null : choices(options, this.words, this.actions.press);
    this.shell.choices.replaceChildren(...(shown ? [shown] : []));
  }

  private showWaiting(text: string | null): void {
    const { typing } = this.shell;
    if (typing.textContent === (text ?? "")) return;
    typing.replaceChildren(...(text ? [typingDots(text)] : []));
    if (text) this.scrollToEnd();
  }

  /** There is more below: say so, and offer the way there. */
  scrolled(): void {
    const { log, toEnd } = this.shell;
    toEnd.hidden = log.scrollHeight - log.scrollTop - log.clientHeight < FAR;
  }

  /** The last words, or the greeting where there are none. */
  scrollToEnd(): void {
    const { log, messages } = this.shell;
    log.scrollTop = messages.children.length > 1 ? log.scrollHeight : 0;
  }

  /** A long answer is read from its beginning: bring the question before it to the top, not the end into view. */
  scrollToAnswer(id: string): void {
    const item = this.built.get(id)?.item;
    const question = (item?.previousElementSibling ?? item) as HTMLElement | undefined;
    if (question) this.shell.log.scrollTop = question.offsetTop - this.shell.messages.offsetTop;
  }
}
