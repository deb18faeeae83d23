/** A turn of the conversation as DOM: the visitor's words, or text, cards, map, attachments and sources of a Reply. */

import { h, icon, link, safeUrl, type Child, type IconName } from "./dom";
import { feedbackRow, type AnswerActions } from "./feedback";
import { mapCard } from "./map";
import { paragraphs, plain, withoutAddresses, withoutSourceLines } from "./text";
import type { Answer, Attachment, Card, CardButton, Lang, Own, QuickReply, Reply, SourceNote, Turn } from "./types";
import { WORDS, isLang, writtenDate, writtenTime, type Words } from "./words";

const SHOWN_SOURCES = 3;
const FILE_ICONS: Record<string, IconName> = { calendar: "calendar", page: "page" };

export interface Actions extends AnswerActions {
  retry(id: string): void;
  press(title: string, payload?: string): void;
  tiles: string | null;
}

/** One <li> for a turn, in its own language. */
export function turnItem(turn: Turn, words: Words, lang: Lang, actions: Actions): HTMLLIElement {
  return turn.from === "me" ? ownTurn(turn, words, lang, actions) : answerTurn(turn, lang, actions);
}

/** What a screen reader hears of an answer when it arrives. */
export function spoken({ reply }: Answer, words: Words): string {
  const cards = reply.cards?.length ? ` ${words.cards(reply.cards.length)}.` : "";
  return `${words.bot}: ${plain(String(reply.text))}${cards}`;
}

/** Whose words these are and since when, for who hears them. */
function speaker(who: string, at: number, words: Words, lang: Lang): HTMLElement {
  return h("span", { class: "sr" }, `${who}${at ? ` ${words.at(writtenTime(at, lang))}` : ""}: `);
}

function ownTurn({ id, text, state, past, at }: Own, words: Words, lang: Lang, actions: Actions): HTMLLIElement {
  const offline = state === "waiting" && navigator.onLine === false;
  const trouble = { failed: words.failed, unanswered: words.noAnswer, waiting: offline ? words.waiting : null, sent: null }[state];
  const note = trouble && h("p", { class: offline ? "trouble waits" : "trouble", role: "status" }, trouble);
  const retry = ["failed", "unanswered"].includes(state) && h("button", { type: "button", class: "retry", onclick: () => actions.retry(id) }, icon("retry"), words.retry);
  const bubble = h("div", { class: `bubble mine ${state}` }, speaker(words.you, at, words, lang), text);
  return h("li", { class: past ? "turn from-me past" : "turn from-me" }, bubble, note, retry);
}

function answerTurn(answer: Answer, lang: Lang, actions: Actions): HTMLLIElement {
  const { reply, past } = answer;
  const language = isLang(reply.lang) ? reply.lang : lang;
  const words = WORDS[language];
  const parts = replyParts(reply, words, language, past ? { ...actions, press: () => undefined } : actions);
  const rating = answer.seq > 0 && !past && feedbackRow(answer, words, language, actions);
  const honest = answer.seq === 0 && h("p", { class: "honest" }, words.honest);
  return h("li", { class: past ? "turn from-bot past" : "turn from-bot", lang: language }, speaker(words.bot, answer.at, words, language), parts, rating, honest);
}

function replyParts(reply: Reply, words: Words, lang: Lang, actions: Actions): Child[] {
  const sources = published(list(reply.sources));
  const files = list(reply.attachments);
  const text = withoutAddresses(String(reply.text ?? ""), files.map(({ url }) => url));
  return [
    text && h("div", { class: "bubble" }, paragraphs(sources.length ? withoutSourceLines(text) : text), sourceLine(sources, words, lang)),
    attachmentList(files, words),
    cardRow(list(reply.cards), words, actions),
    reply.map && mapCard(reply.map, words, lang, actions.tiles),
  ];
}

/** The sources that can be looked up, where there are any; a few are enough below a chat message. */
function published(sources: SourceNote[]): SourceNote[] {
  const found = sources.filter(({ url, date }) => url || date);
  return (found.length ? found : sources).slice(0, SHOWN_SOURCES);
}

function list<T>(value: T[] | undefined): T[] {
  return Array.isArray(value) ? value.filter((item) => item && typeof item === "object") : [];
}

function sourceLine(sources: SourceNote[], words: Words, lang: Lang): Child {
  if (!sources.length) return null;
  const notes = sources.map(({ title, url, date }) => h("li", {}, url ? link(url, String(title)) : String(title), date ? ` (${writtenDate(String(date), lang)})` : ""));
  return h("div", { class: "sources" }, h("span", {}, `${words.sources}: `), h("ul", {}, notes));
}

function cardRow(cards: Card[], words: Words, actions: Actions): Child {
  if (!cards.length) return null;
  const many = cards.length > 1;
  const row = h("ul", { class: "cards", tabindex: many ? "0" : null, "aria-label": words.cards(cards.length) }, cards.map((card) => cardItem(card, actions)));
  if (!many) return row;
  const step = (direction: number) => row.scrollBy({ left: direction * row.clientWidth * 0.8 });
  const arrow = (name: "previous" | "next", direction: number) =>
    h("button", { type: "button", class: `arrow ${name}`, "aria-label": words[name], onclick: () => step(direction) }, icon(name));
  return h("div", { class: "carousel" }, row, h("div", { class: "arrows" }, arrow("previous", -1), arrow("next", 1)));
}

function cardItem({ title, subtitle, image, buttons }: Card, actions: Actions): HTMLLIElement {
  const source = image && safeUrl(image);
  const picture = source
    ? h("img", { src: source, alt: "", loading: "lazy", referrerpolicy: "no-referrer" })
    : h("div", { class: "no-picture" }, icon("pagoda"));
  const body = h("div", { class: "card-body" }, h("h3", {}, String(title ?? "")), subtitle && h("p", {}, String(subtitle)));
  return h("li", { class: "card" }, picture, body, h("div", { class: "card-buttons" }, list(buttons).slice(0, 3).map((button) => cardButton(button, actions))));
}

function cardButton({ title, payload, url, phone }: CardButton, actions: Actions): Child {
  const label = String(title ?? "");
  if (payload) return h("button", { type: "button", onclick: () => actions.press(label, String(payload)) }, label);
  if (phone) return link(`tel:${String(phone).replace(/[^\d+]/g, "")}`, label);
  return url ? link(url, label) : null;
}

function attachmentList(attachments: Attachment[], words: Words): Child {
  const items = attachments.map(({ kind, title, url }) => {
    const href = safeUrl(url);
    if (!href) return null;
    const page = kind === "page";
    return h("li", {}, h("a", { href, download: !page, rel: "noopener", target: page ? "_blank" : null }, icon(FILE_ICONS[kind] ?? "file"), String(title)));
  });
  return items.some(Boolean) ? h("ul", { class: "attachments", "aria-label": words.attachments }, items) : null;
}

/** Buttons for the likely next questions; gone once a newer turn begins. */
export function choices(options: QuickReply[] | undefined, words: Words, press: Actions["press"]): HTMLElement | null {
  const buttons = list(options)
    .filter(({ title }) => title)
    .map(({ title, payload }) => h("li", {}, h("button", { type: "button", class: "choice", onclick: () => press(String(title), payload && String(payload)) }, String(title))));
  return buttons.length ? h("ul", { class: "choices", "aria-label": words.choices }, buttons) : null;
}
