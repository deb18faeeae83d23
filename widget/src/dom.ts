/**
 * Building DOM from data. Data only ever becomes text nodes and checked attributes, never markup, so the widget runs
 * under `require-trusted-types-for 'script'` and a reply cannot carry script.
 */

const SVG = "http://www.w3.org/2000/svg";
const SAFE_SCHEMES = new Set(["https:", "http:", "tel:", "mailto:", "geo:"]);

type Value = string | number | boolean | null | undefined | ((event: any) => void);
type Props = Record<string, Value>;
export type Child = Node | string | null | undefined | false | Child[];

/** An HTML element. `props`: attributes, `on…` listeners, `class`; null, undefined and false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag) as SVGElementTagNameMap[K], props, children);
}

function fill<E extends Element>(element: E, props: Props, children: Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) add(element, child);
  return element;
}

function add(element: Element, child: Child): void {
  if (Array.isArray(child)) child.forEach((inner) => add(element, inner));
  else if (child) element.append(child);
}

/** An absolute URL with a harmless scheme, or null. Relative addresses are those of the server the widget came from. */
export function safeUrl(value: unknown): string | null {
  try {
    const url = new URL(String(value), import.meta.url);
    return SAFE_SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link to `value`, or the plain text where the address is not one to follow. Other sites open in a new tab. */
export function link(value: unknown, text: string, props: Props = {}): Node {
  const href = safeUrl(value);
  if (!href) return document.createTextNode(text);
  const away = /^https?:/.test(href) ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return h("a", { href, ...away, ...props }, text);
}

const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12h15M13 6l6 6-6 6",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  pin: "M12 21s-6.5-6.1-6.5-11a6.5 6.5 0 0 1 13 0c0 4.9-6.5 11-6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4M12 11v6M9.5 14.5L12 17l2.5-2.5",
  calendar: "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4",
  page: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  retry: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  pagoda: "M12 3v3M5 9.5c3.5 0 5.5-1.2 7-3.5 1.5 2.3 3.5 3.5 7 3.5M7.5 9.5V14M16.5 9.5V14M3.5 17c4.2 0 6.8-1 8.5-3 1.7 2 4.3 3 8.5 3M6 17v4M18 17v4M3 21h18M10.5 21v-3h3v3",
  good: "M7 11v9H4v-9zM7 11l4-8c1.7 0 2.5 1.2 2.2 2.8L12.6 9H18a2 2 0 0 1 2 2.3l-1.1 7A2 2 0 0 1 17 20H7",
  bad: "M17 13V4h3v9zM17 13l-4 8c-1.7 0-2.5-1.2-2.2-2.8l.6-3.2H6a2 2 0 0 1-2-2.3l1.1-7A2 2 0 0 1 7 4h10",
  speak: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  quiet: "M7 7h10v10H7z",
  microphone: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  share: "M12 15V4M8 7.5L12 3.5l4 4M6 12v8h12v-8",
} as const;

export type IconName = keyof typeof ICONS;

/** A line icon, hidden from assistive technology: its button carries the name. */
export function icon(name: IconName): SVGElement {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" }, svg("path", { d: ICONS[name] }));
}

/** Trúc's mark: two stems of bamboo with leaves. */
export function mark(): SVGElement {
  const part = (d: string, name: string) => svg("path", { d, class: name });
  return svg(
    "svg",
    { viewBox: "0 0 32 32", class: "mark", "aria-hidden": "true", focusable: "false" },
    part("M12 29V21.5M12 20V12.5M12 11V4M19.5 29v-6M19.5 21.5v-6", "stem"),
    part("M12 12c1.5-4 5-5.6 9.5-5.5C20.2 10.5 17 12.6 12 12zM12 20.6c-1-3.2-3.6-5-7.4-5.2.7 3.6 3.4 5.5 7.4 5.2zM19.5 15.2c1.2-3 3.6-4.4 7-4.4-.8 3.2-3.2 4.8-7 4.4z", "leaf"),
  );
}
