/** The text of an answer as DOM nodes: paragraphs, lists, the hours of a day, bold, web addresses. */

import { h, link, type Child } from "./dom";

const INLINE = /\*\*(.+?)\*\*|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/g;
const BULLET = /^\s*[-•*]\s+/;
const DAY = /^(\p{Lu}{2,} \d+) · (.+)$/u;
const HOUR = /^(\d{1,2}:\d\d(?:–\d{1,2}:\d\d)?) (.+)$/;
const MORE = /^(?:↳|\p{Extended_Pictographic})/u; // goes on with the hour before
const SOURCE_LINE = /^(Nguồn|Sources?)\s*:/;

type Kind = "list" | "hours" | "day" | "text";

const AS: Record<Kind, (lines: string[]) => Child> = {
  list: (lines) => h("ul", {}, lines.map((line) => h("li", {}, inline(line.replace(BULLET, ""))))),
  hours: (lines) => h("ul", { class: "hours" }, lines.map(hour)),
  day: (lines) => lines.map(day),
  text: (lines) => h("p", {}, brokenLines(lines)),
};

/** Text blocks split at blank lines; runs of "- " lines become lists, runs of "8:00 …" lines the hours of a day. */
export function paragraphs(text: string): Child[] {
  return text.trim().split(/\n\s*\n/).flatMap(block);
}

function block(text: string): Child[] {
  const groups: { kind: Kind; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line, groups.at(-1)?.kind);
    if (groups.at(-1)?.kind !== kind) groups.push({ kind, lines: [] });
    groups.at(-1)!.lines.push(line);
  }
  return groups.map(({ kind, lines }) => AS[kind](lines));
}

function kindOf(line: string, before: Kind | undefined): Kind {
  if (BULLET.test(line)) return "list";
  if (HOUR.test(line) || (before === "hours" && MORE.test(line))) return "hours";
  return DAY.test(line) ? "day" : "text";
}

function day(line: string): Child {
  const [, number = "", rest = ""] = DAY.exec(line) ?? [];
  return h("p", { class: "day" }, h("strong", {}, number), " · ", inline(rest));
}

function hour(line: string): Child {
  const [, when = "", what = line] = HOUR.exec(line) ?? [];
  return h("li", { class: MORE.test(what) ? "way" : null }, h("span", { class: "when" }, when), " ", h("span", {}, inline(what)));
}

function brokenLines(lines: string[]): Child[] {
  return lines.flatMap((line, i) => (i ? [h("br"), ...inline(line)] : inline(line)));
}

function inline(text: string): Child[] {
  const nodes: Child[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(end, match.index), match[1] ? h("strong", {}, match[1]) : link(match[2], match[2]!));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

/** The text as it is read aloud, shared or announced. */
export function plain(text: string): string {
  return text.replaceAll("**", "").trim();
}

/** For channels without files the text has their addresses; here they are links below it. */
export function withoutAddresses(text: string, addresses: string[]): string {
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    if (!addresses.includes(line.trim())) kept.push(line);
    else if (kept.length > 1 && kept.at(-1)!.endsWith(":")) kept.pop(); // the name that the link below it has
  }
  return kept.join("\n");
}

/** The text ends with its sources for channels that show nothing else; here they are links below it. */
export function withoutSourceLines(text: string): string {
  const kept = text.split("\n").filter((line) => !SOURCE_LINE.test(line));
  return kept.join("\n").trim() || text;
}
