/**
 * What is remembered on the visitor's device: a random sender id, the language chosen and the last messages.
 * Nothing is written before the visitor says something. Where storage is denied, memory serves until the page is left.
 */

const KEY = "truc-chat";
const DRAFT_KEY = "truc-chat-draft";
const KEPT_MESSAGES = 80;

/** A version 4 UUID; `crypto.randomUUID` is missing on plain-http pages. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function read(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
  } catch {
    /* denied or full: the copy in memory goes on */
  }
}

export class Store {
  /** @param onChange called when another tab has changed the conversation */
  constructor(onChange) {
    this.state = this.#load();
    this.listener = (event) => {
      if (event.key !== KEY) return;
      this.state = this.#load();
      onChange();
    };
    window.addEventListener("storage", this.listener);
  }

  #load() {
    const empty = { sender: null, lang: null, messages: [] };
    try {
      const state = JSON.parse(read("localStorage", KEY));
      return state && Array.isArray(state.messages) ? { ...empty, ...state } : empty;
    } catch {
      return empty;
    }
  }

  #save() {
    write("localStorage", KEY, JSON.stringify(this.state));
  }

  get messages() {
    return this.state.messages;
  }

  /** The id under which the bot knows this conversation; made when first needed. */
  get sender() {
    if (!this.state.sender) {
      this.state.sender = uuid();
      this.#save();
    }
    return this.state.sender;
  }

  get lang() {
    return this.state.lang;
  }

  set lang(code) {
    this.state.lang = code;
    this.#save();
  }

  add(message) {
    this.state.messages = [...this.messages, message].slice(-KEPT_MESSAGES);
    this.#save();
  }

  /** Change one message, found by its id; a message that has been cleared meanwhile stays gone. */
  update(id, changes) {
    this.state.messages = this.messages.map((message) => (message.id === id ? { ...message, ...changes } : message));
    this.#save();
  }

  /** Forget everything but the language. The next message starts a conversation under a new id. */
  clear() {
    this.state = { sender: null, lang: this.lang, messages: [] };
    if (this.lang) this.#save();
    else write("localStorage", KEY, null);
  }

  get draft() {
    return read("sessionStorage", DRAFT_KEY) || "";
  }

  set draft(text) {
    write("sessionStorage", DRAFT_KEY, text || null);
  }

  close() {
    window.removeEventListener("storage", this.listener);
  }
}
