/** The fixed parts of the widget: launcher, panel with header, log and composer. Built once per language. */

import { h, icon, link, mark } from "./dom";
import type { Lang } from "./types";
import { canListen } from "./voice";
import type { Words } from "./words";

const MAX_LENGTH = 1000; // characters, as the bot takes them

export interface ShellActions {
  open(): void;
  close(): void;
  switchLanguage(): void;
  submit(event: Event): void;
  typed(): void;
  keyed(event: KeyboardEvent): void;
  locate(): void;
  listen(): void;
  askForget(): void;
  forget(): void;
  keep(): void;
  scrolled(): void;
  toEnd(): void;
}

export type Shell = ReturnType<typeof buildShell>;

/** Elements by name. `privacy`: address of the notice, or "none". */
export function buildShell(words: Words, lang: Lang, act: ShellActions, privacy: string) {
  const launcher = h("button", { type: "button", class: "launcher", part: "launcher", "aria-controls": "panel", "aria-expanded": "false", onclick: act.open });
  const strip = h("div", { class: "strip", role: "status", hidden: true });
  const log = logParts(words, act);
  const composer = composerParts(words, act);
  const foot = footParts(words, act, privacy);
  const panel = h(
    "section",
    { class: "panel", part: "panel", id: "panel", role: "dialog", "aria-label": words.title, tabindex: "-1", hidden: true, onkeydown: act.keyed },
    header(words, lang, act), strip, log.middle, composer.composer, foot.foot,
  );
  const live = h("div", { class: "sr", "aria-live": "polite" });
  const root = h("div", { class: "root", lang }, panel, launcher, live);
  return { launcher, strip, panel, live, root, ...log, ...composer, ...foot };
}

/** Write the launcher's name, with the number of unread answers. */
export function labelLauncher(button: HTMLElement, words: Words, unread: number): void {
  const badge = unread ? [h("span", { class: "badge", "aria-hidden": "true" }, String(unread))] : [];
  button.replaceChildren(mark(), h("span", { "aria-hidden": "true" }, words.launch), ...badge);
  button.setAttribute("aria-label", unread ? words.launchUnread(unread) : words.launch);
}

function header(words: Words, lang: Lang, act: ShellActions): HTMLElement {
  return h(
    "header",
    { class: "header", part: "header" },
    mark(),
    h("div", { class: "who" }, h("h2", {}, words.name), h("p", { class: "about" }, words.subtitle)),
    h("button", { type: "button", class: "language", lang: lang === "vi" ? "en" : "vi", "aria-label": words.otherLanguage, title: words.otherLanguage, onclick: act.switchLanguage }, words.otherLanguageShort),
    h("button", { type: "button", class: "close", "aria-label": words.close, title: words.close, onclick: act.close }, icon("close")),
  );
}

function logParts(words: Words, act: ShellActions) {
  const messages = h("ol", { class: "messages" });
  const choices = h("div", {});
  const typing = h("div", { role: "status" });
  const log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": words.log, tabindex: "0", onscroll: act.scrolled }, messages, choices, typing);
  const toEnd = h("button", { type: "button", class: "to-end", "aria-label": words.toEnd, title: words.toEnd, hidden: true, onclick: act.toEnd }, icon("down"));
  return { log, messages, choices, typing, toEnd, middle: h("div", { class: "middle" }, toEnd, log) };
}

/** The three dots with what they mean. */
export function typingDots(text: string): HTMLElement {
  return h("div", { class: "typing" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), text);
}

function composerParts(words: Words, act: ShellActions) {
  const label = h("label", { class: "sr", for: "question" }, words.label);
  const input = h("textarea", { id: "question", part: "input", rows: "1", maxlength: MAX_LENGTH, placeholder: words.placeholder, enterkeyhint: "send", autocomplete: "off", oninput: act.typed });
  const locate = h("button", { type: "button", class: "aid locate", "aria-label": words.useLocation, title: `${words.useLocation}. ${words.locationWhy}`, onclick: act.locate }, icon("pin"));
  const microphone = h("button", { type: "button", class: "aid listen", "aria-label": words.listen, title: words.listen, "aria-pressed": "false", hidden: !canListen(), onclick: act.listen }, icon("microphone"));
  const send = h("button", { type: "submit", class: "send", "aria-label": words.send, title: words.send, "aria-disabled": "true" }, icon("send"));
  const composer = h("form", { class: "composer", novalidate: true, onsubmit: act.submit }, label, locate, input, microphone, send);
  return { composer, input, locate, microphone, send };
}

function footParts(words: Words, act: ShellActions, privacy: string) {
  const forget = h("button", { type: "button", class: "forget", onclick: act.askForget }, words.forget);
  const notice = privacy !== "none" && link(privacy, words.privacy);
  const usual = h("div", { class: "usual" }, notice || h("span"), forget);
  const yes = h("button", { type: "button", class: "yes", onclick: act.forget }, words.yes);
  const sure = h("div", { class: "sure", role: "group", "aria-label": words.forgetAsk, hidden: true }, h("span", {}, words.forgetAsk), yes, h("button", { type: "button", onclick: act.keep }, words.no));
  return { foot: h("div", { class: "foot" }, usual, sure), usual, forget, sure, yes };
}
