// The booking in the hand: where it would go, what becomes of it there, and putting it down.
// Where it can go is asked once, when it is picked up; at the end the server decides.

import { draw } from "./drawing.js";

export const CELL = 5;
const DAY = 24 * 60;
const SIGNS = { yes: "✓", reason: "!", no: "✕", asking: "…" };

export const root = document.querySelector(".moving");
export const words = root.dataset;
export const bar = root.querySelector(".moving-bar");
export const chooser = root.querySelector(".moving-choose");
export const dialog = root.querySelector("dialog");
export const tells = root.querySelector(".moving-tells input");
const form = dialog.querySelector("form");

export let carried = null;

// The board, and where things are on it.

export const board = () => document.querySelector(".board[data-by]");
export const origin = () => Number(board().dataset.origin);
export const rows = () => Number(board().dataset.rows);
const lastStart = () => origin() + (rows() - 1) * CELL;
export const columns = () => [...board().querySelectorAll(".board-column")];
export const columnOf = (slug) => columns().find((each) => each.dataset.column === slug);
export const cellsOf = (column) => column.querySelector(".board-cells");
export const linkOf = (pk) => document.querySelector(`#booking-${pk} a`);
const nameOf = (column) => column.querySelector("h2").textContent.trim();

/** Tell everybody, those who listen to a screen reader too. */
export function say(text) {
  const news = document.querySelector(".board-news");
  if (news.textContent !== text) news.textContent = text;
}

function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Choose a booking by a click, or stop choosing one. */
export function choose(on) {
  chooser.setAttribute("aria-pressed", String(on));
  board()?.classList.toggle("is-choosing", on);
}

// Picking up and letting go.

/** Take a booking of the board; `grip` is how far below its start it is held, in pixels. */
export function pickUp(booking, mode, grip = 0) {
  const { booking: pk, start, minutes, before, after } = booking.dataset;
  const at = { column: booking.closest(".board-column").dataset.column, start: Number(start) };
  const lengths = { minutes: Number(minutes), before: Number(before), after: Number(after) };
  booking.classList.add("is-carried");
  take({ pk, mode, grip, seen: at, at, ...lengths });
  return ask();
}

/** Take a booking that stands on another day's board, at the same time of day. */
export async function pickUpFromAfar(pk) {
  if (!columns().length) return say(words.nobody);
  const { ok, answer } = await targetsOf(pk);
  if (!ok) return say(answer.words);
  if (answer.location !== board().dataset.location) return say(words.elsewhere);
  const { start, column, ...booking } = answer.booking;
  const sameTime = start + Math.ceil((origin() - start) / DAY) * DAY;
  const there = columnOf(column) ? column : columns()[0].dataset.column;
  const at = { start: sameTime <= lastStart() ? sameTime : origin(), column: there };
  take({ pk, mode: "click", grip: 0, seen: { start, column }, at, ...booking, shown: answer });
  say(`${filled(words.picked, answer.booking)} ${newsOf(at)}`);
  bar.querySelector("[data-act=put]").focus();
  carried.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function take(booking) {
  carried = booking;
  carried.ghost = document.createElement("div");
  carried.ghost.append(document.createElement("div"));
  carried.ghost.setAttribute("aria-hidden", "true");
  board().classList.add("is-moving");
  choose(false);
  chooser.disabled = true;
  bar.hidden = carried.mode === "drag";
  bar.style.setProperty("min-height", `${document.getElementById("header").offsetHeight}px`);
  show();
}

/** Ask what becomes of the booking at every start of the day. */
async function ask() {
  const mine = carried;
  const { ok, answer } = await targetsOf(mine.pk);
  if (carried !== mine) return;
  if (!ok) return putBack(answer.words);
  mine.shown = answer;
  show({ quietly: mine.mode !== "drag" });
  if (mine.mode !== "drag") say(filled(words.picked, answer.booking));
}

function letGo() {
  const { pk, ghost, mode } = carried;
  carried = null;
  ghost.remove();
  document.getElementById(`booking-${pk}`)?.classList.remove("is-carried");
  board().classList.remove("is-moving");
  bar.hidden = true;
  chooser.disabled = false;
  return { pk, mode };
}

export function putBack(text = words.back) {
  const { pk, mode } = letGo();
  if (mode !== "drag") (linkOf(pk) ?? chooser).focus();
  say(text);
}

// Carrying.

function verdictAt({ column, start }) {
  const { columns: runs, verdicts } = carried.shown;
  if (!runs[column]) return verdicts[0];
  const run = runs[column].find(([first, past]) => first <= start && start < past);
  return run ? verdicts[run[2]] : { can: "no", words: words.off, past: [] };
}

/** The free starts of the same column that lie nearest before and after; not its own place. */
function nearestFree({ column, start }) {
  const { columns: runs, verdicts } = carried.shown;
  const { seen } = carried;
  const starts = (runs[column] ?? [])
    .filter((run) => verdicts[run[2]].can === "yes")
    .flatMap(([first, past]) => Array.from({ length: (past - first) / CELL }, (_, n) => first + n * CELL))
    .filter((each) => column !== seen.column || each !== seen.start);
  const found = [starts.findLast((each) => each < start), starts.find((each) => each > start)];
  return found.filter((each) => each !== undefined).map(timeOf);
}

function timeOf(start) {
  const timeZone = carried.shown.timezone;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return format.format(new Date(start * 60_000));
}

/** Draw the booking where it would go, and say what becomes of it there. */
function show({ quietly = false } = {}) {
  const { ghost, at, before, minutes, after, shown } = carried;
  const row = (instant) => Math.max(0, Math.min((instant - origin()) / CELL, rows()));
  const first = row(at.start - before);
  lay(ghost, first, row(at.start + minutes + after));
  lay(ghost.firstChild, row(at.start) - first, row(at.start + minutes) - first);
  const column = columnOf(at.column);
  if (ghost.parentElement !== cellsOf(column)) cellsOf(column).append(ghost);
  const verdict = shown ? verdictAt(at) : { can: "asking", words: "" };
  const [when, what] = shown ? [timeOf(at.start), shown.booking.name] : ["", ""];
  bar.querySelector(".moving-what").textContent = what;
  ghost.className = `moving-ghost is-${verdict.can}`;
  ghost.firstChild.replaceChildren(
    element("strong", `${SIGNS[verdict.can]} ${when}`),
    element("span", what),
    element("span", verdict.words),
  );
  if (shown && !quietly) say(newsOf(at));
}

function newsOf(at) {
  const { can, words: why } = verdictAt(at);
  return `${timeOf(at.start)}, ${nameOf(columnOf(at.column))}: ${SIGNS[can]} ${why}`;
}

function lay(element, first, past) {
  element.style.setProperty("grid-row", `${first + 1} / ${Math.max(past, first + 1) + 1}`);
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** Carry it to a column and a start that is on the board. */
export function carryTo(place) {
  if (!place || carried.waits) return;
  const start = Math.max(Math.min(place.start, lastStart()), origin());
  if (start === carried.at.start && place.column === carried.at.column) return;
  carried.at = { column: place.column, start };
  show();
}

/** Carry it some minutes down and some columns to the right. */
export function nudge(minutes, across) {
  const all = columns();
  const here = all.indexOf(columnOf(carried.at.column));
  const column = all[Math.max(0, Math.min(here + across, all.length - 1))];
  carryTo({ column: column.dataset.column, start: carried.at.start + minutes });
  carried.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Putting it down.

export async function putDown() {
  const { at, seen, mode, shown } = carried;
  if (carried.waits || (!shown && mode !== "drag")) return;
  if (at.column === seen.column && at.start === seen.start) return putBack();
  let verdict = shown ? verdictAt(at) : { can: "yes", past: [] };
  if (verdict.can === "no") {
    const refused = { words: verdict.words, alternatives: nearestFree(at) };
    if (mode === "drag") return putBack(refusal(refused, words.back));
    return say(refusal(refused, words.notHere));
  }
  carried.waits = true;
  for (;;) {
    if (verdict.can === "reason" && !(await reasonFor(verdict))) return putBack();
    const { ok, answer } = await send(verdict.past);
    if (ok) return settle(answer.words);
    if (answer.can !== "reason") return settle(refusal(answer, answer.can ? words.back : ""));
    verdict = answer; // other rules are in the way by now
  }
}

function refusal({ words: why, alternatives = [] }, outcome) {
  const times = alternatives.join("; ");
  return [why, outcome, times && filled(words.nearest, { times })].filter(Boolean).join(" ");
}

/** Ask why a rule should be gone past; false if it should not. */
function reasonFor(verdict) {
  dialog.querySelector(".moving-rules").textContent = verdict.words;
  form.reset();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  dialog.close("yes");
});

/** Show the board as it is now, whoever has changed it, with the focus on the booking. */
async function settle(text) {
  const { pk } = letGo();
  tells.checked = true; // the next one is told again, unless somebody says otherwise
  say(text);
  const { location, date, by } = board().dataset;
  const query = new URLSearchParams({ location, date, by });
  const response = await fetch(`${words.board}?${query}`).catch(() => ({ ok: false }));
  if (response.ok) draw(await response.text());
  (linkOf(pk) ?? chooser).focus();
}

// The server.

function targetsOf(pk) {
  const { date, by } = board().dataset;
  return fetched(`${words.targets}?${new URLSearchParams({ booking: pk, date, by })}`);
}

function send(past) {
  const { pk, at, seen } = carried;
  const body = new FormData(form);
  const fields = { booking: pk, by: board().dataset.by, start: at.start, column: at.column };
  Object.assign(fields, { seen_start: seen.start, seen_column: seen.column });
  fields.tells = tells.checked ? "on" : "";
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const rule of past) body.append("override", rule);
  return fetched(form.action, { method: "POST", body });
}

async function fetched(url, options = {}) {
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" }, ...options });
    return { ok: response.ok, answer: await response.json() };
  } catch {
    return { ok: false, answer: { words: words.broken } };
  }
}
