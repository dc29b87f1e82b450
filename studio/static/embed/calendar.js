// A month of days, and the times of one of them.

import { onArrows } from "../booking/focus.js";
import { weeksOf } from "../booking/month.js";
import { OWN_ZONE } from "../booking/own.js";
import { hourOf } from "../booking/words.js";
import { button, h } from "./dom.js";

const PARTS = [
  ["morning", 0, 12],
  ["afternoon", 12, 17],
  ["evening", 17, 24],
];
const MONDAY = "2024-01-01";

/** The month with a button on each day that has places. `turn` goes to another month, `choose` to a day. */
export function calendar(stage, { turn, choose }) {
  const { visit, language } = stage;
  const { first, open, chosen, previous, following } = visit.month;
  const cell = (date) => {
    const times = open[date];
    if (!date) return h("td");
    if (!times) return h("td", null, h("span", null, language.dayNumber(date)));
    const isChosen = date === chosen;
    const day = button(isChosen ? "day chosen" : "day", () => choose(date), language.dayNumber(date));
    day.setAttribute("aria-label", stage.say("places", { day: language.day(date), count: times.length }));
    if (isChosen) day.setAttribute("aria-current", "date");
    return h("td", null, day);
  };
  const turning = (kind, to, ...words) => to && h("li", { class: kind }, button("turn", () => turn(to, kind), words));
  const weeks = weeksOf(first, language.firstWeekday, visit.reach.today);
  return h(
    "div",
    { class: "calendar", part: "calendar" },
    h("h3", { tabindex: -1, class: "month" }, language.month(first)),
    h(
      "ul",
      { class: "turns", "aria-label": stage.say("months") },
      turning("earlier", previous, arrow("←"), previous && language.monthName(previous)),
      turning("later", following, following && language.monthName(following), arrow("→")),
    ),
    h(
      "table",
      { "aria-label": language.month(first), onkeydown: onArrows },
      h("thead", null, h("tr", null, fullWeek(language).map((date) => weekday(language, date)))),
      h("tbody", null, weeks.map((week) => h("tr", null, week.map(cell)))),
    ),
  );
}

/** The times of the chosen day by its parts, on the studio's clocks and on the visitor's own. */
export function times(stage, take) {
  const { visit, language } = stage;
  const { timezone } = visit.place;
  const { chosen, times: starts } = visit.month;
  // On the day that clocks go back an hour comes twice: then each time says its zone.
  const zoneName = new Set(starts.map((startsAt) => startsAt.slice(19))).size > 1 ? "short" : undefined;
  const slot = (startsAt) =>
    button(
      "slot",
      () => take(startsAt),
      language.time(startsAt, timezone, zoneName),
      ownTime(stage, startsAt),
      startsAt === visit.held?.starts_at && [" ", h("small", null, stage.say("heldNow"))],
    );
  const groups = PARTS.map(([name, from, until]) => {
    const within = starts.filter((startsAt) => from <= hourOf(startsAt) && hourOf(startsAt) < until);
    if (!within.length) return null;
    return h("fieldset", null, h("legend", null, stage.say(name)), h("div", { class: "slots" }, within.map(slot)));
  });
  const isElsewhere = starts.some((startsAt) => language.ownTime(startsAt));
  const zones = { city: language.city(timezone), zone: OWN_ZONE };
  return h(
    "div",
    { class: "times", part: "times" },
    h("h3", { tabindex: -1, class: "chosen-day" }, language.day(chosen)),
    h("p", { class: "hint" }, stage.say(isElsewhere ? "bothTimes" : "studioTime", zones)),
    groups,
  );
}

/** The visitor's time in small print, if it is another; the words around it are for who does not see how they stand. */
export function ownTime({ language }, startsAt) {
  const time = language.ownTime(startsAt);
  const piece = (part) => (part === time ? time : h("span", { class: "unseen" }, part));
  return time && [" ", h("small", null, language.build("yours", { time }).filter(Boolean).map(piece))];
}

const arrow = (sign) => h("span", { "aria-hidden": "true" }, sign);

/** Seven dates in the order of the columns, for their names. */
const fullWeek = ({ firstWeekday }) => weeksOf(MONDAY, firstWeekday, MONDAY)[1];

const weekday = (language, date) =>
  h(
    "th",
    { scope: "col" },
    h("span", { "aria-hidden": "true" }, language.weekday(date, "short")),
    h("span", { class: "unseen" }, language.weekday(date, "long")),
  );
