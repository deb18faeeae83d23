/** A map card without tiles: the points (and path) drawn to scale in SVG, a list of them, and links to a real map. */

import { h, icon, link, svg } from "./dom.js";

const WIDTH = 320;
const HEIGHT = 150;
const MARGIN = 34;

/** Drawing of {points: [{lat, lon, label, accuracy_m}], path: [[lat, lon]]}, or null when there is nothing to draw. */
export function mapCard(map, words, lang) {
  const points = (map.points || []).filter(({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon));
  if (!points.length) return null;
  const path = (map.path || []).filter((pair) => Array.isArray(pair) && pair.every(Number.isFinite));
  return h("figure", { class: "map" }, drawing(points, path), h("figcaption", {}, h("ul", {}, points.map((point, i) => row(point, i, points.length, words, lang)))));
}

function drawing(points, path) {
  const place = projection([...points.map(({ lat, lon }) => [lat, lon]), ...path]);
  const line = path.length > 1 ? svg("polyline", { class: "route", points: path.map((pair) => place(...pair).join(",")).join(" ") }) : null;
  const pins = points.map(({ lat, lon }, i) => pin(place(lat, lon), points.length > 1 ? i + 1 : null));
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

function contours([x, y]) {
  return [26, 52, 82, 116, 154].map((r, i) => svg("ellipse", { class: "contour", cx: x + i * 4, cy: y + i * 3, rx: r * 1.25, ry: r * 0.8 }));
}

function pin([x, y], number) {
  const dot = number ? svg("text", { class: "number", x: 0, y: -13.5, "text-anchor": "middle" }, String(number)) : svg("circle", { class: "hole", cx: 0, cy: -17, r: 4 });
  return svg("g", { transform: `translate(${x} ${y})` }, svg("path", { class: "pin", d: "M0 0C-3-6-11-10.500-11-18A11 11 0 0 1 11-18C11-10.500 3-6 0 0z" }), dot);
}

function row({ lat, lon, label, accuracy_m: accuracy }, index, count, words, lang) {
  const near = accuracy > 300 ? h("small", {}, words.about(metres(accuracy, lang))) : null;
  const open = link(`https://www.google.com/maps/search/?api=1&query=${lat},${lon}`, words.openMap, { class: "open-map", "aria-label": `${words.openMap}: ${label}` });
  return h("li", {}, h("span", { class: "label" }, count > 1 ? `${index + 1}. ` : icon("pin"), String(label), near), open);
}

function metres(value, lang) {
  const [amount, unit] = value >= 1000 ? [value / 1000, "kilometer"] : [value, "meter"];
  return new Intl.NumberFormat(lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
