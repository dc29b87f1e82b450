// The booking page without page loads: days, months and therapists change at once, from the API's months.
//
// The page works without this module. Whatever goes wrong in it, the plain link or form is what happens.

import { Api, Unreachable } from "./api.js";
import { Drawing, filled } from "./drawing.js";
import { keepingFocus, onArrows } from "./focus.js";
import { holdOverApi } from "./holding.js";
import { Reach, monthShown } from "./month.js";
import { writer } from "./words.js";
import { showYourTimes } from "./zones.js";

const FRESH_MS = 20_000;

const data = JSON.parse(document.getElementById("live").textContent);
const api = new Api({ base: data.api, credentials: "same-origin" });
const reach = new Reach(data);
const drawing = new Drawing(data, writer(document.documentElement.lang, data));
const { calendar, times } = drawing;
const notices = document.getElementById("notices");
const news = document.getElementById("times-news");

const opened = new Date().toDateString();
let shown = new URL(location.href);
let drawn = "";
let turn = 0;

const therapistOf = (url) => url.searchParams.get("therapist") ?? data.therapist;

/** What the API says of the dates that an address is about, checked so many milliseconds ago. */
const asker = (url, maxAge) => (dates) => api.availability({ ...wanted(url), ...dates, maxAge });

const wanted = (url) => ({
  location: data.location,
  sessionType: data.sessionType,
  therapist: therapistOf(url),
  rescheduling: data.own?.reference,
  token: data.own?.token,
});

const monthAt = (url, maxAge) => {
  const month = url.searchParams.get("month");
  const day = url.searchParams.get("day") || (month ? null : data.day);
  return monthShown({ day, month }, reach, asker(url, maxAge));
};

// Showing: at once what has been read before, then what has changed since.

/** Show an address; the promise breaks where that cannot be done here. A later call goes first. */
async function show(url, maxAge = Infinity) {
  const mine = ++turn;
  times.parentElement.setAttribute("aria-busy", "true");
  try {
    const month = await monthAt(url, maxAge);
    if (mine !== turn) return false;
    draw(month, url);
    if (maxAge > FRESH_MS) refresh(month, url, mine);
    prefetch(url, month.following, month.previous);
    return true;
  } catch (error) {
    if (mine === turn) throw error;
    return false;
  } finally {
    if (mine === turn) times.parentElement.removeAttribute("aria-busy");
  }
}

function prefetch(url, ...months) {
  for (const first of months) if (first) api.prefetch({ ...wanted(url), ...reach.monthAround(first) });
}

/** What was drawn may have been read a while ago. */
async function refresh(month, url, mine) {
  const now = await monthAt(url, FRESH_MS).catch(() => month);
  if (mine === turn) draw(now, url);
}

function draw(month, url) {
  const now = JSON.stringify([month, url.search]);
  if (drawn === now) return;
  drawn = now;
  shown = url;
  keepingFocus(calendar, times, () => drawing.draw(month, url, therapistOf(url)));
  showYourTimes(times);
  for (const link of document.querySelectorAll("a.language, #for-two a")) link.search = url.search;
}

// Going: the address follows what is shown, in the form that the server understands.

const without = (url, ...names) => {
  const rest = new URLSearchParams(url.search);
  for (const name of names) rest.delete(name);
  return `${url.pathname}?${rest}`;
};

/** Whether an address differs from the page's only in what is drawn here. */
const isHere = (url) => {
  const [there, here] = [url, location].map((each) => without(each, "day", "month", "therapist"));
  return there === here;
};

const leave = (url) => (without(url) === without(location) ? location.reload() : location.assign(url));

async function go(link, byPointer) {
  const url = new URL(link.href);
  try {
    if (!(await show(url))) return;
    if (url.href !== location.href) history.pushState(null, "", url);
    notices.replaceChildren();
    announce();
    if (byPointer && url.hash === "#times") reveal();
  } catch (error) {
    stay(error) || leave(url);
  }
}

/** Without a connection the browser has no page to go to either: say so, and keep the one that is here. */
function stay(error) {
  if (!(error instanceof Unreachable) || navigator.onLine) return false;
  notices.replaceChildren(filled("offline", {}));
  notices.firstElementChild.focus();
  return true;
}

/** Say what is shown to who does not see it. */
function announce() {
  const day = calendar.querySelector("[aria-current]");
  news.textContent = day?.ariaLabel ?? times.querySelector("h2").textContent;
}

/** Where the times stand below the calendar, a finger is taken to them; a keyboard stays where it is. */
function reveal() {
  const { top } = times.getBoundingClientRect();
  const areBelow = top >= calendar.getBoundingClientRect().bottom;
  if (areBelow && (top < 0 || top > innerHeight / 2)) times.scrollIntoView();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#calendar a[href], #times a[href], #who a[href]");
  const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented || !isHere(new URL(link.href))) return;
  event.preventDefault();
  go(link, event.detail > 0);
});

addEventListener("popstate", () => {
  const url = new URL(location.href);
  if (without(url) === without(shown)) return;
  notices.replaceChildren();
  show(url).then(announce, (error) => stay(error) || location.reload());
});

// Who comes back by a button of the browser may hold something by now, which the server knows.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// With the connection back, what the address says is shown after all.
addEventListener("online", () => {
  notices.querySelector("[data-offline]")?.remove();
  show(new URL(location.href), 0).catch(() => {});
});

// Who comes back on another day is shown what has become of it: the server knows what today is.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (navigator.onLine && new Date().toDateString() !== opened) location.reload();
  else show(shown, FRESH_MS).catch(() => {});
});

calendar.addEventListener("keydown", onArrows);

for (const coming of ["pointerover", "focusin"]) {
  document.getElementById("who")?.addEventListener(coming, ({ target }) => {
    if (target.matches("a")) monthAt(new URL(target.href), FRESH_MS).catch(() => {});
  });
}

if (data.holds) {
  holdOverApi({
    hold: (wish) => api.hold(wish),
    data,
    drawing,
    notices,
    address: () => shown,
    therapist: () => therapistOf(shown),
    refresh: () => show(shown, 0).catch(() => location.reload()),
  });
}

// So that the first click finds its month already here.
prefetch(shown, data.month, reach.month(data.month, 1), reach.month(data.month, -1));
