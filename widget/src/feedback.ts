/** What can be done with an answer: say whether it helped and, if not, why; hear it; pass it on. */

import { h, icon, type Child, type IconName } from "./dom";
import { plain } from "./text";
import type { Answer, Lang } from "./types";
import { canSpeak, quiet, speak } from "./voice";
import { writtenTime, type Words } from "./words";

export interface AnswerActions {
  rate(answer: Answer, good: boolean, reason?: string): void;
  tell(text: string): void;
}

/** The row of small buttons under an answer. */
export function feedbackRow(answer: Answer, words: Words, lang: Lang, actions: AnswerActions): HTMLElement {
  const row = h("div", { class: "under" }, tool("good", words.good, () => rate(true), answer.rated === "good"), tool("bad", words.bad, () => rate(false), answer.rated === "bad"));
  const rate = (good: boolean) => {
    actions.rate(answer, good);
    if (good) actions.tell(words.thanks);
  };
  if (canSpeak(lang)) row.append(speakTool(answer, words, lang));
  row.append(tool("share", words.share, () => void share(answer, words, actions)), h("time", { "aria-hidden": "true" }, writtenTime(answer.at, lang)));
  return answer.rated === "bad" ? h("div", { class: "rated" }, row, whyBad(answer, words, actions)) : row;
}

function tool(name: IconName, label: string, act: () => void, pressed?: boolean): HTMLButtonElement {
  const state = pressed === undefined ? {} : { "aria-pressed": String(pressed) };
  return h("button", { type: "button", class: `tool ${name}`, "aria-label": label, title: label, onclick: act, ...state }, icon(name));
}

function whyBad(answer: Answer, words: Words, actions: AnswerActions): Child {
  if (answer.reason) return h("div", { class: "why" }, words.thanks);
  const buttons = Object.entries(words.reasons).map(([reason, label]) => {
    const choose = () => (actions.rate(answer, false, reason), actions.tell(words.thanks));
    return h("button", { type: "button", class: "choice", onclick: choose }, label);
  });
  return h("div", { class: "why", role: "group", "aria-label": words.whyBad }, h("span", {}, words.whyBad), buttons);
}

function speakTool(answer: Answer, words: Words, lang: Lang): HTMLButtonElement {
  let speaking = false;
  const button = tool("speak", words.speak, () => (speaking ? show(false) : show(true)));
  const show = (on: boolean) => {
    speaking = on;
    if (on) speak(plain(answer.reply.text), lang, () => show(false));
    else quiet();
    button.replaceChildren(icon(on ? "quiet" : "speak"));
    button.setAttribute("aria-label", on ? words.quiet : words.speak);
  };
  return button;
}

/** By the device's own share sheet, else to the clipboard. A page of the answer is shared rather than its text. */
async function share(answer: Answer, words: Words, actions: AnswerActions): Promise<void> {
  const page = answer.reply.attachments?.find(({ kind }) => kind === "page")?.url;
  const text = plain(answer.reply.text);
  try {
    if (navigator.share) return await navigator.share(page ? { title: words.title, url: page } : { title: words.title, text });
    await navigator.clipboard.writeText(page ?? text);
    actions.tell(words.copied);
  } catch {
    /* the visitor closed the share sheet, or the host forbids the clipboard: nothing was promised */
  }
}
