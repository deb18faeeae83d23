/** The street map in a map card: Leaflet over the host's own tile server. Loaded only when a visitor asks for it. */

import { DivIcon, Map as TileMap, Marker, Polyline, TileLayer, latLngBounds } from "leaflet";
import css from "leaflet/dist/leaflet.css?inline";

import type { h as element } from "./dom";
import type { MapPoint } from "./types";
import type { Words } from "./words";

const CLOSEST = 16;

interface Wanted {
  figure: HTMLElement;
  points: MapPoint[];
  path: [number, number][];
  words: Words;
  tiles: string;
  h: typeof element; // handed over, so that the widget stays one file and this one needs none of it
}

/** Put the map in the place of the drawing. Controls are our own: Leaflet makes its own from markup. */
export function showTiles({ figure, points, path, words, tiles, h }: Wanted): void {
  addStyles(figure.getRootNode() as ShadowRoot);
  const ground = h("div", { class: "ground" });
  figure.querySelector(".drawing")?.replaceWith(ground);
  const map = new TileMap(ground, { zoomControl: false, attributionControl: false, scrollWheelZoom: false });
  new TileLayer(tiles, { maxZoom: 19 }).addTo(map);
  for (const [i, { lat, lon, label }] of points.entries()) {
    new Marker([lat, lon], { icon: new DivIcon({ className: "dot", html: h("span", {}, String(i + 1)), iconSize: [26, 26] }), title: label, alt: label }).addTo(map);
  }
  if (path.length > 1) new Polyline(path, { color: "#1f5a41", weight: 4 }).addTo(map);
  map.fitBounds(latLngBounds([...points.map(({ lat, lon }): [number, number] => [lat, lon]), ...path]), { padding: [28, 28], maxZoom: CLOSEST });
  ground.append(zoom(map, words, h));
  ground.after(h("small", { class: "credit" }, "© OpenStreetMap"));
}

function zoom(map: TileMap, words: Words, h: typeof element): HTMLElement {
  const button = (name: string, sign: string, act: () => void) => h("button", { type: "button", "aria-label": name, onclick: act }, sign);
  return h("div", { class: "zoom" }, button(words.zoomIn, "+", () => map.zoomIn()), button(words.zoomOut, "−", () => map.zoomOut()));
}

function addStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.replace(/url\([^)]*\)/g, "none")); // its pictures are for controls that are not used
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
