/**
 * The way to the bot (docs/web-channel.md): a session, a WebSocket that comes back by itself, and the same frames by
 * POST and asking again where WebSockets are blocked.
 */

import type { Session } from "./store";
import type { ClientFrame, ServerFrame } from "./types";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const HIDDEN_TOO_LONG = 600_000;
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
  private opening = false;
  private failures = 0;
  private handshakes = 0;
  private timer = 0;
  private hiddenSince = 0;
  private readonly lifetime = new AbortController();

  constructor(private readonly base: string, private readonly watcher: Watcher) {
    const { signal } = this.lifetime;
    window.addEventListener("online", () => this.wake(), { signal });
    window.addEventListener("offline", () => this.drop(), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? (this.hiddenSince = Date.now()) : this.wake()), { signal });
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
    this.wanted = false;
    this.drop();
  }

  close(): void {
    this.stop();
    this.lifetime.abort();
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
      this.expire();
      this.watcher.session = await this.call<Session>("POST", "session", { frame });
    }
  }

  private shake(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.base.replace(/^http/, "ws")}/socket`);
      const tooLong = setTimeout(() => socket.close(), 10_000);
      let welcome = false;
      socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token: this.watcher.session!.token, after: this.watcher.seen }));
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data) as ServerFrame;
        if (frame.type === "welcome") {
          clearTimeout(tooLong);
          welcome = true;
          this.handshakes = 0;
          this.socket = socket;
          resolve();
          this.watcher.opened(true);
        }
        this.take(frame);
      };
      socket.onclose = () => {
        clearTimeout(tooLong);
        if (!welcome) return this.handshakes++, reject(new TypeError("The WebSocket could not be opened"));
        if (this.socket !== socket) return;
        this.socket = null;
        this.watcher.opened(false);
        this.later();
      };
    });
  }

  /** Frames by POST and asking again: open as soon as the first asking was answered. */
  private async poll(): Promise<void> {
    const turn = new AbortController();
    const ask = async (wait: number): Promise<void> => {
      const path = `frames?after=${this.watcher.seen}&wait=${wait}`;
      const { frames } = await this.call<{ frames: ServerFrame[] }>("GET", path, { token: this.watcher.session?.token, signal: turn.signal });
      frames.forEach((frame) => this.take(frame));
    };
    await ask(0);
    this.polling = turn;
    this.watcher.opened(true);
    const goOn = async (): Promise<void> => {
      while (!turn.signal.aborted) await ask(POLL_SECONDS);
    };
    goOn().catch((problem) => turn.signal.aborted || this.failed(problem));
  }

  private take(frame: ServerFrame): void {
    if (frame.type === "session_expired") this.expire();
    this.watcher.heard(frame);
  }

  private expire(): void {
    this.watcher.session = null;
    this.drop();
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
    if (problem instanceof Refused && problem.status === 401) this.watcher.heard({ type: "session_expired" });
    else if (problem instanceof Refused) this.watcher.heard({ type: "error", code: problem.code, retry_after: problem.retryAfter });
    else if (!(problem instanceof TypeError || problem instanceof DOMException)) throw problem;
    this.drop();
    this.later(problem instanceof Refused ? problem.retryAfter * 1000 : 0);
  }

  /** Try again: after 1, 2, 4 … 30 s, each a third more or less, so that not all visitors come back at once. */
  private later(atLeast = 0): void {
    if (!this.wanted || (document.hidden && Date.now() - this.hiddenSince > HIDDEN_TOO_LONG)) return;
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
