/** The conversation: what was said and answered, in order, with an outbox that loses nothing and says nothing twice. */

import { Connection } from "./connection";
import { Store, uuid, type Memory } from "./store";
import type { Answer, Own, Position, ServerFrame } from "./types";

const ACK_WAIT = 10_000;
const TRIES = 3;
const SLOW = 8_000;
const TOO_SLOW = 45_000;

interface Context {
  lang: string;
  place: string | null;
}

export type Heard = { change: true } | { answers: Answer[] } | { slow: "still" | "failed" } | { trouble: string };

export class Conversation {
  readonly store: Store;
  private readonly connection: Connection;
  private readonly tries = new Map<string, number>();
  private readonly timers = new Set<number>();
  private awaited: { id: string; since: number } | null = null;
  /** Whether the bot is at work on an answer. */
  typing = false;
  private readonly held = new Set<string>(); // messages that came too fast, until they may come again

  constructor(base: string, memory: Memory, private readonly context: () => Context, private readonly notify: (heard: Heard) => void) {
    this.store = new Store(() => notify({ change: true }), memory);
    this.connection = new Connection(base, this.watcher());
    this.settleForgotten();
  }

  private watcher() {
    const { store, context } = this;
    const said = this;
    return {
      get session() { return store.session; },
      set session(session) { session ? (store.session = session) : said.ended(); },
      get seen() { return store.seen; },
      get lang() { return context().lang; },
      get place() { return context().place; },
      get waiting() { return said.pending.length > 0; },
      heard: (frame: ServerFrame) => said.heard(frame),
      opened: (open: boolean) => said.opened(open),
    };
  }

  /** The visitor looks at the conversation: a session that there is goes on. A new one waits until something is said. */
  attend(): void {
    if (this.store.session || this.pending.length) this.connection.start();
  }

  /** The page was left while something waited to be sent or answered: go on at once, so that it is there when looked at. */
  resume(): void {
    const last = this.store.turns.at(-1);
    const unanswered = this.store.session && last?.from === "me" && last.state === "sent" && !last.past;
    if (unanswered) this.wait(last.id);
    if (unanswered || this.pending.length) this.connection.start();
  }

  /** Say what the visitor typed or, with a payload, pressed. */
  say(text: string, more: { payload?: string; location?: Position } = {}): void {
    const turn: Own = { from: "me", id: uuid(), text, at: Date.now(), state: "waiting", ...more };
    this.store.say(turn);
    this.send(turn);
    this.connection.start();
    this.notify({ change: true });
  }

  /** Send once more what did not arrive; what arrived and got no answer is asked anew. */
  retry(id: string): void {
    const turn = this.store.turns.find((other): other is Own => other.id === id && other.from === "me");
    if (!turn) return;
    if (turn.state === "unanswered") {
      this.store.remove(id);
      return this.say(turn.text, { payload: turn.payload, location: turn.location });
    }
    this.tries.delete(id);
    this.store.change(id, { state: "waiting" });
    this.send(turn);
    this.connection.start();
    this.notify({ change: true });
  }

  /** Rate an answer; a second rating of the same answer replaces the first. */
  rate(answer: Answer, good: boolean, reason?: string): void {
    this.store.change(answer.id, { rated: good ? "good" : "bad", reason, owed: uuid() });
    this.sendRatings();
    this.connection.start();
    this.notify({ change: true });
  }

  /** Ratings that the bot has not confirmed yet. */
  private sendRatings(): void {
    for (const turn of this.store.turns) {
      if (turn.from !== "bot" || !turn.owed || turn.past) continue;
      const { owed, seq, rated, reason } = turn;
      this.connection.send({ type: "feedback", id: owed, of: seq, good: rated === "good", ...(reason ? { reason } : {}) });
    }
  }

  /** Forget the conversation here at once and on the server as soon as it can be reached. */
  forget(): void {
    this.connection.stop();
    this.wait(null);
    this.typing = false;
    this.store.clear();
    this.settleForgotten();
    this.notify({ change: true });
  }

  close(): void {
    this.connection.close();
    this.timers.forEach(clearTimeout);
    this.store.close();
  }

  /** Whether a connection is being sought again. */
  get lost(): boolean {
    return this.connection.seeking;
  }

  private get pending(): Own[] {
    return this.store.turns.filter((turn): turn is Own => turn.from === "me" && turn.state === "waiting");
  }

  private send(turn: Own): void {
    const { lang, place } = this.context();
    const { id, text, payload, location } = turn;
    const sent = this.connection.send({ type: "message", id, text, payload, lang, ...(place ? { place } : {}), location });
    if (sent) this.after(ACK_WAIT, () => this.again(id));
  }

  /** Still not acknowledged: the connection is dead, or as good as. While there is none nothing is counted. */
  private again(id: string): void {
    const turn = this.pending.find((waiting) => waiting.id === id);
    if (!turn || !this.connection.open || this.held.has(id)) return;
    const tries = (this.tries.get(id) ?? 1) + 1;
    this.tries.set(id, tries);
    if (tries <= TRIES) return this.connection.renew(); // sends all that waits
    this.store.change(id, { state: "failed" });
    this.notify({ change: true });
  }

  private opened(open: boolean): void {
    if (open) {
      this.pending.forEach((turn) => this.send(turn));
      this.sendRatings();
      this.settleForgotten();
    } else {
      this.typing = false;
    }
    this.notify({ change: true });
  }

  private heard(frame: ServerFrame): void {
    if (frame.type === "ack") this.acknowledged(frame.id, frame.seq);
    else if (frame.type === "typing") this.typing = frame.on;
    else if (frame.type === "said") this.store.receive({ from: "me", id: frame.id, seq: frame.seq, text: frame.text, at: frame.at * 1000, state: "sent" });
    else if (frame.type === "message") return this.answered(frame);
    else if (frame.type === "error") return this.refused(frame);
    this.notify({ change: true });
  }

  /** The session is over: what it still owed an answer is asked anew if the visitor wishes. */
  private ended(): void {
    if (this.awaited) this.store.change(this.awaited.id, { state: "unanswered" });
    this.wait(null);
    this.store.endSession();
  }

  private acknowledged(id: string, seq?: number): void {
    this.tries.delete(id);
    const rated = this.store.turns.find((turn) => turn.from === "bot" && turn.owed === id);
    if (rated) this.store.change(rated.id, { owed: undefined });
    if (!this.pending.some((turn) => turn.id === id)) return;
    this.store.change(id, { state: "sent", ...(seq === undefined ? {} : { seq }) });
    this.wait(id);
  }

  private answered(frame: Extract<ServerFrame, { type: "message" }>): void {
    const answer: Answer = { from: "bot", id: `#${frame.seq}`, seq: frame.seq, reply: frame.reply, at: frame.at * 1000 };
    if (frame.answers === this.awaited?.id) this.wait(null);
    this.typing = false;
    if (frame.reply.forgotten) this.store.beginAnew(frame.seq);
    if (this.store.receive(answer)) this.notify({ answers: [answer] });
    else this.notify({ change: true });
  }

  /** What came too fast is sent once more when the bot allows it; anything else that it refuses is for the visitor to see. */
  private refused({ id, code, retry_after: wait }: { id?: string; code: string; retry_after?: number }): void {
    if (id && code === "too_many" && wait) {
      this.held.add(id);
      this.after(wait * 1000, () => {
        this.held.delete(id);
        this.pending.filter((turn) => turn.id === id).forEach((turn) => this.send(turn));
      });
    } else if (id) {
      this.tries.delete(id);
      this.store.change(id, { state: "failed" });
    }
    this.notify({ trouble: code });
  }

  /** Watch over the answer to a message: say that it takes long, and in the end that none came. */
  private wait(id: string | null): void {
    this.awaited = id ? { id, since: Date.now() } : null;
    if (!id) return;
    this.after(SLOW, () => this.awaited?.id === id && this.notify({ slow: "still" }));
    this.after(TOO_SLOW, () => {
      if (this.awaited?.id !== id) return;
      this.awaited = null;
      this.typing = false;
      this.store.change(id, { state: "unanswered" });
      this.notify({ slow: "failed" });
    });
  }

  /** Whether an answer is awaited. */
  get busy(): boolean {
    return this.awaited !== null || this.typing;
  }

  private settleForgotten(): void {
    for (const token of this.store.forgotten) {
      this.connection.post({ type: "forget", id: uuid() }, token).then(
        () => this.store.forgot(token),
        (problem) => problem.status === 401 && this.store.forgot(token), // it is over and deleted already
      );
    }
  }

  private after(wait: number, then: () => void): void {
    const timer = window.setTimeout(() => (this.timers.delete(timer), then()), wait);
    this.timers.add(timer);
  }
}
