/**
 * The way to the bot (docs/web-channel.md): a session, a WebSocket that comes back by itself, and the same frames by
 * POST and asking again where WebSockets are blocked.
 */

import type { Session } from "./store";
import type { ClientFrame, ServerFrame } from "./types";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const HIDDEN_TOO_LONG = 600_000;
const ASLEEP = 20_000; // hidden for so long, a phone may have lost its connection without noticing
const HANDSHAKES = 2; // failed ones before the frames go by POST
const RENEW_BEFORE = 3_600; // seconds before a token's end
const POLL_SECONDS = 20;
const GIVE_UP = 30_000;

export interface Watcher {
  /** Where the session is kept. */
  session: Session | null;
  /** The highest number already shown. */
  readonly seen: number;
  readonly lang: string;
  readonly place: string | null;
  /** Whether something waits to be sent. */
  readonly waiting: boolean;
  heard(frame: ServerFrame): void;
  /** Frames can be sent, or no longer. */
  opened(open: boolean): void;
}

export class Refused extends Error {
  constructor(readonly status: number, readonly code: string, readonly retryAfter: number) {
    super(`The bot answered ${status} ${code}`);
    this.name = "Refused";
  }
}

export class Connection {
  private socket: WebSocket | null = null;
  private polling: AbortController | null = null;
  private wanted = false;
  /** Whether a connection is being sought again after one was lost or could not be had. */
  seeking = false;
  private opening = false;
  private failures = 0;
  private handshakes = 0;
  private timer = 0;
  private hiddenSince = 0;
  private token = ""; // whose connection this is
  private readonly lifetime = new AbortController();

  constructor(private readonly base: string, private readonly watcher: Watcher) {
    const { signal } = this.lifetime;
    window.addEventListener("online", () => this.wake(), { signal });
    window.addEventListener("offline", () => this.drop(), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? (this.hiddenSince = Date.now()) : this.awoken()), { signal });
  }

  get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN || this.polling !== null;
  }

  /** Be connected from now on. */
  start(): void {
    this.wanted = true;
    this.wake();
  }

  /** Be connected no longer; `start` begins anew. */
  stop(): void {
    this.wanted = this.seeking = false;
    this.drop();
  }

  close(): void {
    this.stop();
    this.lifetime.abort();
  }

  /** Connect anew: what this connection was given has not arrived. */
  renew(): void {
    this.drop();
    this.wake();
  }

  /** Send a frame; false when there is no connection to send it by. */
  send(frame: ClientFrame): boolean {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
    else if (this.polling) void this.post(frame).catch((problem) => this.failed(problem));
    else return false;
    return true;
  }

  /** Send one frame by POST, whatever connection there is. Raises Refused or TypeError. */
  async post(frame: ClientFrame, token = this.watcher.session?.token): Promise<void> {
    const { frames } = await this.call<{ frames: ServerFrame[] }>("POST", "frames", { frame, token });
    if (token === this.watcher.session?.token) frames.forEach((answer) => this.watcher.heard(answer));
  }

  private awoken(): void {
    if (this.open && Date.now() - this.hiddenSince > ASLEEP) this.renew();
    else this.wake();
  }

  private wake(): void {
    if (!this.wanted || this.open || this.opening || navigator.onLine === false) return;
    clearTimeout(this.timer);
    void this.connect();
  }

  private async connect(): Promise<void> {
    this.opening = true;
    try {
      await this.haveSession();
      if (!this.wanted) return;
      this.token = this.watcher.session!.token;
      if (this.handshakes >= HANDSHAKES || !("WebSocket" in window)) await this.poll();
      else await this.shake();
      this.failures = 0;
    } catch (problem) {
      this.failed(problem);
    } finally {
      this.opening = false;
    }
  }

  private async haveSession(): Promise<void> {
    const { session, lang, place } = this.watcher;
    if (session && session.expires - Date.now() / 1000 > RENEW_BEFORE) return;
    const frame = { lang, ...(place ? { place } : {}) };
    try {
      this.watcher.session = await this.call<Session>("POST", "session", { frame, ...(session ? { token: session.token } : {}) });
    } catch (problem) {
      if (!(session && problem instanceof Refused && problem.status === 401)) throw problem;
      this.watcher.session = null;
      this.watcher.session = await this.call<Session>("POST", "session", { frame });
    }
  }

  private shake(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.base.replace(/^http/, "ws")}/socket`);
      const tooLong = setTimeout(() => socket.close(), 10_000);
      let welcome = false;
      socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token: this.token, after: this.watcher.seen }));
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data) as ServerFrame;
        if (frame.type === "welcome") {
          clearTimeout(tooLong);
          welcome = true;
          this.handshakes = 0;
          this.socket = socket;
          resolve();
          this.found();
        }
        this.take(frame);
      };
      socket.onclose = () => {
        clearTimeout(tooLong);
        if (!welcome) return this.handshakes++, reject(new TypeError("The WebSocket could not be opened"));
        if (this.socket !== socket) return;
        this.socket = null;
        this.later();
      };
    });
  }

  /** Frames by POST and asking again: open as soon as the first asking was answered. */
  private async poll(): Promise<void> {
    const turn = new AbortController();
    const ask = async (wait: number): Promise<void> => {
      const path = `frames?after=${this.watcher.seen}&wait=${wait}`;
      const { frames } = await this.call<{ frames: ServerFrame[] }>("GET", path, { token: this.token, signal: turn.signal });
      frames.forEach((frame) => this.take(frame));
    };
    await ask(0);
    this.polling = turn;
    this.found();
    const goOn = async (): Promise<void> => {
      while (!turn.signal.aborted) await ask(POLL_SECONDS);
    };
    goOn().catch((problem) => turn.signal.aborted || this.failed(problem));
  }

  private found(): void {
    this.seeking = false;
    this.watcher.opened(true);
  }

  private take(frame: ServerFrame): void {
    if (frame.type === "session_expired") this.expire();
    else this.watcher.heard(frame);
  }

  /** The session is over. Another tab may have begun the next one; else that waits until there is something to say. */
  private expire(): void {
    const { session } = this.watcher;
    if (session?.token === this.token) this.watcher.session = null;
    this.drop();
    this.wanted = this.watcher.waiting || this.watcher.session !== null;
    this.failures = 0;
    this.later();
  }

  private drop(): void {
    clearTimeout(this.timer);
    const wasOpen = this.open;
    const { socket } = this;
    this.socket = null;
    socket?.close();
    this.polling?.abort();
    this.polling = null;
    if (wasOpen) this.watcher.opened(false);
  }

  private failed(problem: unknown): void {
    const refused = problem instanceof Refused ? problem : null;
    if (refused?.status === 401) return this.expire();
    if (refused && refused.status < 500) this.watcher.heard({ type: "error", code: refused.code, retry_after: refused.retryAfter });
    else if (!(refused || problem instanceof TypeError || problem instanceof DOMException)) throw problem;
    this.drop();
    this.later((refused?.retryAfter ?? 0) * 1000);
  }

  /** Try again: after 1, 2, 4 … 30 s, each a third more or less, so that not all visitors come back at once. */
  private later(atLeast = 0): void {
    this.seeking = this.wanted && !(document.hidden && Date.now() - this.hiddenSince > HIDDEN_TOO_LONG);
    this.watcher.opened(false);
    if (!this.seeking) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures++) * (0.7 + Math.random() * 0.6);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.wake(), Math.max(wait, atLeast));
  }

  private async call<T>(method: string, path: string, { frame, token, signal }: { frame?: object; token?: string; signal?: AbortSignal }): Promise<T> {
    const headers: Record<string, string> = { ...(frame ? { "Content-Type": "application/json" } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    const limits = [AbortSignal.timeout(GIVE_UP), ...(signal ? [signal] : [])];
    const response = await fetch(`${this.base}/${path}`, { method, headers, body: frame && JSON.stringify(frame), signal: anyOf(limits), credentials: "omit" });
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response.status, String(body.error ?? "unreachable"), Number(body.retry_after) || 0);
    return body as T;
  }
}

/** AbortSignal.any, which browsers of before 2024 lack. */
function anyOf(signals: AbortSignal[]): AbortSignal {
  if ("any" in AbortSignal) return AbortSignal.any(signals);
  const all = new AbortController();
  signals.forEach((signal: AbortSignal) => signal.addEventListener("abort", () => all.abort()));
  return all.signal;
}
