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

/** For how long a conversation is remembered on the device: across visits, in this tab alone, or not at all. */
export type Memory = "local" | "session" | "none";

/** One item of the browser's storage. Where that is denied or full, the copy in memory goes on. */
class Item {
  constructor(private readonly memory: Memory, private readonly key: string) {}

  private get storage(): Storage | null {
    return this.memory === "none" ? null : window[`${this.memory}Storage`];
  }

  read(): string | null {
    try {
      return this.storage?.getItem(this.key) ?? null;
    } catch {
      return null;
    }
  }

  write(value: string | null): void {
    try {
      if (value === null) this.storage?.removeItem(this.key);
      else this.storage?.setItem(this.key, value);
    } catch {
      /* denied or full */
    }
  }
}

function parsed(text: string | null): State {
  try {
    const state = JSON.parse(text ?? "null");
    return state && Array.isArray(state.turns) ? { ...EMPTY, ...state } : EMPTY;
  } catch {
    return EMPTY;
  }
}

export class Store {
  private readonly kept: Item;
  private readonly typed: Item;
  private state: State;
  private stored: string | null;
  private readonly listener: (event: StorageEvent) => void;

  /** @param onChange called when another tab has changed the conversation */
  constructor(onChange: () => void, memory: Memory = "local") {
    this.kept = new Item(memory, KEY);
    this.typed = new Item(memory === "none" ? "none" : "session", DRAFT_KEY);
    this.stored = this.kept.read();
    this.state = parsed(this.stored);
    this.listener = (event) => {
      if (event.key === KEY && this.catchUp()) onChange();
    };
    window.addEventListener("storage", this.listener);
  }

  /** Take over what another tab has written; whether it has written anything. */
  private catchUp(): boolean {
    const stored = this.kept.read();
    if (stored === this.stored) return false;
    this.stored = stored;
    this.state = parsed(stored);
    return true;
  }

  close(): void {
    window.removeEventListener("storage", this.listener);
  }

  /** Change what is kept. Two tabs write: each begins from what the other has written last. */
  private set(change: (state: State) => Partial<State>): void {
    this.catchUp();
    this.state = { ...this.state, ...change(this.state) };
    const { turns, lang, forgotten } = this.state;
    this.kept.write(turns.length || lang || forgotten.length ? JSON.stringify(this.state) : null);
    this.stored = this.kept.read();
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
    this.set(() => ({ session }));
  }

  get lang(): Lang | null {
    return this.state.lang;
  }

  set lang(lang: Lang | null) {
    this.set(() => ({ lang }));
  }

  get forgotten(): string[] {
    return this.state.forgotten;
  }

  /** A deletion was confirmed. */
  forgot(token: string): void {
    this.set(({ forgotten }) => ({ forgotten: forgotten.filter((other) => other !== token) }));
  }

  /** The visitor's own words, to be sent. */
  say(turn: Own): void {
    this.set(({ turns }) => ({ turns: [...turns, turn].slice(-KEPT_TURNS) }));
  }

  /** Change one turn, found by its id; one that has been cleared meanwhile stays gone. */
  change(id: string, changes: Partial<Own> | Partial<Answer>): void {
    this.set(({ turns }) => ({ turns: turns.map((turn) => (turn.id === id ? ({ ...turn, ...changes } as Turn) : turn)) }));
  }

  remove(id: string): void {
    this.set(({ turns }) => ({ turns: turns.filter((turn) => turn.id !== id) }));
  }

  /** A turn of the session's history: put where its number belongs; false when it is known already. */
  receive(turn: Turn & { seq: number }): boolean {
    let known: Turn | undefined;
    this.set(({ seen, turns }) => {
      known = turns.find((other) => other.id === turn.id);
      return { seen: Math.max(seen, turn.seq), ...(known ? {} : { turns: placed(turns, turn).slice(-KEPT_TURNS) }) };
    });
    if (known?.from === "me" && known.seq === undefined) this.change(known.id, { seq: turn.seq, state: "sent" });
    return !known;
  }

  /** The session is over: what was said stays readable, what waits will be said in the next one. */
  endSession(): void {
    const over = uuid(); // answers are known by their number, which the next session begins anew
    const ended = (turn: Turn): Turn => {
      if (turn.past || (turn.from === "me" && turn.state === "waiting")) return turn;
      return { ...turn, past: true, id: turn.from === "bot" ? `${turn.id} ${over}` : turn.id };
    };
    this.set(({ turns }) => ({ session: null, seen: 0, turns: turns.map(ended) }));
  }

  /** The server has deleted all before this number: here too, but for what is still to be sent. */
  beginAnew(seq: number): void {
    this.set(({ turns }) => ({
      turns: turns.filter((turn) => (turn.from === "me" && turn.state === "waiting") || (!turn.past && (turn.seq ?? 0) >= seq)),
    }));
  }

  /** Forget everything but the language, and remember to have it deleted on the server too. */
  clear(): void {
    this.set(({ session, lang, forgotten }) => ({ ...EMPTY, lang, forgotten: session ? [...forgotten, session.token] : forgotten }));
  }

  get draft(): string {
    return this.typed.read() ?? "";
  }

  set draft(text: string) {
    this.typed.write(text || null);
  }
}

/** Turns of one session stand in the order of their numbers; what has none yet comes last. */
function placed(turns: Turn[], turn: Turn & { seq: number }): Turn[] {
  const later = turns.findIndex((other) => !other.past && other.seq !== undefined && other.seq > turn.seq);
  return later < 0 ? [...turns, turn] : [...turns.slice(0, later), turn, ...turns.slice(later)];
}
