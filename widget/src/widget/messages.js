/** A message of the conversation as DOM: text, cards, map, attachments and sources of a Reply. */

import { h, icon, link, safeUrl } from "./dom.js";
import { mapCard } from "./map.js";
import { WORDS, writtenDate } from "./words.js";

const INLINE = /\*\*(.+?)\*\*|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/g;
const SHOWN_SOURCES = 3;
const BULLET = /^\s*[-•*]\s+/;
const SOURCE_LINE = /^(Nguồn|Sources?)\s*:/;

/** One <li> for a message; `actions` = {retry(id), press(title, payload)}. */
export function messageItem(message, words, lang, actions) {
  return message.from === "me" ? ownMessage(message, words, actions) : botMessage(message, words, lang, actions);
}

/** What a screen reader hears of an answer when it arrives. */
export function spoken({ reply }, words) {
  if (!reply) return words.noAnswer;
  const cards = reply.cards?.length ? ` ${words.cards(reply.cards.length)}.` : "";
  return `${words.bot}: ${String(reply.text).replaceAll("**", "")}${cards}`;
}

function ownMessage({ id, text, state }, words, actions) {
  const trouble = { failed: words.failed, waiting: navigator.onLine === false ? words.waiting : null }[state];
  const note = trouble && h("p", { class: "trouble", role: "status" }, trouble);
  const retry = state === "failed" && h("button", { type: "button", class: "retry", onclick: () => actions.retry(id) }, icon("retry"), words.retry);
  const bubble = h("div", { class: `bubble mine ${state || ""}` }, h("span", { class: "sr" }, `${words.you}: `), text);
  return h("li", { class: "turn from-me" }, bubble, note, retry);
}

function botMessage({ reply }, words, lang, actions) {
  const language = WORDS[reply?.lang] ? reply.lang : lang;
  const own = WORDS[language];
  const parts = reply ? replyParts(reply, own, language, actions) : [h("div", { class: "bubble" }, h("p", {}, own.noAnswer))];
  return h("li", { class: "turn from-bot", lang: language }, h("span", { class: "sr" }, `${words.bot}: `), parts);
}

function replyParts(reply, words, lang, actions) {
  const sources = published(list(reply.sources));
  const map = reply.map && mapCard(reply.map, words, lang);
  return [
    reply.text && h("div", { class: "bubble" }, paragraphs(sources.length ? withoutSourceLines(reply.text) : reply.text), sourceLine(sources, words, lang)),
    cardRow(list(reply.cards), words, actions),
    map,
    attachmentList(list(reply.attachments), words),
  ];
}

/** The sources that can be looked up, where there are any; a few are enough below a chat message. */
function published(sources) {
  const found = sources.filter(({ url, date }) => url || date);
  return (found.length ? found : sources).slice(0, SHOWN_SOURCES);
}

function list(value) {
  return Array.isArray(value) ? value.filter((item) => item && typeof item === "object") : [];
}

/** Text blocks split at blank lines; runs of "- " lines become lists; **bold** and web addresses are marked up. */
export function paragraphs(text) {
  return String(text).trim().split(/\n\s*\n/).flatMap(block);
}

function block(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = BULLET.test(line) ? "ul" : "p";
    if (groups.at(-1)?.kind !== kind) groups.push({ kind, lines: [] });
    groups.at(-1).lines.push(line.replace(BULLET, ""));
  }
  return groups.map(({ kind, lines }) => (kind === "ul" ? h("ul", {}, lines.map((line) => h("li", {}, inline(line)))) : h("p", {}, brokenLines(lines))));
}

function brokenLines(lines) {
  return lines.flatMap((line, i) => (i ? [h("br"), ...inline(line)] : inline(line)));
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(end, match.index), match[1] ? h("strong", {}, match[1]) : link(match[2], match[2]));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

/** The text ends with its sources for channels that show nothing else; here they are links below it. */
function withoutSourceLines(text) {
  const kept = text.split("\n").filter((line) => !SOURCE_LINE.test(line));
  return kept.join("\n").trim() || text;
}

function sourceLine(sources, words, lang) {
  if (!sources.length) return null;
  const notes = sources.map(({ title, url, date }) => h("li", {}, url ? link(url, String(title)) : String(title), date ? ` (${writtenDate(date, lang)})` : ""));
  return h("div", { class: "sources" }, h("span", {}, `${words.sources}: `), h("ul", {}, notes));
}

function cardRow(cards, words, actions) {
  if (!cards.length) return null;
  const row = h("ul", { class: "cards", tabindex: cards.length > 1 ? "0" : null, "aria-label": words.cards(cards.length) }, cards.map((card) => cardItem(card, actions)));
  if (cards.length < 2) return row;
  const step = (direction) => row.scrollBy({ left: direction * row.clientWidth * 0.8 });
  const arrow = (name, direction) => h("button", { type: "button", class: `arrow ${name}`, "aria-label": words[name], onclick: () => step(direction) }, icon(name));
  return h("div", { class: "carousel" }, row, h("div", { class: "arrows" }, arrow("previous", -1), arrow("next", 1)));
}

function cardItem({ title, subtitle, image, buttons }, actions) {
  const source = image && safeUrl(image);
  const picture = source
    ? h("img", { src: source, alt: "", loading: "lazy", referrerpolicy: "no-referrer" })
    : h("div", { class: "no-picture" }, icon("pagoda"));
  const body = [h("h3", {}, String(title ?? "")), subtitle && h("p", {}, String(subtitle))];
  return h("li", { class: "card" }, picture, h("div", { class: "card-body" }, body), h("div", { class: "card-buttons" }, list(buttons).slice(0, 3).map((button) => cardButton(button, actions))));
}

function cardButton({ title, payload, url, phone }, actions) {
  const label = String(title ?? "");
  if (payload) return h("button", { type: "button", onclick: () => actions.press(label, String(payload)) }, label);
  if (phone) return link(`tel:${String(phone).replace(/[^\d+]/g, "")}`, label);
  return url ? link(url, label) : null;
}

function attachmentList(attachments, words) {
  const items = attachments.map(({ kind, title, url }) => {
    const href = safeUrl(url);
    const download = kind !== "page";
    return href && h("li", {}, h("a", { href, download, rel: "noopener", target: download ? null : "_blank" }, icon("file"), String(title)));
  });
  return items.some(Boolean) ? h("ul", { class: "attachments", "aria-label": words.attachments }, items) : null;
}

/** Buttons for the likely next questions; gone once a newer turn begins. */
export function choices(options, words, press) {
  const buttons = list(options).filter(({ title }) => title).map(({ title, payload }) => h("li", {}, h("button", { type: "button", class: "choice", onclick: () => press(String(title), payload && String(payload)) }, String(title))));
  return buttons.length ? h("ul", { class: "choices", "aria-label": words.choices }, buttons) : null;
}
