// The hands that move a booking on the day board: clicks alone, the keyboard, drag and drop.

import {
  CELL, bar, board, carried, carryTo, cellsOf, choose, chooser, columns, dialog, linkOf, nudge,
  origin, pickUp, pickUpFromAfar, putBack, putDown, root, rows, say, tells, words,
} from "./carrying.js";

const BOOKING = ".board-booking[data-booking]";
const FINGER_RESTS_MS = 400;
const SLACK_PIXELS = 6;
const EDGE_PIXELS = 48;

/** Pick a booking up, if it is one that can be moved. */
function pick(booking, mode) {
  if (booking.dataset.movable === "true") pickUp(booking, mode);
  else say(words.fixed);
}

/** The place under a pointer that holds the booking `grip` pixels below its start. */
function placeAt(x, y, grip = 0) {
  const column = columns().find((each) => {
    const { left, right } = each.getBoundingClientRect();
    return left <= x && x < right;
  });
  if (!column) return null;
  const { top, height } = cellsOf(column).getBoundingClientRect();
  const minutes = ((y - grip - top) / height) * rows() * CELL;
  const start = origin() + Math.round(minutes / CELL) * CELL;
  return { column: column.dataset.column, start };
}

/** The place that a click means: on the location's step, where that divides the hour. */
function placeClicked(x, y) {
  const place = placeAt(x, y);
  const step = carried.shown?.step ?? CELL;
  if (place && 60 % step === 0) place.start -= (place.start - origin()) % step;
  return place;
}

// Clicks alone: the button, then the booking, then the place; or the buttons of the bar.

const isChoosing = () => chooser.getAttribute("aria-pressed") === "true";

const ACTS = {
  earlier: () => nudge(-CELL, 0),
  later: () => nudge(CELL, 0),
  left: () => nudge(0, -1),
  right: () => nudge(0, 1),
  put: putDown,
  back: () => putBack(),
  no: () => dialog.close(),
};

chooser.addEventListener("click", () => {
  choose(!isChoosing());
  say(isChoosing() ? words.choose : "");
});

root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) ACTS[button.dataset.act]();
});

let swallowsClick = false; // the click that ends a drag opens nothing

document.addEventListener(
  "click",
  (event) => {
    const booking = event.target.closest(BOOKING);
    if (carried && event.target.closest(".board")) {
      clickedAt(placeClicked(event.clientX, event.clientY));
    } else if (isChoosing() && booking) {
      pick(booking, "click");
    } else if (!swallowsClick) {
      if (carried) keepCarrying(event.target.closest(".board-tools nav a[href]"));
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

/** Carry it to where there was a click; put it down where it is already. */
function clickedAt(place) {
  const { at, mode } = carried;
  if (mode === "drag") return;
  if (place?.column === at.column && place.start === at.start) putDown();
  else carryTo(place);
}

// The keyboard.

const stride = () => Math.max(carried.shown?.step ?? 0, 30);

const KEYS = {
  ArrowUp: (shift) => nudge(shift ? -stride() : -CELL, 0),
  ArrowDown: (shift) => nudge(shift ? stride() : CELL, 0),
  ArrowLeft: () => nudge(0, -1),
  ArrowRight: () => nudge(0, 1),
  Escape: () => putBack(),
  PageUp: () => document.querySelector(".board-tools a[rel=prev]")?.click(),
  PageDown: () => document.querySelector(".board-tools a[rel=next]")?.click(),
};

document.addEventListener(
  "keydown",
  (event) => {
    if (dialog.open || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select")) return;
    const booking = event.target.closest(BOOKING);
    const follows = event.target.closest("a, button") && !event.target.closest(".board");
    if (carried && event.key in KEYS) {
      if (!carried.waits) KEYS[event.key](event.shiftKey);
    } else if (carried && event.key === "Enter" && !follows) {
      putDown();
    } else if (isChoosing() && event.key === "Escape") {
      choose(false);
      say("");
    } else if (!carried && booking && ["m", "M", " "].includes(event.key)) {
      pick(booking, "keys");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("focusin", ({ target }) => {
  if (!target.closest(`${BOOKING}[data-movable=true]`)) return;
  target.setAttribute("aria-describedby", "moving-help");
  target.setAttribute("aria-keyshortcuts", "M");
});

// Drag and drop: a mouse that moves, or a finger that rests first.

let press = null; // a pointer that is down on a booking and may become a drag

document.addEventListener("pointerdown", (event) => {
  const booking = event.target.closest(`${BOOKING}[data-movable=true]`);
  if (carried || isChoosing() || !booking || event.button !== 0) return;
  const { pointerId: id, clientX: x, clientY: y, pointerType } = event;
  press = { id, x, y, booking };
  if (pointerType === "touch") press.timer = setTimeout(drag, FINGER_RESTS_MS);
});

document.addEventListener("pointermove", (event) => {
  const { pointerId, clientX: x, clientY: y, pointerType } = event;
  if (press?.id === pointerId) {
    if (Math.hypot(x - press.x, y - press.y) < SLACK_PIXELS) return;
    if (press.timer) return release(); // the finger scrolls
    drag();
  }
  if (isDragged(pointerId)) {
    Object.assign(carried.pulled, { x, y });
    carryTo(placeAt(x, y, carried.grip));
  } else if (carried?.mode === "click" && pointerType === "mouse") {
    if (event.target.closest(".board")) carryTo(placeClicked(x, y));
  }
});

function drag() {
  const { booking, id, x, y } = press;
  const { top, height } = booking.closest(".board-cells").getBoundingClientRect();
  const start = top + ((booking.dataset.start - origin()) / CELL / rows()) * height;
  release();
  pickUp(booking, "drag", y - start);
  carried.pulled = { id, x, y, from: { x, y } };
  swallowsClick = true;
  board().setPointerCapture(id);
  requestAnimationFrame(scroll);
}

function release() {
  clearTimeout(press?.timer);
  press = null;
}

const isDragged = (id) => carried?.mode === "drag" && carried.pulled.id === id;

/** Scroll while the booking is pulled to an edge of what can be seen of the board. */
function scroll() {
  if (carried?.mode !== "drag" || carried.waits) return;
  const { x, y, from } = carried.pulled;
  const scroller = board().parentElement;
  const { left, right, top, bottom } = scroller.getBoundingClientRect();
  const across = pull(x, from.x, left, right);
  const down = pull(y, from.y, top, bottom);
  if (across || down) {
    scroller.scrollBy(across / 8, down / 8);
    carryTo(placeAt(x, y, carried.grip));
  }
  requestAnimationFrame(scroll);
}

/** How far a pointer is beyond the edges; where it was picked up it is not yet. */
function pull(at, from, low, high) {
  const [near, far] = [Math.min(low + EDGE_PIXELS, from), Math.max(high - EDGE_PIXELS, from)];
  return Math.max(at - far, 0) - Math.max(near - at, 0);
}

function ended(event, end) {
  release();
  if (isDragged(event.pointerId)) end();
  setTimeout(() => (swallowsClick = false)); // after the click, if there is one
}

document.addEventListener("pointerup", (event) => ended(event, putDown));
document.addEventListener("pointercancel", (event) => ended(event, putBack));
document.addEventListener("touchmove", preventWhileDragging, { passive: false });
document.addEventListener("contextmenu", preventWhileDragging);
document.addEventListener("dragstart", (event) => {
  if (event.target.closest(BOOKING)) event.preventDefault();
});

function preventWhileDragging(event) {
  if (carried?.mode === "drag") event.preventDefault();
}

// Another day: the booking stays in the hand from one page to the next.

function keepCarrying(link) {
  if (!link) return;
  const url = new URL(link.href);
  url.searchParams.set("move", carried.pk);
  if (!tells.checked) url.searchParams.set("quietly", "");
  link.href = url;
}

document.querySelector(".board-pick")?.addEventListener("formdata", ({ formData }) => {
  if (carried) formData.set("move", carried.pk);
  if (carried && !tells.checked) formData.set("quietly", "");
});

function carryOn() {
  const here = new URL(location.href);
  const pk = here.searchParams.get("move");
  if (!pk || !board()) return;
  tells.checked = !here.searchParams.has("quietly");
  for (const name of ["move", "quietly"]) here.searchParams.delete(name);
  history.replaceState(null, "", here);
  const booking = document.getElementById(`booking-${pk}`);
  if (!booking) return pickUpFromAfar(pk);
  linkOf(pk).focus();
  pick(booking, "keys");
}

carryOn();
