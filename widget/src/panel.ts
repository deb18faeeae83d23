/** The panel as a dialog: beside the page on a desk, over all of it on a phone, with the keyboard kept off it. */

import type { Shell } from "./shell";

const COVERS_PAGE = "(max-width: 520px), (max-height: 460px)";
const FOCUSABLE = "a[href], button, textarea, [tabindex='0']";

export class Panel {
  private opener: HTMLElement | null = null;

  constructor(private readonly shell: Shell, private readonly host: HTMLElement, private readonly hasLauncher: boolean) {}

  get isOpen(): boolean {
    return !this.shell.panel.hidden;
  }

  /** Show it. The focus moves only when the visitor asked for the panel. */
  open(byVisitor: boolean): void {
    const { panel, launcher, input } = this.shell;
    const active = document.activeElement as HTMLElement | null;
    this.opener = byVisitor && active !== this.host && active !== document.body ? active : null;
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    this.fit();
    this.cover(matchMedia(COVERS_PAGE).matches);
    // A touch keyboard would hide the greeting: there, the panel takes the focus and the visitor taps the input.
    if (byVisitor) (matchMedia("(pointer: coarse)").matches ? panel : input).focus({ preventScroll: true });
  }

  close(): void {
    const { panel, launcher } = this.shell;
    panel.hidden = true;
    launcher.hidden = !this.hasLauncher;
    launcher.setAttribute("aria-expanded", "false");
    this.cover(false);
    (this.opener?.isConnected ? this.opener : launcher).focus({ preventScroll: true });
  }

  private cover(covered: boolean): void {
    if (covered) this.shell.panel.setAttribute("aria-modal", "true");
    else this.shell.panel.removeAttribute("aria-modal");
    document.documentElement.style.overflow = covered ? "hidden" : "";
  }

  /** On phones the on-screen keyboard shrinks the visual viewport only: keep the panel within it. */
  fit(): void {
    const { panel } = this.shell;
    const view = window.visualViewport;
    if (!view || panel.hidden) return;
    const covers = matchMedia(COVERS_PAGE).matches && view.scale === 1;
    panel.style.height = covers ? `${view.height}px` : "";
    panel.style.top = covers ? `${view.offsetTop}px` : "";
  }

  /** Where the panel covers the page, Tab goes round inside it. */
  keepFocusInside(event: KeyboardEvent): void {
    const { panel } = this.shell;
    if (!panel.hasAttribute("aria-modal")) return;
    const inside = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => element.checkVisibility?.() ?? element.offsetParent);
    const [edge, other] = event.shiftKey ? [inside[0], inside.at(-1)] : [inside.at(-1), inside[0]];
    const active = (panel.getRootNode() as ShadowRoot).activeElement;
    if (active !== edge && !(event.shiftKey && active === panel)) return;
    event.preventDefault();
    other?.focus();
  }
}
