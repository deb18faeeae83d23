/** The fixed parts of the widget: launcher, panel with header, log and composer. Built once per language. */

import { h, icon, mark } from "./dom.js";

export const MAX_LENGTH = 2000;

/** Elements by name; `act` = {open, close, switchLanguage, submit, typed, keyed, askForget, forget, keep}. */
export function buildShell(words, lang, act) {
  const parts = { launcher: launcher(act), ...logParts(words), ...composerParts(words, act), ...footParts(words, act) };
  parts.strip = h("div", { class: "strip", role: "status", hidden: true }, words.offline);
  parts.header = header(words, act);
  parts.panel = h(
    "section",
    { class: "panel", part: "panel", id: "panel", role: "dialog", "aria-label": words.title, tabindex: "-1", hidden: true, onkeydown: act.keyed },
    parts.header, parts.strip, parts.log, parts.composer, parts.foot,
  );
  parts.live = h("div", { class: "sr", "aria-live": "polite" });
  parts.root = h("div", { class: "root", lang }, parts.panel, parts.launcher, parts.live);
  return parts;
}

function launcher(act) {
  return h("button", { type: "button", class: "launcher", part: "launcher", "aria-controls": "panel", "aria-expanded": "false", onclick: act.open });
}

/** Write the launcher's name, with the number of unread answers. */
export function labelLauncher(button, words, unread) {
  const badge = unread ? h("span", { class: "badge", "aria-hidden": "true" }, String(unread)) : null;
  button.replaceChildren(...[mark(), h("span", { "aria-hidden": "true" }, words.launch), badge].filter(Boolean));
  button.setAttribute("aria-label", unread ? words.launchUnread(unread) : words.launch);
}

function header(words, act) {
  return h(
    "header",
    { class: "header", part: "header" },
    mark(),
    h("div", { class: "who" }, h("h2", {}, words.name), h("p", { class: "about" }, words.subtitle)),
    h("button", { type: "button", class: "language", "aria-label": words.otherLanguage, title: words.otherLanguage, onclick: act.switchLanguage }, words.otherLanguageShort),
    h("button", { type: "button", class: "close", "aria-label": words.close, title: words.close, onclick: act.close }, icon("close")),
  );
}

function logParts(words) {
  const messages = h("ol", { class: "messages" });
  const choices = h("div", {});
  const typing = h("div", { role: "status" });
  const log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": words.log, tabindex: "0" }, messages, choices, typing);
  return { log, messages, choices, typing };
}

/** The three dots with what they mean. */
export function typingDots(text) {
  return h("div", { class: "typing" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), text);
}

function composerParts(words, act) {
  const label = h("label", { class: "sr", for: "question" }, words.label);
  const input = h("textarea", { id: "question", part: "input", rows: "1", maxlength: MAX_LENGTH, placeholder: words.placeholder, enterkeyhint: "send", autocomplete: "off", oninput: act.typed });
  const send = h("button", { type: "submit", class: "send", "aria-label": words.send, title: words.send, "aria-disabled": "true" }, icon("send"));
  const composer = h("form", { class: "composer", novalidate: true, onsubmit: act.submit }, label, input, send);
  return { composer, input, send };
}

function footParts(words, act) {
  const forget = h("button", { type: "button", class: "forget", onclick: act.askForget }, words.forget);
  const honest = h("span", {}, words.honest);
  const yes = h("button", { type: "button", class: "yes", onclick: act.forget }, words.yes);
  const sure = h("div", { class: "sure", role: "group", "aria-label": words.forgetAsk, hidden: true }, h("span", {}, words.forgetAsk), yes, h("button", { type: "button", onclick: act.keep }, words.no));
  return { foot: h("div", { class: "foot" }, honest, forget, sure), honest, forget, sure, yes };
}
