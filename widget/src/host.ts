/** What the page around the widget says to it: the address bar, and calls made before the widget was loaded. */

export interface DeepLink {
  open: boolean;
  text: string | null;
  place: string | null;
}

const PARAMETERS = { open: "chat", text: "chat_msg", place: "chat_place" } as const;
const PLACE = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** `?chat=open&chat_msg=…&chat_place=…` or `#chat`: read once and dropped from the address. Nothing is ever sent so. */
export function readDeepLink(): DeepLink {
  const url = new URL(location.href);
  const given = url.searchParams;
  const place = given.get(PARAMETERS.place);
  const found = { open: given.get(PARAMETERS.open) === "open" || url.hash === "#chat", text: given.get(PARAMETERS.text), place: place && PLACE.test(place) ? place : null };
  const had = Object.values(PARAMETERS).filter((name) => given.has(name));
  if (had.length || url.hash === "#chat") {
    had.forEach((name) => given.delete(name));
    if (url.hash === "#chat") url.hash = "";
    history.replaceState(history.state, "", url);
  }
  return { ...found, open: found.open || found.text !== null };
}

type Call = [method: string, ...args: unknown[]];

/** Run what the page put into `window.truc` before, and whatever it puts there from now on. */
export function takeCalls(target: Record<string, unknown>): void {
  const page = window as unknown as { truc?: { push(...calls: Call[]): void } | Call[] };
  const earlier = Array.isArray(page.truc) ? page.truc : [];
  const run = ([method, ...args]: Call) => {
    const act = target[method];
    if (typeof act === "function") act.apply(target, args);
  };
  page.truc = { push: (...calls) => calls.forEach(run) };
  earlier.forEach(run);
}

/** The number of unread answers in the page's title, taken away again at zero. */
export class TitleCount {
  private original: string | null = null;

  show(count: number, words: (n: number) => string): void {
    if (count) {
      this.original ??= document.title;
      document.title = `${words(count)} · ${this.original}`;
    } else if (this.original !== null) {
      document.title = this.original;
      this.original = null;
    }
  }
}
