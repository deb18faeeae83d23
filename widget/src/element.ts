/**
 * <truc-chat bot-url="https://bot.example.vn" lang="vi|en|auto" place="chua-dong" place-name="Chùa Đồng" theme="auto|light|dark"
 *            open launcher="none" position="bottom-right|bottom-left" storage="local|session|none"
 *            tiles="https://tiles.example.vn/{z}/{x}/{y}.png" privacy="/privacy|none" nonce="…">
 *
 * Methods: open(), close(), toggle(), send(text), prefill(text), setLanguage(code), clear(), destroy(); before the file
 * is loaded: (window.truc ||= []).push(["open"]).
 * Events (bubbling, composed): truc-ready, truc-open, truc-close, truc-message {from}, truc-unread {count},
 * truc-error {code}, truc-link {url} (cancelable: the host may go there itself).
 */

import { Announcer } from "./announcer";
import { Composer, composing } from "./composer";
import { Conversation, type Heard } from "./conversation";
import { TitleCount, readDeepLink, takeCalls } from "./host";
import { Log } from "./log";
import { spoken, type Actions } from "./messages";
import { Panel } from "./panel";
import { buildShell, labelLauncher, type Shell } from "./shell";
import type { Memory } from "./store";
import { applyStyles } from "./styles";
import type { Answer, Lang, Position } from "./types";
import { WORDS, isLang, pickLanguage, type Words } from "./words";

interface Parts {
  shell: Shell;
  log: Log;
  composer: Composer;
  panel: Panel;
  announcer: Announcer;
}

const TROUBLE: Record<string, keyof Words> = { too_many: "tooMany", origin_not_allowed: "notAllowed" };

export class TrucChat extends HTMLElement {
  static observedAttributes = ["lang", "place", "place-name"];

  private talk!: Conversation;
  private parts: Parts | null = null;
  private lifetime = new AbortController();
  private readonly titleCount = new TitleCount();
  private unread = 0;
  private otherLanguageInARow = 0;
  private slow = false;
  private noticed = "";

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    applyStyles(root, this.nonce);
    const link = readDeepLink();
    if (link.place) this.setAttribute("place", link.place);
    const context = () => ({ lang: this.language, place: this.getAttribute("place") });
    this.talk = new Conversation(this.base, this.memory, context, (heard) => this.heard(heard));
    this.lifetime = new AbortController();
    this.watchPage();
    this.build();
    if (this.hasAttribute("open") || link.open) this.show(link.open);
    if (link.text) this.prefill(link.text);
    this.talk.resume();
    this.tell("truc-ready");
    takeCalls(this as unknown as Record<string, unknown>);
  }

  disconnectedCallback(): void {
    this.close();
    this.lifetime.abort();
    this.talk.close();
    this.titleCount.show(0, this.words.unread);
    this.parts?.announcer.close();
    this.parts?.shell.root.remove();
    this.parts = null;
  }

  attributeChangedCallback(): void {
    if (this.parts) this.build();
  }

  get language(): Lang {
    const wished = this.getAttribute("lang");
    const page = document.documentElement.lang;
    return pickLanguage(this.talk.store.lang, wished === "auto" ? null : wished, page, ...navigator.languages);
  }

  private get words(): Words {
    return WORDS[this.language];
  }

  private get base(): string {
    const server = this.getAttribute("bot-url") ?? location.origin;
    return `${server.replace(/\/+$/, "")}/webhooks/web`;
  }

  private get memory(): Memory {
    const wished = this.getAttribute("storage");
    return wished === "session" || wished === "none" ? wished : "local";
  }

  /** The host's notice, at an address as the page writes it, else ours. */
  private get privacy(): string {
    const given = this.getAttribute("privacy");
    return given === null || given === "none" ? (given ?? this.words.privacyPage) : new URL(given, document.baseURI).href;
  }

  get isOpen(): boolean {
    return this.parts?.panel.isOpen ?? false;
  }

  open(): void {
    if (!this.isOpen) this.show(true);
  }

  close(): void {
    if (!this.isOpen) return;
    this.parts?.panel.close();
    this.tell("truc-close");
  }

  toggle(): void {
    this.isOpen ? this.close() : this.open();
  }

  /** Open and say this for the visitor, who pressed something that promised so. */
  send(text: string): void {
    this.open();
    this.say(String(text));
  }

  /** Open with this text in the input, to be sent by the visitor. */
  prefill(text: string): void {
    this.open();
    this.parts?.composer.write(String(text));
    this.parts?.shell.input.focus();
  }

  setLanguage(code: string): void {
    if (!isLang(code)) return;
    this.otherLanguageInARow = 0;
    this.talk.store.lang = code;
    this.build();
  }

  clear(): void {
    this.talk.forget();
  }

  /** Leave the page, with everything that belongs to it. What was said stays remembered: see `clear`. */
  destroy(): void {
    this.remove();
  }

  private watchPage(): void {
    const { signal } = this.lifetime;
    for (const event of ["online", "offline"]) window.addEventListener(event, () => this.render(), { signal });
    for (const event of ["resize", "scroll"]) window.visualViewport?.addEventListener(event, () => this.parts?.panel.fit(), { signal });
  }

  private tell(name: string, detail: object = {}, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
  }

  /** (Re)build everything in the language of the moment, keeping what is open, focused and typed. */
  private build(): void {
    const wasOpen = this.isOpen;
    const focused = this.shadowRoot?.activeElement?.className;
    this.parts?.shell.root.remove();
    const { words, language } = this;
    this.parts?.announcer.close();
    const shell = buildShell(words, language, this.shellActions(), this.privacy);
    const hasLauncher = this.getAttribute("launcher") !== "none";
    this.parts = {
      shell,
      log: new Log(shell, words, language, this.actions()),
      composer: new Composer(shell, words, language, this.writer()),
      panel: new Panel(shell, this, hasLauncher),
      announcer: new Announcer(shell.live, language),
    };
    this.shadowRoot?.append(shell.root);
    labelLauncher(shell.launcher, words, this.unread);
    shell.launcher.hidden = !hasLauncher || wasOpen;
    shell.panel.hidden = !wasOpen;
    shell.root.addEventListener("click", (event) => this.followed(event));
    this.render();
    this.parts.log.scrollToEnd();
    if (focused) this.shadowRoot?.querySelector<HTMLElement>(`.${focused.split(" ")[0]}`)?.focus();
  }

  private shellActions() {
    return {
      open: () => this.open(),
      close: () => this.close(),
      switchLanguage: () => this.setLanguage(this.language === "vi" ? "en" : "vi"),
      submit: (event: Event) => this.parts?.composer.submit(event),
      typed: () => this.parts?.composer.write(),
      keyed: (event: KeyboardEvent) => this.keyed(event),
      locate: () => void this.parts?.composer.locate(),
      listen: () => this.parts?.composer.listen(),
      askForget: () => this.askForget(true),
      forget: () => this.forget(),
      keep: () => this.askForget(false),
      scrolled: () => this.parts?.log.scrolled(),
      toEnd: () => this.parts?.log.scrollToEnd(),
    };
  }

  private actions(): Actions {
    return {
      retry: (id) => this.talk.retry(id),
      press: (title, payload) => this.pressed(title, payload),
      rate: (answer, good, reason) => this.talk.rate(answer, good, reason),
      tell: (text) => this.parts?.announcer.say(text),
      tiles: this.getAttribute("tiles"),
    };
  }

  private writer() {
    const { store } = this.talk;
    return {
      get draft() { return store.draft; },
      set draft(text) { store.draft = text; },
      say: (text: string, more?: { location?: Position; payload?: string }) => this.say(text, more),
      tell: (text: string) => this.notice(text),
    };
  }

  private show(byVisitor: boolean): void {
    this.parts?.panel.open(byVisitor);
    this.countUnread(0);
    this.talk.attend();
    this.parts?.log.scrollToEnd();
    this.tell("truc-open");
  }

  private say(text: string, more: { payload?: string; location?: Position } = {}): void {
    this.tell("truc-message", { from: "visitor" });
    this.slow = false;
    this.noticed = "";
    this.talk.say(text, more);
    this.parts?.log.scrollToEnd();
  }

  /** The button that was pressed goes away: the focus must not go with it. A touch keyboard stays down. */
  private pressed(title: string, payload?: string): void {
    this.say(title, { payload });
    const { log, input } = this.parts!.shell;
    (matchMedia("(pointer: coarse)").matches ? log : input).focus({ preventScroll: true });
  }

  private keyed(event: KeyboardEvent): void {
    if (!this.parts) return;
    const { shell, panel, composer } = this.parts;
    if (event.key === "Escape" && !composing(event)) {
      event.stopPropagation();
      shell.sure.hidden ? this.close() : this.askForget(false);
    } else if (event.key === "Enter" && !event.shiftKey && !composing(event) && event.target === shell.input) {
      composer.submit(event);
    } else if (event.key === "Tab") {
      panel.keepFocusInside(event);
    }
  }

  private followed(event: Event): void {
    const anchor = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (anchor && !this.tell("truc-link", { url: anchor.href }, true)) event.preventDefault();
  }

  private askForget(ask: boolean): void {
    if (!this.parts) return;
    const { sure, usual, forget, yes } = this.parts.shell;
    sure.hidden = !ask;
    usual.hidden = ask;
    (ask ? yes : forget).focus();
  }

  private forget(): void {
    this.clear();
    this.askForget(false);
    this.parts?.shell.input.focus();
  }

  private heard(heard: Heard): void {
    if (!this.parts) return;
    if ("slow" in heard) this.slow = heard.slow === "still";
    if ("trouble" in heard) this.troubled(heard.trouble);
    if (!("answers" in heard)) return this.render();
    this.slow = false;
    this.noticed = "";
    this.followLanguage(heard.answers);
    this.parts.announcer.say(...heard.answers.map((answer) => spoken(answer, this.words)));
    heard.answers.forEach(() => this.tell("truc-message", { from: "bot" }));
    if (!this.isOpen || document.hidden) this.countUnread(this.unread + heard.answers.length);
    this.render();
    this.parts.log.scrollToAnswer(heard.answers[0]!.id);
  }

  /** The conversation's language wins over the page's: after two answers in another one, the widget speaks it too. */
  private followLanguage(answers: Answer[]): void {
    const spokenIn = answers.map(({ reply }) => reply.lang).find(isLang);
    this.otherLanguageInARow = spokenIn && spokenIn !== this.language ? this.otherLanguageInARow + 1 : 0;
    if (spokenIn && this.otherLanguageInARow >= 2) this.setLanguage(spokenIn);
  }

  private countUnread(count: number): void {
    this.unread = count;
    this.titleCount.show(count, this.words.unread);
    if (this.parts) labelLauncher(this.parts.shell.launcher, this.words, count);
    this.tell("truc-unread", { count });
  }

  private troubled(code: string): void {
    this.tell("truc-error", { code });
    this.notice(this.words[TROUBLE[code] ?? "failed"] as string);
  }

  /** To be seen by everyone, above the log, until something is said. */
  private notice(text: string): void {
    this.noticed = text;
    this.render();
  }

  private render(): void {
    if (!this.parts) return;
    const { shell, log } = this.parts;
    const { words, talk } = this;
    const strip = navigator.onLine === false ? words.offline : this.noticed || (talk.lost ? words.reconnecting : "");
    shell.strip.hidden = !strip;
    if (shell.strip.textContent !== strip) shell.strip.textContent = strip;
    shell.forget.hidden = !talk.store.turns.length;
    const place = this.getAttribute("place-name");
    const greeting: Answer = { from: "bot", id: "greeting", seq: 0, at: 0, reply: { text: place ? words.greetingAt(place) : words.greeting, lang: this.language } };
    const starters = (place ? words.startersAt : words.starters).map((title) => ({ title }));
    const waiting = talk.busy ? (this.slow ? words.stillLooking : words.typing) : null;
    log.show({ turns: talk.store.turns, greeting, starters, waiting });
  }
}
