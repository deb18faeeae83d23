/** The widget's style sheet. Hosts restyle it through --truc-… custom properties and ::part(). */

const LIGHT = `
  --bg: var(--truc-bg, #fbf8f0); --surface: #ffffff; --fg: var(--truc-fg, #22302a); --muted: #5a665f; --line: #e0d9c6;
  --accent: var(--truc-accent, #1f5a41); --on-accent: var(--truc-on-accent, #ffffff); --soft: #e8efe5; --red: #9d2b2b; --gold: #b8893a;
  --shade: 0 12px 40px rgb(34 48 42 / .22), 0 2px 8px rgb(34 48 42 / .12); color-scheme: light;`;

const DARK = `
  --bg: var(--truc-bg, #141c18); --surface: #1e2923; --fg: var(--truc-fg, #ece7da); --muted: #a9b3aa; --line: #35423a;
  --accent: var(--truc-accent, #8fcaa6); --on-accent: var(--truc-on-accent, #10231a); --soft: #26352d; --red: #f0a096; --gold: #d5ac63;
  --shade: 0 12px 40px rgb(0 0 0 / .6), 0 2px 8px rgb(0 0 0 / .4); color-scheme: dark;`;

export const CSS = `
.root { all: initial; display: block; font-family: var(--truc-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
  line-height: 1.5; color: var(--fg); --radius: var(--truc-radius, 18px); ${LIGHT} }
@media (prefers-color-scheme: dark) { :host(:not([theme=light])) .root { ${DARK} } }
:host([theme=dark]) .root { ${DARK} }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, p, ul, ol, figure { margin: 0; padding: 0; font-size: inherit; }
ul, ol { list-style: none; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; touch-action: manipulation; }
a { color: var(--accent); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--gold); outline-offset: 2px; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.mark { width: 1.75em; height: 1.75em; flex: none; }
.mark .stem { fill: none; stroke: currentColor; stroke-width: 2.6; stroke-linecap: round; }
.mark .leaf { fill: currentColor; }

.launcher { position: fixed; z-index: var(--truc-z, 2147483000); right: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
  display: flex; align-items: center; gap: .5em; min-height: 56px; padding: .5em 1.25em .5em .95em; border-radius: 999px; font-weight: 600;
  background: var(--accent); color: var(--on-accent); box-shadow: var(--shade); transition: transform .15s; }
.badge { min-width: 1.5em; padding: 0 .4em; border-radius: 1em; background: #9d2b2b; color: #fff; font-size: .8em; line-height: 1.5em; text-align: center; }

.panel { position: fixed; z-index: var(--truc-z, 2147483000); right: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
  display: flex; flex-direction: column; width: min(408px, calc(100vw - 40px)); height: min(680px, calc(100vh - 40px)); height: min(680px, calc(100dvh - 40px));
  overflow: hidden; background: var(--bg); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shade); animation: rise .2s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(14px); } }
.panel:focus { outline: none; }

.header { display: flex; align-items: center; gap: .7em; padding: .7em .6em .7em 1em; background: #1f5a41; color: #fff; border-bottom: 3px solid var(--gold); }
.header h2 { font-size: 1.1em; font-weight: 700; line-height: 1.25; }
.header .about { font-size: .78em; line-height: 1.3; color: #dcebdf; }
.header .who { flex: 1; min-width: 0; }
.header button { display: grid; place-items: center; min-width: 44px; min-height: 44px; border-radius: 12px; }
.header .language { font-size: .82em; font-weight: 700; letter-spacing: .04em; }

.strip { padding: .5em 1em; background: var(--soft); border-bottom: 1px solid var(--line); font-size: .88em; }

.middle { position: relative; display: flex; flex: 1; min-height: 0; }
.to-end { position: absolute; z-index: 1; right: 12px; bottom: 12px; display: grid; place-items: center; width: 44px; height: 44px; border-radius: 50%; border: 1px solid var(--line); background: var(--surface); color: var(--accent); box-shadow: 0 2px 10px rgb(0 0 0 / .18); }
.log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1em; scroll-padding: 1em; }
.log:focus-visible { outline-offset: -3px; }
.messages { display: flex; flex-direction: column; gap: .9em; }
.turn { display: flex; flex-direction: column; gap: .5em; align-items: flex-start; max-width: 100%; position: relative; }
.from-me { align-items: flex-end; }
.bubble { max-width: 92%; padding: .65em .95em; border-radius: 4px 16px 16px 16px; background: var(--surface); border: 1px solid var(--line); overflow-wrap: anywhere; font-size: .96em; }
.bubble > * + * { margin-top: .6em; }
.bubble ul { display: grid; gap: .25em; padding-left: 1.1em; list-style: disc; }
.bubble ul li::marker { color: var(--gold); }
.day { padding-top: .35em; border-top: 1px solid var(--line); color: var(--muted); }
.day strong { color: var(--accent); }
.bubble .hours { display: grid; gap: .35em; padding: 0; list-style: none; }
.hours li { display: grid; grid-template-columns: 3.1em 1fr; gap: .6em; }
.hours .when { font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; padding-top: .1em; }
.hours .way { color: var(--muted); font-size: .92em; }
.hours .way .when { font-weight: 400; }
.honest { max-width: 92%; padding: 0 .2em; font-size: .82em; line-height: 1.45; color: var(--muted); }
.earlier { display: flex; align-items: center; gap: .8em; font-size: .8em; color: var(--muted); }
.earlier::before, .earlier::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.bubble.mine { max-width: 84%; border-radius: 16px 16px 4px 16px; background: var(--accent); border-color: transparent; color: var(--on-accent); white-space: pre-wrap; }
.bubble.mine.waiting { opacity: .78; }
.bubble.mine.failed, .bubble.mine.unanswered { background: transparent; border: 1.5px dashed var(--red); color: var(--fg); }
.trouble { font-size: .84em; color: var(--red); text-align: right; }
.trouble.waits { color: var(--muted); }
.retry { display: inline-flex; align-items: center; gap: .4em; min-height: 40px; padding: 0 1em; border: 1.5px solid var(--red); border-radius: 999px; color: var(--red); font-weight: 600; font-size: .92em; }

.sources { padding-top: .5em; border-top: 1px solid var(--line); font-size: .8em; line-height: 1.4; color: var(--muted); }
.sources > span { font-weight: 600; }
.bubble .sources ul { display: inline; padding: 0; }
.sources li { display: inline; }
.sources li:not(:last-child)::after { content: " · "; }
.sources a { color: inherit; }

.carousel { width: 100%; }
.cards { display: flex; gap: .7em; width: calc(100% + 2em); margin: 0 -1em; padding: .2em 1em .5em; overflow-x: auto; scroll-snap-type: x proximity; scroll-padding: 1em; scrollbar-width: thin; }
.card { display: flex; flex-direction: column; flex: 0 0 min(230px, 78%); scroll-snap-align: start; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.card img { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: cover; background: var(--soft); }
.no-picture { display: grid; place-items: center; height: 64px; background: var(--soft); color: var(--accent); }
.no-picture .icon { width: 34px; height: 34px; stroke-width: 1.3; }
.card-body { flex: 1; padding: .7em .9em; }
.card h3 { font-weight: 700; font-size: .96em; line-height: 1.3; }
.card p { margin-top: .25em; font-size: .86em; line-height: 1.4; color: var(--muted); display: -webkit-box; -webkit-line-clamp: 4; -webkit-box-orient: vertical; overflow: hidden; }
.card-buttons { display: grid; }
.card-buttons > * { display: block; min-height: 44px; padding: .6em .9em; border-top: 1px solid var(--line); text-align: center; font-size: .9em; font-weight: 600; color: var(--accent); text-decoration: none; }
.arrows { display: flex; justify-content: flex-end; gap: .4em; }
.arrow { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 50%; border: 1px solid var(--line); background: var(--surface); }

.map { width: 100%; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; font-size: .9em; }
.drawing { display: block; width: 100%; height: auto; background: var(--soft); }
.contour { fill: none; stroke: var(--accent); stroke-opacity: .22; }
.route { fill: none; stroke: var(--accent); stroke-width: 3; stroke-linejoin: round; stroke-dasharray: 1 6; stroke-linecap: round; }
.pin { fill: var(--red); } .hole { fill: var(--surface); } .number { fill: var(--surface); font: 700 12px system-ui, sans-serif; }
.map li { display: flex; align-items: center; justify-content: space-between; gap: .8em; padding: .5em .9em; }
.map li + li { border-top: 1px solid var(--line); }
.map .label .icon { vertical-align: -.3em; margin-right: .3em; color: var(--red); }
.map small { display: block; color: var(--muted); }
.map .compact { columns: 2; column-gap: 1em; padding: .4em .9em; } .map .compact li { display: block; padding: 0; border: 0; break-inside: avoid; }
.compact .open-map { display: inline-block; padding: .35em 0; font-weight: 400; line-height: 1.35; }
.open-map { flex: none; padding: .6em 0; font-weight: 600; }

.attachments { display: grid; gap: .4em; width: 100%; }
.attachments a { display: flex; align-items: center; gap: .5em; min-height: 44px; padding: .5em .9em; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); font-size: .92em; font-weight: 600; }

.choices { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .9em; }
.choice { min-height: 42px; padding: .45em 1em; border: 1.5px solid var(--accent); border-radius: 21px; background: var(--surface); color: var(--accent); font-size: .92em; font-weight: 600; text-align: left; line-height: 1.3; }

.under { display: flex; align-items: center; gap: .1em; margin: -.2em 0 0 -.4em; }
.tool { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 10px; color: var(--muted); }
.tool .icon { width: 18px; height: 18px; }
.tool[aria-pressed=true] { color: var(--accent); background: var(--soft); }
.under time { margin-left: .5em; font-size: .76em; color: var(--muted); }
.rated { display: grid; gap: .4em; }
.why { display: flex; flex-wrap: wrap; align-items: center; gap: .4em; font-size: .9em; color: var(--muted); }
.why .choice { min-height: 36px; padding: .25em .8em; border-width: 1px; font-weight: 500; }
.past { opacity: .62; }
.past .choices, .past .card-buttons { display: none; }

.tiles { width: 100%; min-height: 44px; border-top: 1px solid var(--line); color: var(--accent); font-weight: 600; }
.ground { position: relative; height: 240px; background: var(--soft); }
.zoom { position: absolute; z-index: 1000; top: 8px; right: 8px; display: grid; gap: 4px; }
.zoom button { width: 40px; height: 40px; border-radius: 10px; background: var(--surface); border: 1px solid var(--line); font-size: 1.2em; }
.dot { display: grid; place-items: center; border-radius: 50%; background: var(--red); color: var(--surface); font: 700 13px system-ui, sans-serif; }
.credit { display: block; padding: .2em .9em; color: var(--muted); text-align: right; }

.typing { display: flex; align-items: center; gap: .7em; margin-top: .9em; font-size: .88em; color: var(--muted); }
.dots { display: flex; gap: 4px; padding: .7em .8em; border: 1px solid var(--line); border-radius: 4px 14px 14px 14px; background: var(--surface); }
.dots i { width: 7px; height: 7px; border-radius: 50%; background: var(--accent); animation: sway 1.2s infinite ease-in-out; }
.dots i:nth-child(2) { animation-delay: .15s; } .dots i:nth-child(3) { animation-delay: .3s; }
@keyframes sway { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; transform: translateY(-3px); } }

.composer { display: flex; align-items: flex-end; gap: .3em; padding: .7em .6em .3em; border-top: 1px solid var(--line); background: var(--bg); }
.composer .aid { display: grid; place-items: center; flex: none; width: 44px; height: 46px; border-radius: 12px; color: var(--accent); }
.composer .aid:disabled { opacity: .5; }
.composer .listen[aria-pressed=true] { background: var(--red); color: var(--surface); }
.composer textarea { flex: 1; min-width: 0; min-height: 46px; max-height: 132px; padding: .62em .95em; resize: none; font: inherit; font-size: max(16px, 1em); line-height: 1.4;
  color: var(--fg); background: var(--surface); border: 1.5px solid var(--muted); border-radius: 23px; }
.composer textarea::placeholder { white-space: nowrap; color: var(--muted); opacity: 1; }
.composer textarea:focus { outline: none; border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }
.composer .send { display: grid; place-items: center; flex: none; width: 46px; height: 46px; border-radius: 50%; background: var(--accent); color: var(--on-accent); }
.composer .send[aria-disabled=true] { background: var(--soft); color: var(--muted); cursor: default; }

.foot { padding: 0 1em max(.5em, env(safe-area-inset-bottom)); font-size: .78em; line-height: 1.35; color: var(--muted); background: var(--bg); }
.usual, .sure { display: flex; align-items: center; justify-content: space-between; flex-wrap: wrap; gap: 0 1em; min-height: 28px; }
.sure { justify-content: flex-start; }
.foot a, .foot button { display: inline-block; min-height: 28px; padding: .35em .2em; color: inherit; text-decoration: underline; text-underline-offset: .18em; }
.foot .yes { color: var(--red); font-weight: 700; }

:host([position=bottom-left]) .launcher { right: auto; left: calc(20px + env(safe-area-inset-left)); }
@media (min-width: 521px) and (min-height: 461px) { :host([position=bottom-left]) .panel { right: auto; left: calc(20px + env(safe-area-inset-left)); } }
@media (max-width: 520px), (max-height: 460px) {
  .panel { inset: 0; width: 100%; height: 100vh; height: 100dvh; border: 0; border-radius: 0; padding-top: env(safe-area-inset-top); background: #1f5a41; }
  .log { background: var(--bg); }
  .launcher { right: calc(14px + env(safe-area-inset-right)); bottom: calc(14px + env(safe-area-inset-bottom)); }
}
@media (max-width: 350px) { .composer.filled .listen, .composer:not(.filled) .listen:not([hidden]) + .send { display: none; } }
@media (max-height: 460px) { .header .about { display: none; } }
@media (hover: hover) {
  .launcher:hover { transform: translateY(-2px); }
  .header button:hover { background: rgb(255 255 255 / .14); }
  .retry:hover { background: var(--soft); }
  .card-buttons > *:hover { background: var(--soft); }
  .arrow:hover { background: var(--soft); }
  .choice:hover { background: var(--accent); color: var(--on-accent); }
  .tool:hover { background: var(--soft); color: var(--accent); }
  .composer .aid:hover { background: var(--soft); }
}
@media (prefers-reduced-motion: no-preference) { .log, .cards { scroll-behavior: smooth; } }
@media (prefers-reduced-motion: reduce) { *, *::before { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .bubble, .launcher, .choice, .composer .send { border: 1px solid; } .dots i { background: CanvasText; } }
@media print { .root { display: none; } }
`;

/** Give a shadow root the style sheet, constructed where the browser can (not subject to the host's style-src). */
export function applyStyles(root: ShadowRoot, nonce?: string): void {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } else {
    const style = document.createElement("style");
    style.nonce = nonce ?? "";
    style.textContent = CSS;
    root.append(style);
  }
}
