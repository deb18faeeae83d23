/**
 * How a message reaches the bot and its answers come back: Rasa's REST channel, one POST a turn.
 * A transport is any object with `send(message) → Promise<Reply[]>`, so that another channel can take this one's place.
 */

const GIVE_UP_MS = 45_000;

/** The bot could not be reached or gave no usable answer. `offline` when the device has no connection. */
export class TransportError extends Error {
  constructor(sentence, offline = false) {
    super(sentence);
    this.name = "TransportError";
    this.offline = offline;
  }
}

export class RestTransport {
  constructor(botUrl, fetcher = (...args) => fetch(...args)) {
    this.address = `${botUrl.replace(/\/+$/, "")}/webhooks/rest/webhook`;
    this.fetch = fetcher;
  }

  /**
   * Send one message: {sender, text, payload?, lang, place?, signal?}.
   * Answers the replies in order, each {text, lang?, cards?, quick_replies?, map?, attachments?, sources?}.
   */
  async send({ sender, text, payload, lang, place, signal }) {
    const metadata = { lang, ...(place ? { place } : {}) };
    const body = JSON.stringify({ sender, message: text, ...(payload ? { payload } : {}), metadata });
    const answers = await this.#post(body, signal);
    if (!Array.isArray(answers)) throw new TransportError("The bot's answer was not a list.");
    return answers.map(toReply).filter(Boolean);
  }

  async #post(body, signal) {
    const watch = new AbortController();
    const timer = setTimeout(() => watch.abort(), GIVE_UP_MS);
    const stop = () => watch.abort();
    signal?.addEventListener("abort", stop);
    try {
      const headers = { "Content-Type": "application/json" };
      const response = await this.fetch(this.address, { method: "POST", headers, body, signal: watch.signal, credentials: "omit" });
      if (!response.ok) throw new TransportError(`The bot answered with status ${response.status}.`);
      return await response.json();
    } catch (error) {
      if (error instanceof TransportError) throw error;
      throw new TransportError(`The bot could not be reached: ${error.message}`, navigator.onLine === false);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }
}

/** The Reply in `custom`, completed by what Rasa puts beside it; null when there is nothing to show. */
function toReply(answer) {
  if (!answer || typeof answer !== "object") return null;
  const custom = answer.custom && typeof answer.custom === "object" ? answer.custom : {};
  const reply = { ...custom, text: String(custom.text || answer.text || "") };
  if (!reply.quick_replies && Array.isArray(answer.buttons)) reply.quick_replies = answer.buttons;
  return reply.text || reply.cards?.length ? reply : null;
}
