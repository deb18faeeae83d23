/** The text of an answer as DOM nodes: paragraphs, lists, bold, web addresses. */

import { h, link, type Child } from "./dom";

const INLINE = /\*\*(.+?)\*\*|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/g;
const BULLET = /^\s*[-•*]\s+/;
const SOURCE_LINE = /^(Nguồn|Sources?)\s*:/;

/** Text blocks split at blank lines; runs of "- " lines become lists. */
export function paragraphs(text: string): Child[] {
  return text.trim().split(/\n\s*\n/).flatMap(block);
}

function block(text: string): Child[] {
  const groups: { kind: "ul" | "p"; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const kind = BULLET.test(line) ? "ul" : "p";
    if (groups.at(-1)?.kind !== kind) groups.push({ kind, lines: [] });
    groups.at(-1)!.lines.push(line.replace(BULLET, ""));
  }
  return groups.map(({ kind, lines }) => (kind === "ul" ? h("ul", {}, lines.map((line) => h("li", {}, inline(line)))) : h("p", {}, brokenLines(lines))));
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

/** The text ends with its sources for channels that show nothing else; here they are links below it. */
export function withoutSourceLines(text: string): string {
  const kept = text.split("\n").filter((line) => !SOURCE_LINE.test(line));
  return kept.join("\n").trim() || text;
}
