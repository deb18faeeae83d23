/** The visitor's position, asked for only when they press the button for it. */

import type { Position } from "./types";

const PATIENCE = 15_000;

/** Degrees rounded to about a hundred metres: enough for "what is near me?", and no more than needed. */
export function whereAmI(): Promise<Position> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) return reject(new Error("This browser tells no position"));
    const found = ({ coords }: GeolocationPosition) => resolve({ lat: rounded(coords.latitude), lon: rounded(coords.longitude) });
    navigator.geolocation.getCurrentPosition(found, reject, { maximumAge: 60_000, timeout: PATIENCE });
  });
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1000) / 1000;
}
