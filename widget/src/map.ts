/** A map card without tiles: the points (and path) drawn to scale in SVG, a list of them, and links to a real map. */

import { h, icon, link, svg } from "./dom";
import type { Lang, MapPoint, MapShown } from "./types";
import type { Words } from "./words";

type Spot = [number, number];

const WIDTH = 320;
const HEIGHT = 150;
const MARGIN = 34;
const APART = 21; // drawing units between pins
const FEW = 3; // points with a line of their own below the drawing

/** Drawing of points and path, or null when there is nothing to draw. `tiles`: address of a tile server, if any. */
export function mapCard(map: MapShown, words: Words, lang: Lang, tiles: string | null): HTMLElement | null {
  const points = (Array.isArray(map.points) ? map.points : []).filter(({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon));
  if (!points.length) return null;
  const path = (Array.isArray(map.path) ? map.path : []).filter((pair) => Array.isArray(pair) && pair.every(Number.isFinite));
  const listed = points.length > FEW ? compactList(points, words) : h("ul", {}, points.map((point, i) => row(point, i, points.length, words, lang)));
  const figure = h("figure", { class: "map" }, drawing(points, path), h("figcaption", {}, listed));
  if (tiles) figure.append(tileButton(figure, points, path, words, tiles));
  return figure;
}

/** The street map is loaded when it is asked for, and takes the drawing's place. */
function tileButton(figure: HTMLElement, points: MapPoint[], path: Spot[], words: Words, tiles: string): HTMLElement {
  const button = h("button", { type: "button", class: "tiles" }, words.tiles);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { showTiles } = await import("./tiles");
      showTiles({ figure, points, path, words, tiles, h });
      button.remove();
    } catch {
      button.disabled = false; // the network is gone: the drawing stays, the button can be pressed again
    }
  });
  return button;
}

/** Many points: only their names, each a link. */
function compactList(points: MapPoint[], words: Words): HTMLElement {
  const items = points.map(({ lat, lon, label }, i) => h("li", {}, mapLink(lat, lon, `${i + 1}. ${label}`, `${words.openMap}: ${label}`)));
  return h("ul", { class: "compact" }, items);
}

function mapLink(lat: number, lon: number, text: string, name: string): Node {
  return link(`https://www.google.com/maps/search/?api=1&query=${lat},${lon}`, text, { class: "open-map", "aria-label": name });
}

function drawing(points: MapPoint[], path: Spot[]): SVGElement {
  const place = projection([...points.map(({ lat, lon }): Spot => [lat, lon]), ...path]);
  const line = path.length > 1 ? svg("polyline", { class: "route", points: path.map((pair) => place(...pair).join(",")).join(" ") }) : null;
  const spots = apart(points.map(({ lat, lon }) => place(lat, lon)));
  const pins = spots.map((spot, i) => pin(spot, points.length > 1 ? i + 1 : null));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "drawing", "aria-hidden": "true", focusable: "false" }, contours(spots[0]!), line, pins);
}

/** Degrees → drawing units: equirectangular about the middle latitude, one scale for both axes, north up. */
function projection(pairs: Spot[]): (lat: number, lon: number) => Spot {
  const lats = pairs.map(([lat]) => lat);
  const lons = pairs.map(([, lon]) => lon);
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((WIDTH - 2 * MARGIN) / ((east - west) * shrink || 1e-9), (HEIGHT - 2 * MARGIN) / (north - south || 1e-9), 1e6);
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return (lat, lon) => [rounded(WIDTH / 2 + (lon - (west + east) / 2) * shrink * scale), rounded(HEIGHT / 2 + 8 - (lat - (south + north) / 2) * scale)];
}

/** Spots moved until no pin hides another's number. */
function apart(spots: Spot[]): Spot[] {
  const moved = spots.map((spot): Spot => [...spot]);
  for (let round = 0; round < 30; round++) {
    moved.forEach((one, i) => moved.slice(0, i).forEach((other) => push(one, other, i)));
  }
  return moved;
}

function push(one: Spot, other: Spot, i: number): void {
  const [dx, dy] = [one[0] - other[0], one[1] - other[1]];
  const gap = Math.hypot(dx, dy);
  if (gap >= APART) return;
  const angle = gap ? Math.atan2(dy, dx) : i;
  const [x, y] = [(Math.cos(angle) * (APART - gap)) / 2, (Math.sin(angle) * (APART - gap)) / 2];
  one[0] += x;
  one[1] += y;
  other[0] -= x;
  other[1] -= y;
}

function contours([x, y]: Spot): SVGElement[] {
  return [26, 52, 82, 116, 154].map((r, i) => svg("ellipse", { class: "contour", cx: x + i * 4, cy: y + i * 3, rx: r * 1.25, ry: r * 0.8 }));
}

function pin([x, y]: Spot, number: number | null): SVGElement {
  const dot = number ? svg("text", { class: "number", x: 0, y: -13.5, "text-anchor": "middle" }, String(number)) : svg("circle", { class: "hole", cx: 0, cy: -17, r: 4 });
  return svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }, svg("path", { class: "pin", d: "M0 0C-3-6-11-10.5-11-18A11 11 0 0 1 11-18C11-10.5 3-6 0 0z" }), dot);
}

function row({ lat, lon, label, accuracy_m: accuracy }: MapPoint, index: number, count: number, words: Words, lang: Lang): HTMLElement {
  const near = accuracy && accuracy > 300 ? h("small", {}, words.about(metres(accuracy, lang))) : null;
  const open = mapLink(lat, lon, words.openMap, `${words.openMap}: ${label}`);
  return h("li", {}, h("span", { class: "label" }, count > 1 ? `${index + 1}. ` : icon("pin"), String(label), near), open);
}

function metres(value: number, lang: Lang): string {
  const [amount, unit] = value >= 1000 ? [value / 1000, "kilometer"] : [value, "meter"];
  return new Intl.NumberFormat(lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
