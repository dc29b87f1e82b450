// The day board: keeps itself up to date, and is walked with the arrow keys.

import { draw } from "./drawing.js";

const EVERY_MS = 10_000;

const region = document.querySelector(".board-scroll");
const news = document.querySelector(".board-news");

const board = () => region.querySelector(".board");
const isMoving = () => board().classList.contains("is-moving");

// Walking: the links of a column from top to bottom, its head first.

const linksOf = (column) => [...column.querySelectorAll(".board-head h2 a, .board-session, .board-free")];

const rowOf = (link) => {
  const block = link.closest(".board-booking, .board-free");
  return block ? Number(getComputedStyle(block).gridRowStart) : 0;
};

/** The link of a column that begins at a row, or the last one before it. */
const linkAt = (column, row) => linksOf(column).findLast((link) => rowOf(link) <= row);

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const neighbour = (link, [across, down]) => {
  const column = link.closest(".board-column");
  if (!across) {
    const links = linksOf(column);
    return links[links.indexOf(link) + down];
  }
  const beside = across < 0 ? column.previousElementSibling : column.nextElementSibling;
  return beside?.matches(".board-column") ? linkAt(beside, rowOf(link)) : undefined;
};

const book = (link) => {
  const url = link?.matches(".board-free") ? link.href : region.dataset.book;
  if (url) location.assign(url);
};

const onKey = (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isMoving()) return;
  const link = event.target.closest(".board-column a");
  if (event.key === "b") {
    event.preventDefault();
    book(link);
  } else if (link && event.key in STEPS) {
    event.preventDefault();
    neighbour(link, STEPS[event.key])?.focus();
  }
};

/** Tab goes from booking to booking; free places, which are many, are for the arrow keys. */
const shortenTabbing = () => {
  for (const link of region.querySelectorAll(".board-free")) link.tabIndex = -1;
};

// Refreshing: the server says whether anything has changed, and draws it.

const say = (words) => {
  if (news.textContent !== words) news.textContent = words;
};

/** What has the focus, in terms that outlive the board it stands on. */
const placeOfFocus = () => {
  const link = document.activeElement?.closest(".board-column a");
  if (!link) return null;
  const booking = link.closest(".board-booking")?.id;
  return { booking, column: link.closest(".board-column").dataset.column, row: rowOf(link), add: link.matches(".board-add") };
};

const focusAgain = (place) => {
  const column = region.querySelector(`[data-column="${CSS.escape(place.column)}"]`);
  const link =
    (place.booking && document.getElementById(place.booking)?.querySelector("a")) ||
    (column && (place.add ? column.querySelector(".board-add") : linkAt(column, place.row)));
  (link ?? region).focus({ preventScroll: true });
};

const replace = (html) => {
  const place = placeOfFocus();
  const { scrollLeft, scrollTop } = region;
  draw(html);
  region.scrollTo(scrollLeft, scrollTop);
  if (place) focusAgain(place);
};

// The first part of a version counts the changes of the schedule, the second the minutes.
const changes = (version) => version?.split(".")[0];

const refresh = async () => {
  if (document.hidden || isMoving()) return;
  const version = board().dataset.version;
  const answer = await fetch(region.dataset.refresh, {
    cache: "no-store",
    headers: { "If-None-Match": `"${version}"` },
    redirect: "manual",
  });
  if (answer.status === 304) {
    if (news.textContent === news.dataset.lost) say("");
    return;
  }
  if (!answer.ok) {
    say(news.dataset.over);
    return;
  }
  const html = await answer.text();
  if (isMoving()) return;
  replace(html);
  say(changes(board().dataset.version) === changes(version) ? "" : news.dataset.changed);
};

const keepFresh = async () => {
  try {
    await refresh();
  } catch {
    say(news.dataset.lost);
  }
  setTimeout(keepFresh, EVERY_MS);
};

if (region) {
  shortenTabbing();
  new MutationObserver(shortenTabbing).observe(region, { childList: true });
  region.addEventListener("keydown", onKey);
  const now = region.querySelector(".board-now");
  if (now) region.scrollTop = now.offsetTop - region.clientHeight / 3;
  region.focus({ preventScroll: true });
  setTimeout(keepFresh, EVERY_MS);
  document.addEventListener("visibilitychange", () => refresh().catch(() => say(news.dataset.lost)));
}

// Whoever comes from a booking's page is led back to it; the browser goes to its place first.
addEventListener("load", () => {
  if (!location.hash.startsWith("#booking-")) return;
  document.getElementById(location.hash.slice(1))?.querySelector("a")?.focus();
});
