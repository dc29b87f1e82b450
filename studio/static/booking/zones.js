// The visitor's own time beside the studio's, where their clocks differ at that instant, written as the studio's is.

import { OWN_ZONE, ownClock } from "./own.js";
import { clockOfPage } from "./words.js";

const time = clockOfPage();
const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short" });

/** The visitor's time at an instant such as 2026-08-05T10:00:00-06:00; "" where it is the studio's. */
function yourTime(iso) {
  const own = ownClock(iso);
  if (!own) return "";
  const { instant, isOtherDay } = own;
  const here = time(instant.getHours(), instant.getMinutes());
  return isOtherDay ? `${weekday.format(instant)} ${here}` : here;
}

/**
 * Write it where it is asked for below `root`: into a <time>, and onto a button below its own time,
 * where the words around it are for those who do not see how they belong together.
 */
export function showYourTimes(root = document) {
  for (const place of root.querySelectorAll("[data-your-time]")) {
    const isButton = place.value !== undefined;
    const own = yourTime(isButton ? place.value : place.dateTime);
    const shown = isButton ? smallPrintOf(place) : place;
    const words = place.dataset.yourTime.split("0:00");
    shown.replaceChildren(...(own ? [words[0], own, words[1]].map(isButton ? aloud : String) : []));
    shown.hidden = !own;
  }
  for (const note of root.querySelectorAll("[data-your-zone]")) {
    note.textContent = note.dataset.yourZone.replace("UTC", OWN_ZONE);
    note.hidden = !document.querySelector(".your-time:not([hidden])");
  }
}

function smallPrintOf(button) {
  const known = button.querySelector(".your-time");
  if (known) return known;
  const small = document.createElement("small");
  small.className = "your-time";
  button.append(small);
  return small;
}

/** The middle one of three parts is seen, all are heard. */
function aloud(text, place) {
  const part = document.createElement("span");
  part.textContent = text;
  if (place !== 1) part.className = "visually-hidden";
  return part;
}

showYourTimes();
