/** What the visitor writes: the draft, sending it, speaking instead of typing, telling where they are. */

import { whereAmI } from "./position";
import type { Shell } from "./shell";
import type { Lang, Position } from "./types";
import { listen } from "./voice";
import type { Words } from "./words";

const NEARBY = "ask:nearby";

export interface Writer {
  draft: string;
  say(text: string, more?: { location?: Position; payload?: string }): void;
  tell(text: string): void;
}

/** Whether an input method is at work: Enter then belongs to it. keyCode 229 covers browsers that report a Telex
 * composition's end without isComposing. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

export class Composer {
  private stopListening: (() => void) | null = null;

  constructor(private readonly shell: Shell, private readonly words: Words, private readonly lang: Lang, private readonly writer: Writer) {
    this.write(writer.draft);
  }

  /** Put a text into the input, or take note of what is there. */
  write(text = this.shell.input.value): void {
    const { input, send, composer } = this.shell;
    composer.classList.toggle("filled", text.trim() !== "");
    if (input.value !== text) input.value = text;
    this.writer.draft = text;
    send.setAttribute("aria-disabled", String(!text.trim()));
    input.style.height = "auto";
    if (text) input.style.height = `${input.scrollHeight + 3}px`;
  }

  submit(event: Event): void {
    event.preventDefault();
    this.stopListening?.();
    const text = this.shell.input.value.trim();
    if (!text) return;
    this.write("");
    this.writer.say(text);
    this.shell.input.focus();
  }

  /** What was typed, or else "What is near me?", with the position if the visitor lets the browser tell it. */
  async locate(): Promise<void> {
    const { locate, input } = this.shell;
    locate.disabled = true;
    try {
      const location = await whereAmI();
      const text = input.value.trim();
      this.write("");
      if (text) this.writer.say(text, { location });
      else this.writer.say(this.words.nearMe, { location, payload: NEARBY });
    } catch {
      this.writer.tell(this.words.locationDenied);
    } finally {
      locate.disabled = false;
    }
  }

  /** Listen, and put what was heard into the input for the visitor to send; a second press stops. */
  listen(): void {
    const { microphone, input } = this.shell;
    if (this.stopListening) return this.stopListening();
    microphone.setAttribute("aria-pressed", "true");
    input.placeholder = this.words.listening;
    const stop = listen(this.lang, (text) => this.write(text), (well) => this.heard(well));
    this.stopListening = stop;
  }

  private heard(well: boolean): void {
    this.stopListening = null;
    this.shell.microphone.setAttribute("aria-pressed", "false");
    this.shell.input.placeholder = this.words.placeholder;
    if (well) this.shell.input.focus();
    else this.writer.tell(this.words.notHeard);
  }
}
