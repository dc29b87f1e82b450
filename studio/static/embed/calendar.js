// A month of days, and the times of one of them.

import { firstOfMonth, weeksOf } from "./dates.js";
import { button, h } from "./dom.js";
import { OWN_ZONE } from "./language.js";

const PARTS = [
  ["morning", 0, 12],
  ["afternoon", 12, 17],
  ["evening", 17, 24],
];

/** The month with a button on each day that has places. `turn` goes to another month, `choose` to a day. */
export function calendar(stage, { day, turn, choose }) {
  const { visit, language } = stage;
  const { month, earlierMonth, laterMonth } = visit;
  const counts = new Map(month.days.map(({ date, slots }) => [date, slots.length]));
  // Weeks that are over are left out.
  const weeks = weeksOf(firstOfMonth(month.from), language.firstWeekday).filter((week) =>
    week.some((date) => date >= month.from),
  );
  const cell = (date) => {
    const count = counts.get(date);
    if (!date) return h("td");
    if (!count) return h("td", null, h("span", null, language.dayNumber(date)));
    const label = stage.say("places", { day: language.day(date), count });
    const chosen = date === day;
    const kind = chosen ? "day chosen" : "day";
    const choice = button(kind, () => choose(date), language.dayNumber(date));
    choice.setAttribute("aria-label", label);
    if (chosen) choice.setAttribute("aria-current", "date");
    return h("td", null, choice);
  };
  const turning = (kind, to, ...words) =>
    to && h("li", { class: kind }, button("turn", () => turn(to, kind), words));
  return h(
    "div",
    { class: "calendar", part: "calendar" },
    h("h3", { tabindex: -1, class: "month" }, language.month(month.from)),
    h(
      "ul",
      { class: "turns", "aria-label": stage.say("months") },
      turning("earlier", earlierMonth, arrow("←"), earlierMonth && language.monthName(earlierMonth)),
      turning("later", laterMonth, laterMonth && language.monthName(laterMonth), arrow("→")),
    ),
    h(
      "table",
      { "aria-label": language.month(month.from) },
      h("thead", null, h("tr", null, fullWeek(language).map((date) => weekday(language, date)))),
      h("tbody", null, weeks.map((week) => h("tr", null, week.map(cell)))),
    ),
  );
}

/** The times of a day by its parts, on the studio's clocks and on the visitor's own. */
export function times(stage, { day, slots, take }) {
  const { visit, language } = stage;
  const { timezone } = visit.place;
  const hour = ({ starts_at: startsAt }) => Number(startsAt.slice(11, 13));
  // On the day that clocks go back an hour comes twice: then each time says its zone.
  const zone = new Set(slots.map(({ starts_at: startsAt }) => startsAt.slice(19))).size > 1 ? "short" : undefined;
  const slotButton = (slot) => {
    const isHeld = slot.starts_at === visit.held?.starts_at;
    return button(
      "slot",
      () => take(slot.starts_at),
      language.time(slot.starts_at, timezone, zone),
      ownTime(stage, slot.starts_at),
      isHeld && [" ", h("small", null, stage.say("heldNow"))],
    );
  };
  const groups = PARTS.map(([name, from, until]) => {
    const within = slots.filter((slot) => hour(slot) >= from && hour(slot) < until);
    if (!within.length) return null;
    return h("fieldset", null, h("legend", null, stage.say(name)), h("div", { class: "slots" }, within.map(slotButton)));
  });
  const isElsewhere = slots.some(({ starts_at: startsAt }) => language.ownTime(startsAt, timezone));
  const zones = { city: language.city(timezone), zone: OWN_ZONE.replaceAll("_", " ") };
  return h(
    "div",
    { class: "times", part: "times" },
    h("h3", { tabindex: -1, class: "chosen-day" }, language.day(day)),
    h("p", { class: "hint" }, stage.say(isElsewhere ? "bothTimes" : "studioTime", zones)),
    groups,
  );
}

/** The visitor's time in small print, if it is another; the words around it are for who does not see how they stand. */
export function ownTime({ visit, language }, instant) {
  const time = language.ownTime(instant, visit.place.timezone);
  const piece = (part) => (part === time ? time : h("span", { class: "unseen" }, part));
  return time && [" ", h("small", null, language.build("yours", { time }).filter(Boolean).map(piece))];
}

const arrow = (sign) => h("span", { "aria-hidden": "true" }, sign);

/** Seven dates in the order of the columns; the first of January 2024 was a Monday. */
const fullWeek = ({ firstWeekday }) => weeksOf("2024-01-01", firstWeekday)[1];

const weekday = (language, date) =>
  h(
    "th",
    { scope: "col" },
    h("span", { "aria-hidden": "true" }, language.weekday(date, "short")),
    h("span", { class: "unseen" }, language.weekday(date, "long")),
  );
