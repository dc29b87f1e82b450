// Dates as the API writes them, `2026-12-01`: they sort as text, and no time zone moves them.

const noon = (date) => new Date(`${date}T12:00Z`);
const written = (instant) => instant.toISOString().slice(0, 10);

/** The date that clocks in a time zone show at an instant. */
export function dateAt(timeZone, instant) {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const { year, month, day } = Object.fromEntries(parts.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${year}-${month}-${day}`;
}

export const plusDays = (date, days) => {
  const moved = noon(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return written(moved);
};

export const firstOfMonth = (date) => `${date.slice(0, 7)}-01`;
export const nextMonth = (date) => firstOfMonth(plusDays(firstOfMonth(date), 31));
export const previousMonth = (date) => firstOfMonth(plusDays(firstOfMonth(date), -1));
export const lastOfMonth = (date) => plusDays(nextMonth(date), -1);

/** The weeks of a month, each of seven dates; null for those of other months. Monday is 1, Sunday 7. */
export function weeksOf(month, firstWeekday) {
  const last = lastOfMonth(month);
  const lead = (noon(firstOfMonth(month)).getUTCDay() - firstWeekday + 7) % 7;
  const weeks = [];
  for (let date = plusDays(firstOfMonth(month), -lead); date <= last; date = plusDays(date, 7)) {
    const week = [0, 1, 2, 3, 4, 5, 6].map((days) => plusDays(date, days));
    weeks.push(week.map((day) => (day.slice(0, 7) === month.slice(0, 7) ? day : null)));
  }
  return weeks;
}

export const asInstant = noon;
