/** The conversation: an outbox that sends one message at a time, loses none, and adds the answers to the store. */

import { TransportError } from "./transport.js";
import { uuid } from "./store.js";

const STALE_MS = 60_000;
const SLOW_MS = 8_000;

export class Conversation {
  /**
   * @param context  () → {lang, place}: what goes along with each message
   * @param notify   called with "change", "slow", or "answer" and the new reply messages
   */
  constructor(store, transport, context, notify) {
    Object.assign(this, { store, transport, context, notify });
    this.inFlight = null;
    this.#settleStale();
    this.onOnline = () => this.#pump();
    this.onPageHide = () => this.#interrupt();
    window.addEventListener("online", this.onOnline);
    window.addEventListener("pagehide", this.onPageHide);
  }

  /** Whether an answer is awaited. */
  get busy() {
    return this.inFlight !== null;
  }

  /** Queue what the visitor typed or, with a payload, what they pressed. */
  say(text, payload) {
    this.store.add({ id: uuid(), from: "me", text, payload, at: Date.now(), state: "waiting" });
    this.#pump();
  }

  retry(id) {
    this.store.update(id, { state: "waiting" });
    this.#pump();
  }

  clear() {
    this.inFlight?.abort();
    this.inFlight = null;
    this.store.clear();
    this.notify("change");
  }

  close() {
    this.#interrupt();
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("pagehide", this.onPageHide);
  }

  async #pump() {
    this.notify("change");
    const message = this.store.messages.find(({ state }) => state === "waiting");
    if (this.inFlight || !message || navigator.onLine === false) return;
    const turn = (this.inFlight = new AbortController());
    const slow = setTimeout(() => this.notify("slow"), SLOW_MS);
    this.store.update(message.id, { state: "sending" });
    this.notify("change");
    try {
      await this.#exchange(message, turn);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (!turn.signal.aborted) this.store.update(message.id, { state: error.offline ? "waiting" : "failed" });
    } finally {
      clearTimeout(slow);
      if (this.inFlight === turn) this.inFlight = null;
    }
    this.notify("change");
    if (this.store.messages.find(({ id }) => id === message.id)?.state === "sent") this.#pump();
  }

  async #exchange({ id, text, payload }, turn) {
    const { lang, place } = this.context();
    const replies = await this.transport.send({ sender: this.store.sender, text, payload, lang, place, signal: turn.signal });
    if (turn.signal.aborted) return;
    this.store.update(id, { state: "sent" });
    const messages = (replies.length ? replies : [null]).map((reply) => ({ id: uuid(), from: "bot", reply, at: Date.now() }));
    messages.forEach((message) => this.store.add(message));
    this.notify("answer", messages);
  }

  /** The page is left in mid-turn: the question is kept with its "try again". */
  #interrupt() {
    this.inFlight?.abort();
    this.inFlight = null;
    this.#failWhere(() => true);
  }

  #settleStale() {
    this.#failWhere(({ at }) => Date.now() - at > STALE_MS);
  }

  #failWhere(test) {
    const pending = this.store.messages.filter((message) => ["sending", "waiting"].includes(message.state) && test(message));
    pending.forEach(({ id }) => this.store.update(id, { state: "failed" }));
  }
}
