// How it looks: like the studio's site, unless the page says otherwise by --ashiatsu-* properties.

export const SHEET = new CSSStyleSheet();

SHEET.replaceSync(`
:host {
  --paper: var(--ashiatsu-paper, light-dark(#fbf8f2, #191816));
  --card: var(--ashiatsu-card, light-dark(#fffefb, #24221f));
  --ink: var(--ashiatsu-ink, light-dark(#25221d, #f0ece4));
  --accent: var(--ashiatsu-accent, light-dark(#1f5a51, #8fcabd));
  --on-accent: var(--ashiatsu-on-accent, light-dark(#ffffff, #0e1f1b));
  --bad: var(--ashiatsu-bad, light-dark(#a3261d, #f2a49c));
  --warm: var(--ashiatsu-warm, light-dark(#b0721a, #d9a441));
  --sans: var(--ashiatsu-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
  --serif: var(--ashiatsu-heading-font, var(--ashiatsu-font, ui-serif, "Iowan Old Style", Palatino, Georgia, serif));
  --round: var(--ashiatsu-round, 0.75em);
  --ink-soft: color-mix(in oklab, var(--ink) 76%, var(--paper));
  --line: color-mix(in oklab, var(--ink) 18%, var(--paper));
  --edge: color-mix(in oklab, var(--ink) 55%, var(--paper));
  --accent-soft: color-mix(in srgb, var(--accent) 13%, var(--card));
  display: block;
}
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }

.booking {
  container-type: inline-size;
  min-block-size: var(--ashiatsu-min-height, 36em);
  padding: var(--ashiatsu-padding, 1.25em);
  border-radius: var(--round);
  background: var(--paper);
  color: var(--ink);
  font: 1em/1.55 var(--sans);
  /* The page's type, but none of its airs. */
  letter-spacing: normal; text-align: start; text-indent: 0; text-transform: none; white-space: normal; word-spacing: normal;
  overflow-wrap: break-word;
}
[aria-busy] [part~="step"] { cursor: progress; opacity: 0.6; }
[hidden] { display: none !important; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

h2, h3 { margin: 0 0 0.4em; font: 600 1.2em/1.25 var(--serif); text-wrap: balance; }
h2 { font-size: 1.6em; }
.notice h2 { font-size: 1.2em; }
h2:focus, h3:focus, .notice:focus { outline: none; }
p, ul, ol, dl { margin: 0 0 0.9em; }
ul, ol { padding: 0; list-style: none; }
a { color: var(--accent); text-underline-offset: 0.15em; }
small, .hint { color: var(--ink-soft); font-size: 0.92em; }
.lead { font-size: 1.1em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.2em; }

.steps { display: flex; flex-wrap: wrap; gap: 0.2em 1.2em; color: var(--ink-soft); font-size: 0.92em; counter-reset: step; }
.steps li { counter-increment: step; }
.steps li::before { content: counter(step) ". "; }
.steps [aria-current] { color: var(--ink); font-weight: 700; border-block-end: 2px solid var(--accent); }

button, .button {
  display: inline-flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0 0.4em;
  min-block-size: 44px;
  padding: 0.5em 1.2em;
  border: 1.5px solid var(--accent);
  border-radius: var(--round);
  background: transparent;
  color: var(--accent);
  font: inherit; font-weight: 600; line-height: 1.3; text-align: center; text-decoration: none; text-wrap: balance;
  cursor: pointer;
}
button:hover, .button:hover { background: var(--accent-soft); }
.primary, .day.chosen { background: var(--accent); color: var(--on-accent); }
.primary:hover, .day.chosen:hover { background: color-mix(in oklab, var(--accent) 85%, var(--ink)); }
.primary { padding-inline: 2em; }
.back, .turn { border-color: transparent; padding-inline: 0.4em; margin-inline: -0.4em; }

.cards { display: grid; gap: 0.8em; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18em), 1fr)); }
.summary { margin-block-end: 1em; }
.card, .summary { position: relative; padding: 1em 1.1em; border: 1px solid var(--line); border-radius: var(--round); background: var(--card); }
.card:hover { border-color: var(--accent); }
.card > :last-child, .summary > :last-child { margin-block-end: 0; }
.choice { min-block-size: 0; padding: 0; border: 0; background: none !important; font: inherit; text-align: start; }
.choice::after { content: ""; position: absolute; inset: 0; border-radius: var(--round); }
.choice:focus-visible { outline: none; }
.choice:focus-visible::after { outline: 3px solid var(--accent); outline-offset: 2px; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1em; color: var(--ink-soft); font-weight: 600; margin-block-end: 0.5em; }

.notice { margin-block-end: 1em; padding: 0.9em 1.1em; border-inline-start: 5px solid var(--accent); border-radius: 0.3em; background: var(--accent-soft); }
.notice.warning { border-color: var(--warm); background: color-mix(in oklab, var(--warm) 14%, var(--paper)); }
.notice > :last-child { margin-block-end: 0; }

.field { margin: 0 0 1.1em; padding: 0; border: 0; }
.field label, legend { display: block; padding: 0; font-weight: 600; }
.field .hint, .field .error { margin: 0; }
.error { color: var(--bad); font-weight: 600; }
input:not([type="radio"]), textarea, select {
  inline-size: 100%;
  min-block-size: 44px;
  margin-block-start: 0.3em;
  padding: 0.5em 0.7em;
  border: 1.5px solid var(--edge);
  border-radius: min(var(--round), 0.5em);
  background: var(--card);
  color: var(--ink);
  font: inherit;
  font-size: max(1em, 16px);
}
select { max-inline-size: 22em; }
[aria-invalid] { border-color: var(--bad) !important; border-width: 2.5px !important; }
.choices { display: flex; flex-wrap: wrap; gap: 0 1.5em; }
.choices label { display: flex; align-items: center; gap: 0.5em; min-block-size: 44px; font-weight: 400; cursor: pointer; }
[type="radio"] { inline-size: 1.25em; block-size: 1.25em; margin: 0; accent-color: var(--accent); }

.choose-time, .details { display: grid; gap: 1.5em 3em; align-items: start; }
.calendar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1em; }
.calendar h3, .turns { margin: 0; white-space: nowrap; }
.turns { display: flex; flex-grow: 1; gap: 0.6em; }
.turns .later { margin-inline-start: auto; }
table { inline-size: 100%; border-spacing: 3px; table-layout: fixed; }
th { color: var(--ink-soft); font-size: 0.85em; font-weight: 600; block-size: 2em; }
td { padding: 0; text-align: center; color: var(--ink-soft); block-size: 47px; }
.day { inline-size: 100%; padding: 0; border-color: transparent; background: var(--accent-soft); font-weight: 700; border-radius: min(var(--round), 0.5em); }
.day:hover, .day.chosen { border-color: var(--accent); }
fieldset { min-inline-size: 0; margin: 0 0 1em; padding: 0; border: 0; }
.times legend { margin-block-end: 0.3em; color: var(--ink-soft); }
.slots { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.6em, 1fr)); gap: 0.5em; }
.slots.wide { grid-template-columns: repeat(auto-fill, minmax(min(100%, 15em), 1fr)); }
.slot { padding-inline: 0.3em; background: var(--card); font-weight: 500; }
.slot small { flex-basis: 100%; font-weight: 400; }

dl > div { display: grid; grid-template-columns: 5em minmax(0, 1fr); gap: 0.6em; margin-block-end: 0.5em; }
dt { color: var(--ink-soft); }
dd { margin: 0; font-weight: 600; }
dd small { display: block; font-weight: 400; }
.hold { display: grid; align-items: center; margin-block-end: 0.9em; font-weight: 600; }
.hold > * { grid-area: 1 / 1; margin: 0; }
.hold > .notice { padding: 0 0 0 0.8em; background: none; }
.waiting { visibility: hidden; }
[role="timer"] { color: var(--accent); font-variant-numeric: tabular-nums; }

@container (inline-size > 44em) {
  .choose-time { grid-template-columns: minmax(0, 25em) minmax(0, 1fr); }
  .details { grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr); }
}
@media (forced-colors: active) {
  .day, .slot { border-color: ButtonText; }
  .chosen, .primary { forced-color-adjust: none; background: Highlight !important; color: HighlightText !important; }
}
`);
