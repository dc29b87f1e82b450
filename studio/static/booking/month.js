// What an address shows: the month, the chosen day, its times. By the same rules as the server
// (bookings/pages/month.py). Dates are ISO strings, which compare as dates do.

import { dateOf } from "./words.js";

const monthOf = (date) => date.slice(0, 7);
const firstOf = (date) => `${monthOf(date)}-01`;
const iso = (instant) => instant.toISOString().slice(0, 10);

/** Days later, months later: the first of them. */
export const daysAfter = (date, days) => iso(new Date(Date.parse(date) + days * 86_400_000));
const monthsAfter = (date, months) => {
  const [year, month] = date.split("-").map(Number);
  return iso(new Date(Date.UTC(year, month - 1 + months, 1)));
};
const lastOf = (date) => daysAfter(monthsAfter(date, 1), -1);

/** Today and the horizon bound what can be asked about. */
export class Reach {
  constructor({ today, horizon }) {
    Object.assign(this, { today, horizon });
  }

  nearest(date) {
    return date < this.today ? this.today : date > this.horizon ? this.horizon : date;
  }

  touches(first, last = first) {
    return first <= this.horizon && this.today <= last;
  }

  /** The part of a day's month that can be booked, as the API takes it. */
  monthAround(date) {
    return { from: this.nearest(firstOf(date)), until: this.nearest(lastOf(date)) };
  }

  /** The first of the month `step` months away, if any of it can be booked. */
  month(date, step) {
    const other = monthsAfter(date, step);
    return this.touches(other, lastOf(other)) ? other : null;
  }
}

/**
 * The month of a day, or the month itself, or else the one with the first open time.
 *
 * `ask` gives the API's answer for `{ from, until }`. Dates out of reach are left to the server.
 */
export async function monthShown({ day, month }, reach, ask) {
  const asked = day ?? (month ? `${month}-01` : null);
  if (asked && !reach.touches(asked, day ? asked : lastOf(asked))) throw new RangeError("out of reach");
  let shown = reach.nearest(asked ?? reach.today);
  let found = await ask(reach.monthAround(shown));
  if (!asked && found.next_available) {
    const first = dateOf(found.next_available);
    if (monthOf(first) !== monthOf(shown)) found = await ask(reach.monthAround(first));
    shown = first;
  }
  const open = {};
  for (const { date, slots } of found.days) if (slots.length) open[date] = slots.map((slot) => slot.starts_at);
  const chosen = day ?? Object.keys(open)[0] ?? null;
  const times = open[chosen] ?? [];
  return {
    first: firstOf(shown),
    open,
    chosen,
    times,
    previous: reach.month(shown, -1),
    following: reach.month(shown, 1),
    nextFree: times.length ? null : (await nothingFree(chosen, found, ask)).next_available,
  };
}

/** Where nothing is free, the answer that says what comes next: after the day, or else the month. */
const nothingFree = (day, found, ask) => (day ? ask({ from: day, until: day }) : found);

/** The month's weeks; those that are over are left out, and days of other months are null. */
export function weeksOf(first, firstWeekday, today) {
  const before = (new Date(first).getUTCDay() + 6 - firstWeekday) % 7;
  const weeks = [];
  for (let start = daysAfter(first, -before); start <= lastOf(first); start = daysAfter(start, 7)) {
    const week = Array.from({ length: 7 }, (_, column) => daysAfter(start, column));
    if (week[6] >= today) weeks.push(week.map((date) => (monthOf(date) === monthOf(first) ? date : null)));
  }
  return weeks;
}
