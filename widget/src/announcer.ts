/** What a screen reader is to hear, once: what comes within a moment is heard together, or the first of it would be lost. */

import { h } from "./dom";
import type { Lang } from "./types";

const MOMENT = 150;

export class Announcer {
  private lines: HTMLElement[] = [];
  private timer = 0;

  constructor(private readonly region: HTMLElement, private readonly lang: Lang) {}

  say(...lines: string[]): void {
    this.lines.push(...lines.map((text) => h("p", { lang: this.lang }, text)));
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.region.replaceChildren(...this.lines.splice(0)), MOMENT);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}
