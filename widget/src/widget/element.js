/**
 * <truc-chat bot-url="https://bot.example.vn" lang="vi|en|auto" place="chua-dong" place-name="Chùa Đồng" theme="auto|light|dark" open launcher="none">
 *
 * Methods: open(), close(), toggle(), send(text), prefill(text), setLanguage(code), clear().
 * Events (bubbling, composed): truc-ready, truc-open, truc-close, truc-message {from}, truc-unread {count}.
 */

import { Conversation } from "./conversation.js";
import { choices, messageItem, spoken } from "./messages.js";
import { buildShell, labelLauncher, typingDots } from "./shell.js";
import { Store } from "./store.js";
import { applyStyles } from "./styles.js";
import { RestTransport } from "./transport.js";
import { LANGUAGES, WORDS, pickLanguage } from "./words.js";

const COVERS_PAGE = "(max-width: 520px), (max-height: 460px)";

export class TrucChat extends HTMLElement {
  static observedAttributes = ["lang", "place", "place-name"];

  #parts = null;
  #rendered = new Map();
  #unread = 0;
  #otherLanguageInARow = 0;

  connectedCallback() {
    const root = this.shadowRoot || this.attachShadow({ mode: "open" });
    applyStyles(root);
    this.store = new Store(() => this.#render());
    this.transport ??= new RestTransport(this.getAttribute("bot-url") || location.origin);
    this.talk = new Conversation(this.store, this.transport, () => this.#context(), (event, messages) => this.#heard(event, messages));
    this.lifetime = new AbortController();
    const { signal } = this.lifetime;
    for (const event of ["online", "offline"]) window.addEventListener(event, () => this.#showConnection(), { signal });
    for (const event of ["resize", "scroll"]) window.visualViewport?.addEventListener(event, () => this.#fitViewport(), { signal });
    this.#build();
    if (this.hasAttribute("open")) this.#show(false);
    this.#tell("truc-ready");
  }

  disconnectedCallback() {
    this.close();
    this.lifetime.abort();
    this.talk.close();
    this.store.close();
    this.#parts.root.remove();
    this.#parts = null;
    this.#rendered.clear();
  }

  attributeChangedCallback() {
    if (this.#parts) this.#build();
  }

  get language() {
    const wished = this.getAttribute("lang");
    const page = document.documentElement.lang;
    return pickLanguage(this.store.lang, wished === "auto" ? null : wished, page, ...(navigator.languages || []));
  }

  get words() {
    return WORDS[this.language];
  }

  get isOpen() {
    return Boolean(this.#parts) && !this.#parts.panel.hidden;
  }

  open() {
    if (!this.isOpen) this.#show(true);
  }

  close() {
    if (!this.isOpen) return;
    const { panel, launcher } = this.#parts;
    panel.hidden = true;
    launcher.hidden = this.#hasNoLauncher;
    launcher.setAttribute("aria-expanded", "false");
    this.#coverPage(false);
    (this.opener?.isConnected ? this.opener : launcher).focus({ preventScroll: true });
    this.#tell("truc-close");
  }

  toggle() {
    this.isOpen ? this.close() : this.open();
  }

  /** Open and say this for the visitor, who pressed something that promised so. */
  send(text) {
    this.open();
    this.#say(text);
  }

  /** Open with this text in the input, to be sent by the visitor. */
  prefill(text) {
    this.open();
    this.#setDraft(text);
    this.#parts.input.focus();
  }

  setLanguage(code) {
    if (!LANGUAGES.includes(code)) return;
    this.#otherLanguageInARow = 0;
    this.store.lang = code;
    this.#build();
  }

  clear() {
    this.talk.clear();
  }

  get #hasNoLauncher() {
    return this.getAttribute("launcher") === "none";
  }

  #context() {
    return { lang: this.language, place: this.getAttribute("place") };
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** (Re)build the shell in the language of the moment, keeping what is open, focused and typed. */
  #build() {
    const wasOpen = this.isOpen;
    const focused = this.shadowRoot.activeElement?.className;
    this.#parts?.root.remove();
    this.#rendered.clear();
    this.#parts = buildShell(this.words, this.language, {
      open: () => this.open(),
      close: () => this.close(),
      switchLanguage: () => this.setLanguage(this.language === "vi" ? "en" : "vi"),
      submit: (event) => this.#submit(event),
      typed: () => this.#setDraft(this.#parts.input.value),
      keyed: (event) => this.#keyed(event),
      askForget: () => this.#askForget(true),
      forget: () => this.#forget(),
      keep: () => this.#askForget(false),
    });
    this.shadowRoot.append(this.#parts.root);
    labelLauncher(this.#parts.launcher, this.words, this.#unread);
    this.#parts.launcher.hidden = this.#hasNoLauncher || wasOpen;
    this.#parts.panel.hidden = !wasOpen;
    this.#setDraft(this.store.draft);
    this.#showConnection();
    this.#render();
    this.#scrollToEnd();
    if (focused) this.shadowRoot.querySelector(`.${focused.split(" ")[0]}`)?.focus();
  }

  #show(byVisitor) {
    const { panel, launcher, input } = this.#parts;
    this.opener = byVisitor ? document.activeElement : null;
    if (this.opener === this || this.opener === document.body) this.opener = null;
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    this.#countUnread(0);
    this.#fitViewport();
    this.#scrollToEnd();
    this.#coverPage(matchMedia(COVERS_PAGE).matches);
    // A touch keyboard would hide the greeting: there, the panel takes the focus and the visitor taps the input.
    if (byVisitor) (matchMedia("(pointer: coarse)").matches ? panel : input).focus({ preventScroll: true });
    this.#tell("truc-open");
  }

  #coverPage(covered) {
    if (covered) this.#parts.panel.setAttribute("aria-modal", "true");
    else this.#parts.panel.removeAttribute("aria-modal");
    document.documentElement.style.overflow = covered ? "hidden" : "";
  }

  /** On phones the on-screen keyboard shrinks the visual viewport only: keep the panel within it. */
  #fitViewport() {
    const { panel } = this.#parts ?? {};
    const view = window.visualViewport;
    if (!panel || !view || panel.hidden) return;
    const covers = matchMedia(COVERS_PAGE).matches && view.scale === 1;
    panel.style.height = covers ? `${view.height}px` : "";
    panel.style.top = covers ? `${view.offsetTop}px` : "";
  }

  #keyed(event) {
    // keyCode 229 covers browsers that report the end of a Telex composition without isComposing.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Escape" && !composing) {
      event.stopPropagation();
      this.#parts.sure.hidden ? this.close() : this.#askForget(false);
    } else if (event.key === "Enter" && !event.shiftKey && !composing && event.target === this.#parts.input) {
      this.#submit(event);
    } else if (event.key === "Tab" && this.#parts.panel.hasAttribute("aria-modal")) {
      this.#keepFocusInside(event);
    }
  }

  #keepFocusInside(event) {
    const inside = [...this.#parts.panel.querySelectorAll("a[href], button, textarea, [tabindex='0']")].filter((element) => element.checkVisibility?.() ?? element.offsetParent);
    const [edge, other] = event.shiftKey ? [inside[0], inside.at(-1)] : [inside.at(-1), inside[0]];
    const active = this.shadowRoot.activeElement;
    if (active !== edge && !(event.shiftKey && active === this.#parts.panel)) return;
    event.preventDefault();
    other.focus();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#parts.input.value;
    if (!text.trim()) return;
    this.#setDraft("");
    this.#say(text.trim());
    this.#parts.input.focus();
  }

  #say(text, payload) {
    this.#tell("truc-message", { from: "visitor" });
    this.talk.say(text, payload);
    this.#scrollToEnd();
  }

  #setDraft(text) {
    const { input, send } = this.#parts;
    if (input.value !== text) input.value = text;
    this.store.draft = text;
    send.setAttribute("aria-disabled", String(!text.trim()));
    input.style.height = "auto";
    if (text) input.style.height = `${input.scrollHeight + 3}px`;
  }

  #askForget(ask) {
    const { sure, forget, honest, yes } = this.#parts;
    sure.hidden = !ask;
    forget.hidden = honest.hidden = ask;
    (ask ? yes : forget).focus();
  }

  #forget() {
    this.clear();
    this.#askForget(false);
    this.#parts.input.focus();
  }

  #showConnection() {
    this.#parts.strip.hidden = navigator.onLine !== false;
    this.#render();
  }

  #heard(event, messages) {
    if (!this.#parts) return;
    if (event === "slow") return this.#showTyping(this.words.stillLooking);
    if (event === "answer") {
      this.#followLanguage(messages);
      this.#parts.live.replaceChildren(...messages.map((message) => spokenLine(message, this.words, this.language)));
      messages.forEach(() => this.#tell("truc-message", { from: "bot" }));
      if (!this.isOpen) this.#countUnread(this.#unread + messages.length);
    }
    this.#render();
    if (event === "answer") this.#scrollToAnswer(messages[0].id);
  }

  /** The conversation's language wins over the page's: after two answers in another one, the widget speaks it too. */
  #followLanguage(messages) {
    const spokenIn = messages.find(({ reply }) => WORDS[reply?.lang])?.reply.lang;
    this.#otherLanguageInARow = spokenIn && spokenIn !== this.language ? this.#otherLanguageInARow + 1 : 0;
    if (this.#otherLanguageInARow >= 2) this.setLanguage(spokenIn);
  }

  #countUnread(count) {
    this.#unread = count;
    labelLauncher(this.#parts.launcher, this.words, count);
    this.#tell("truc-unread", { count });
  }

  /** Bring the log in line with the store; only messages that are new or changed are built again. */
  #render() {
    if (!this.#parts) return;
    const actions = { retry: (id) => this.talk.retry(id), press: (title, payload) => this.#say(title, payload) };
    const greeting = { id: "greeting", from: "bot", reply: { text: this.#greeting(), lang: this.language } };
    const messages = [this.#rendered.get("greeting")?.message ?? greeting, ...this.store.messages];
    const items = messages.map((message) => this.#item(message, actions));
    for (const id of this.#rendered.keys()) if (!messages.some((message) => message.id === id)) this.#rendered.delete(id);
    const { messages: list } = this.#parts;
    if (items.length !== list.children.length || items.some((item, i) => item !== list.children[i])) list.replaceChildren(...items);
    this.#parts.forget.hidden = !this.store.messages.length || !this.#parts.sure.hidden;
    this.#renderChoices(messages.at(-1), actions);
    this.#showTyping(this.talk.busy ? this.words.typing : null);
  }

  #item(message, actions) {
    const known = this.#rendered.get(message.id);
    const offline = message.state === "waiting" && navigator.onLine === false;
    if (known?.message === message && known.offline === offline) return known.item;
    const item = messageItem(message, this.words, this.language, actions);
    this.#rendered.set(message.id, { message, offline, item });
    return item;
  }

  #greeting() {
    const place = this.getAttribute("place-name");
    return place ? this.words.greetingAt(place) : this.words.greeting;
  }

  #renderChoices(last, actions) {
    const starters = this.getAttribute("place-name") ? this.words.startersAt : this.words.starters;
    const options = last.id === "greeting" ? starters.map((title) => ({ title })) : last.reply?.quick_replies;
    const shown = last.from === "bot" && !this.talk.busy ? choices(options, this.words, actions.press) : null;
    this.#parts.choices.replaceChildren(...(shown ? [shown] : []));
  }

  #showTyping(text) {
    const { typing } = this.#parts;
    if (typing.textContent === (text ?? "")) return;
    typing.replaceChildren(...(text ? [typingDots(text)] : []));
    if (text) this.#scrollToEnd();
  }

  #scrollToEnd() {
    const { log } = this.#parts;
    log.scrollTop = this.store.messages.length ? log.scrollHeight : 0;
  }

  /** A long answer is read from its beginning: bring the question before it to the top, not the end into view. */
  #scrollToAnswer(id) {
    const item = this.#rendered.get(id)?.item;
    const question = item?.previousElementSibling ?? item;
    if (question) this.#parts.log.scrollTop = question.offsetTop - this.#parts.messages.offsetTop;
  }
}

function spokenLine(message, words, lang) {
  const line = document.createElement("p");
  line.lang = message.reply?.lang || lang;
  line.textContent = spoken(message, words);
  return line;
}
