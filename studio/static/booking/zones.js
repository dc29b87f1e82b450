// The visitor's own time beside the studio's, where their clocks differ at that instant. An
// instant is written with the studio's offset, so that nothing but this device's zone is needed.

// "2:30 p.m." as the server writes it, where a browser would write "14:30" in plain Spanish.
const REGIONS = { es: "es-US" };
const { lang } = document.documentElement;
const language = (REGIONS[lang] ?? lang) || undefined;
const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "short" });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The visitor's time at an instant such as 2026-08-05T10:00:00-06:00; "" where it is the studio's. */
export function yourTime(iso) {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime()) || offsetOf(iso) === -instant.getTimezoneOffset()) return "";
  const there = new Date(`${iso.slice(0, 19)}Z`).getUTCDay();
  const here = clock.format(instant);
  return instant.getDay() === there ? here : `${weekday.format(instant)} ${here}`;
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
    note.textContent = note.dataset.yourZone.replace("UTC", zone.replaceAll("_", " "));
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

/** Minutes that the clocks of an instant's offset are ahead of UTC. */
function offsetOf(iso) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? [null, "+", 0, 0];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

showYourTimes();
