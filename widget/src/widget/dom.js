/**
 * Building DOM from data. Data only ever becomes text nodes and checked attributes, never markup, so the widget runs
 * under `require-trusted-types-for 'script'` and a reply cannot carry script.
 */

const SVG = "http://www.w3.org/2000/svg";
const SAFE_SCHEMES = new Set(["https:", "http:", "tel:", "mailto:", "geo:"]);

/** An HTML element. `props`: attributes, `on…` listeners, `class`; null, undefined and false are left out. */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An absolute URL with a harmless scheme, or null. Relative addresses are those of the server the widget came from. */
export function safeUrl(value) {
  try {
    const url = new URL(String(value), import.meta.url);
    return SAFE_SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link to `value`, or the plain text where the address is not one to follow. Other sites open in a new tab. */
export function link(value, text, props = {}) {
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
  pin: "M12 21s-6.5-6.1-6.5-11a6.5 6.5 0 0 1 13 0c0 4.9-6.5 11-6.5 11zM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4M12 11v6M9.5 14.5L12 17l2.5-2.5",
  phone: "M6 3h3l1.5 4.5L8.3 9a12 12 0 0 0 6.7 6.7l1.5-2.2L21 15v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  retry: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  pagoda: "M12 3v3M5 9.5c3.5 0 5.5-1.2 7-3.5 1.5 2.3 3.5 3.5 7 3.5M7.5 9.5V14M16.5 9.5V14M3.5 17c4.2 0 6.8-1 8.5-3 1.7 2 4.3 3 8.5 3M6 17v4M18 17v4M3 21h18M10.5 21v-3h3v3",
};

/** A line icon, hidden from assistive technology: its button carries the name. */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" }, svg("path", { d: ICONS[name] }));
}

/** Trúc's mark: two stems of bamboo with leaves. */
export function mark() {
  const stem = (d, name) => svg("path", { d, class: name });
  return svg(
    "svg",
    { viewBox: "0 0 32 32", class: "mark", "aria-hidden": "true", focusable: "false" },
    stem("M12 29V21.5M12 20V12.5M12 11V4M19.5 29v-6M19.5 21.5v-6", "stem"),
    stem("M12 12c1.5-4 5-5.6 9.5-5.5C20.2 10.5 17 12.6 12 12zM12 20.6c-1-3.2-3.6-5-7.4-5.2.7 3.6 3.4 5.5 7.4 5.2zM19.5 15.2c1.2-3 3.6-4.4 7-4.4-.8 3.2-3.2 4.8-7 4.4z", "leaf"),
  );
}
