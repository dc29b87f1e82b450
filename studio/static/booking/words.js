// How the page writes dates and times. Dates as `Intl` does, which is as the server does; times of day by the
// server's own list, since no browser writes "2:30 p.m.". Both take what the API gives: "2026-08-06",
// "2026-08-06T14:30:00-06:00", on the location's wall clock.

export const dateOf = (startsAt) => startsAt.slice(0, 10);
export const hourOf = (startsAt) => Number(startsAt.slice(11, 13));
const wallOf = (startsAt) => startsAt.slice(11, 16);
const offsetOf = (startsAt) => startsAt.slice(19);

/** Functions that write dates and times in a language. */
export function writer(language, { times, offsets }) {
  const dates = (form) => {
    const format = new Intl.DateTimeFormat(language, { ...form, timeZone: "UTC" });
    return (date) => format.format(new Date(dateOf(date)));
  };
  return {
    weekday: dates({ weekday: "long" }),
    shortWeekday: dates({ weekday: "short" }),
    day: dates({ month: "long", day: "numeric" }),
    month: dates({ month: "long" }),
    monthAndYear: dates({ month: "long", year: "numeric" }),
    time: (startsAt) => known(times, wallOf(startsAt)),
    offset: (startsAt) => known(offsets, offsetOf(startsAt)),
  };
}

function known(forms, key) {
  if (!(key in forms)) throw new RangeError(`The server has not said how to write ${key}.`);
  return forms[key];
}
