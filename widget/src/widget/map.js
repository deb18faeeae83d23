/** A map card without tiles: the points (and path) drawn to scale in SVG, a list of them, and links to a real map. */

import { h, icon, link, svg } from "./dom.js";

const WIDTH = 320;
const HEIGHT = 150;
const MARGIN = 34;
const APART = 21; // drawing units between pins
const FEW = 3; // points with a line of their own below the drawing

/** Drawing of {points: [{lat, lon, label, accuracy_m}], path: [[lat, lon]]}, or null when there is nothing to draw. */
export function mapCard(map, words, lang) {
  const points = (map.points || []).filter(({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon));
  if (!points.length) return null;
  const path = (map.path || []).filter((pair) => Array.isArray(pair) && pair.every(Number.isFinite));
  const listed = points.length > FEW ? compactList(points, words) : h("ul", {}, points.map((point, i) => row(point, i, points.length, words, lang)));
  return h("figure", { class: "map" }, drawing(points, path), h("figcaption", {}, listed));
}

/** Many points: only their names, each a link. */
function compactList(points, words) {
  const items = points.map(({ lat, lon, label }, i) => h("li", {}, mapLink(lat, lon, `${i + 1}. ${label}`, `${words.openMap}: ${label}`)));
  return h("ul", { class: "compact" }, items);
}

function mapLink(lat, lon, text, name) {
  return link(`https://www.google.com/maps/search/?api=1&query=${lat},${lon}`, text, { class: "open-map", "aria-label": name });
}

function drawing(points, path) {
  const place = projection([...points.map(({ lat, lon }) => [lat, lon]), ...path]);
  const line = path.length > 1 ? svg("polyline", { class: "route", points: path.map((pair) => place(...pair).join(",")).join(" ") }) : null;
  const spots = apart(points.map(({ lat, lon }) => place(lat, lon)));
  const pins = spots.map((spot, i) => pin(spot, points.length > 1 ? i + 1 : null));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "drawing", "aria-hidden": "true", focusable: "false" }, contours(place(points[0].lat, points[0].lon)), line, pins);
}

/** Degrees → drawing units: equirectangular about the middle latitude, one scale for both axes, north up. */
function projection(pairs) {
  const lats = pairs.map(([lat]) => lat);
  const lons = pairs.map(([, lon]) => lon);
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((WIDTH - 2 * MARGIN) / ((east - west) * shrink || 1e-9), (HEIGHT - 2 * MARGIN) / (north - south || 1e-9), 1e6);
  return (lat, lon) => [
    Math.round((WIDTH / 2 + (lon - (west + east) / 2) * shrink * scale) * 10) / 10,
    Math.round((HEIGHT / 2 + 8 - (lat - (south + north) / 2) * scale) * 10) / 10,
  ];
}

/** Spots moved until no pin hides another's number. */
function apart(spots) {
  const moved = spots.map((spot) => [...spot]);
  for (let round = 0; round < 30; round++) {
    for (let i = 0; i < moved.length; i++) for (let j = 0; j < i; j++) push(moved[i], moved[j], i);
  }
  return moved;
}

function push(one, other, i) {
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

function contours([x, y]) {
  return [26, 52, 82, 116, 154].map((r, i) => svg("ellipse", { class: "contour", cx: x + i * 4, cy: y + i * 3, rx: r * 1.25, ry: r * 0.8 }));
}

function pin([x, y], number) {
  const dot = number ? svg("text", { class: "number", x: 0, y: -13.5, "text-anchor": "middle" }, String(number)) : svg("circle", { class: "hole", cx: 0, cy: -17, r: 4 });
  return svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }, svg("path", { class: "pin", d: "M0 0C-3-6-11-10.500-11-18A11 11 0 0 1 11-18C11-10.500 3-6 0 0z" }), dot);
}

function row({ lat, lon, label, accuracy_m: accuracy }, index, count, words, lang) {
  const near = accuracy > 300 ? h("small", {}, words.about(metres(accuracy, lang))) : null;
  const open = mapLink(lat, lon, words.openMap, `${words.openMap}: ${label}`);
  return h("li", {}, h("span", { class: "label" }, count > 1 ? `${index + 1}. ` : icon("pin"), String(label), near), open);
}

function metres(value, lang) {
  const [amount, unit] = value >= 1000 ? [value / 1000, "kilometer"] : [value, "meter"];
  return new Intl.NumberFormat(lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
