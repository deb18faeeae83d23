/**
 * What is remembered on the visitor's device: the session's token, the language chosen, the last turns, and what is
 * still to be deleted on the server. Nothing is written before the visitor says something. Where storage is denied,
 * memory serves until the page is left.
 */

import type { Answer, Lang, Own, Turn } from "./types";

const KEY = "truc-chat";
const DRAFT_KEY = "truc-chat-draft";
const KEPT_TURNS = 80;

export interface Session {
  token: string;
  expires: number; // Unix seconds
}

interface State {
  session: Session | null;
  lang: Lang | null;
  seen: number; // the highest seq shown in this session
  turns: Turn[];
  forgotten: string[]; // tokens of conversations whose deletion the server has not confirmed yet
}

const EMPTY: State = { session: null, lang: null, seen: 0, turns: [], forgotten: [] };

/** A version 4 UUID; `crypto.randomUUID` is missing on plain-http pages. */
export function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

type Storage = "localStorage" | "sessionStorage";

function read(storage: Storage, key: string): string | null {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

function write(storage: Storage, key: string, value: string | null): void {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
  } catch {
    /* denied or full: the copy in memory goes on */
  }
}

function load(): State {
  try {
    const state = JSON.parse(read("localStorage", KEY) ?? "null");
    return state && Array.isArray(state.turns) ? { ...EMPTY, ...state } : EMPTY;
  } catch {
    return EMPTY;
  }
}

export class Store {
  private state = load();
  private readonly listener: (event: StorageEvent) => void;

  /** @param onChange called when another tab has changed the conversation */
  constructor(onChange: () => void) {
    this.listener = (event) => {
      if (event.key !== KEY) return;
      this.state = load();
      onChange();
    };
    window.addEventListener("storage", this.listener);
  }

  close(): void {
    window.removeEventListener("storage", this.listener);
  }

  private set(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes };
    const nothing = !this.state.turns.length && !this.state.lang && !this.state.forgotten.length;
    write("localStorage", KEY, nothing ? null : JSON.stringify(this.state));
  }

  get turns(): Turn[] {
    return this.state.turns;
  }

  get seen(): number {
    return this.state.seen;
  }

  get session(): Session | null {
    return this.state.session;
  }

  set session(session: Session | null) {
    this.set({ session });
  }

  get lang(): Lang | null {
    return this.state.lang;
  }

  set lang(lang: Lang | null) {
    this.set({ lang });
  }

  get forgotten(): string[] {
    return this.state.forgotten;
  }

  /** A deletion was confirmed. */
  forgot(token: string): void {
    this.set({ forgotten: this.forgotten.filter((other) => other !== token) });
  }

  /** The visitor's own words, to be sent. */
  say(turn: Own): void {
    this.set({ turns: [...this.turns, turn].slice(-KEPT_TURNS) });
  }

  /** Change one turn, found by its id; one that has been cleared meanwhile stays gone. */
  change(id: string, changes: Partial<Own> | Partial<Answer>): void {
    this.set({ turns: this.turns.map((turn) => (turn.id === id ? ({ ...turn, ...changes } as Turn) : turn)) });
  }

  remove(id: string): void {
    this.set({ turns: this.turns.filter((turn) => turn.id !== id) });
  }

  /** A turn of the session's history: put where its number belongs; false when it is known already. */
  receive(turn: Turn & { seq: number }): boolean {
    const known = this.turns.find((other) => other.id === turn.id);
    const seen = Math.max(this.seen, turn.seq);
    if (known) {
      this.set({ seen });
      if (known.from === "me" && known.seq === undefined) this.change(known.id, { seq: turn.seq, state: "sent" });
      return false;
    }
    this.set({ seen, turns: placed(this.turns, turn).slice(-KEPT_TURNS) });
    return true;
  }

  /** The session is over: what was said stays readable, what waits will be said in the next one. */
  endSession(): void {
    const over = uuid(); // answers are known by their number, which the next session begins anew
    const turns = this.turns.map((turn): Turn => {
      if (turn.past || (turn.from === "me" && turn.state === "waiting")) return turn;
      return { ...turn, past: true, id: turn.from === "bot" ? `${turn.id} ${over}` : turn.id };
    });
    this.set({ session: null, seen: 0, turns });
  }

  /** Forget everything but the language, and remember to have it deleted on the server too. */
  clear(): void {
    const token = this.session?.token;
    this.set({ ...EMPTY, lang: this.lang, forgotten: token ? [...this.forgotten, token] : this.forgotten });
  }

  get draft(): string {
    return read("sessionStorage", DRAFT_KEY) ?? "";
  }

  set draft(text: string) {
    write("sessionStorage", DRAFT_KEY, text || null);
  }
}

/** Turns of one session stand in the order of their numbers; what has none yet comes last. */
function placed(turns: Turn[], turn: Turn & { seq: number }): Turn[] {
  const later = turns.findIndex((other) => !other.past && other.seq !== undefined && other.seq > turn.seq);
  return later < 0 ? [...turns, turn] : [...turns.slice(0, later), turn, ...turns.slice(later)];
}
