// How the page writes dates and times. Dates as `Intl` does, which is as the server does; times of day by what the
// server has written into the page, since no browser writes "noon" or "2:30 p.m.". Both take what the API gives:
// "2026-08-06", "2026-08-06T14:30:00-06:00", on the location's wall clock.

export const dateOf = (startsAt) => startsAt.slice(0, 10);
export const hourOf = (startsAt) => Number(startsAt.slice(11, 13));
const minutesOf = (startsAt) => Number(startsAt.slice(14, 16));
const offsetOf = (startsAt) => startsAt.slice(19);

/** Writes hours and minutes as the server does: the page has each hour, alone and with 59 minutes. */
export function clockOfPage() {
  const { alone, withMinutes } = JSON.parse(document.getElementById("clock").textContent);
  return (hours, minutes) =>
    minutes ? withMinutes[hours].replace("59", String(minutes).padStart(2, "0")) : alone[hours];
}

/** Functions that write dates and times in a language. */
export function writer(language, { offsets }) {
  const time = clockOfPage();
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
    time: (startsAt) => time(hourOf(startsAt), minutesOf(startsAt)),
    offset: (startsAt) => known(offsets, offsetOf(startsAt)),
  };
}

function known(forms, key) {
  if (!(key in forms)) throw new RangeError(`The server has not said how to write ${key}.`);
  return forms[key];
}
