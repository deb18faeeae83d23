/** Speaking and listening, where the browser can; elsewhere nothing of it is shown. */

import type { Lang } from "./types";

const VOICES: Record<Lang, string> = { vi: "vi-VN", en: "en-US" };

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  abort(): void;
  onresult: (event: { results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }> }) => void;
  onerror: () => void;
  onend: () => void;
}

type RecognitionClass = new () => Recognition;

function recognition(): RecognitionClass | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = window as unknown as Record<string, RecognitionClass | undefined>;
  return SpeechRecognition ?? webkitSpeechRecognition;
}

export function canListen(): boolean {
  return recognition() !== undefined && window.isSecureContext;
}

/** Listen once. `heard` gets what was understood so far; `done(false)` when nothing was. Returns how to stop. */
export function listen(lang: Lang, heard: (text: string) => void, done: (well: boolean) => void): () => void {
  const ear = new (recognition()!)();
  let text = "";
  ear.lang = VOICES[lang];
  ear.interimResults = true;
  ear.onresult = ({ results }) => {
    text = Array.from(results, (result) => result[0]?.transcript ?? "").join("").trim();
    heard(text);
  };
  ear.onerror = () => undefined; // `onend` follows and tells that nothing was heard
  ear.onend = () => done(text !== "");
  ear.start();
  return () => ear.abort();
}

/** Whether there is a voice for the language: Vietnamese read by an English voice helps nobody. */
export function canSpeak(lang: Lang): boolean {
  return "speechSynthesis" in window && speechSynthesis.getVoices().some((voice) => voice.lang.replace("_", "-").startsWith(lang));
}

export function speak(text: string, lang: Lang, done: () => void): void {
  quiet();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = VOICES[lang];
  words.onend = words.onerror = done;
  speechSynthesis.speak(words);
}

export function quiet(): void {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}
