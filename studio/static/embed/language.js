// How things are said to the visitor: words from the dictionary; dates, times and prices as Intl writes them.

import { ownClock } from "../booking/own.js";
import { WORDS } from "./words.js";

const asInstant = (date) => new Date(`${date}T12:00Z`);
const DAY = { weekday: "long", day: "numeric", month: "long" };
const TIME = { hour: "numeric", minute: "2-digit" };

const localeOf = (tag) => {
  try {
    return new Intl.Locale(tag);
  } catch {
    return new Intl.Locale("en");
  }
};

/** The date that clocks in a time zone show at an instant, as the API writes dates. */
export function dateAt(timeZone, instant) {
  const format = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const { year, month, day } = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}

export class Language {
  /** `tag` as pages give it (`es-MX`); where there are no words for it, everything is English. */
  constructor(tag) {
    const locale = localeOf(tag);
    this.code = locale.language in WORDS ? locale.language : "en";
    this.tag = locale.language === this.code ? locale.baseName : "en";
  }

  /** The sentence of a name, its `{places}` filled in; with `count` the form that the number takes. */
  say(name, values = {}) {
    const entry = WORDS[this.code][name];
    const sentence =
      typeof entry === "string" ? entry : entry[new Intl.PluralRules(this.tag).select(values.count)] ?? entry.other;
    return sentence.replace(/\{(\w+)\}/g, (_, place) => values[place]);
  }

  /** The same with elements in the places. */
  build(name, elements) {
    return WORDS[this.code][name].split(/\{(\w+)\}/).map((piece, n) => (n % 2 ? elements[piece] : piece));
  }

  #date(instant, options) {
    return new Intl.DateTimeFormat(this.tag, options).format(instant);
  }

  day(date) {
    return this.#date(asInstant(date), { ...DAY, timeZone: "UTC" });
  }

  dayNumber(date) {
    return this.#date(asInstant(date), { day: "numeric", timeZone: "UTC" });
  }

  month(date) {
    return this.#date(asInstant(date), { month: "long", year: "numeric", timeZone: "UTC" });
  }

  monthName(date) {
    return this.#date(asInstant(date), { month: "long", timeZone: "UTC" });
  }

  weekday(date, weekday) {
    return this.#date(asInstant(date), { weekday, timeZone: "UTC" });
  }

  /** The time on the studio's clocks; `timeZoneName` where one time comes twice a day. */
  time(instant, timeZone, timeZoneName) {
    return this.#date(new Date(instant), { ...TIME, timeZone, timeZoneName });
  }

  /** Day and time, such as "Tuesday, September 1 at 2:30 PM"; `timeZoneName` where two could be meant. */
  moment(instant, timeZone, timeZoneName) {
    return this.#date(new Date(instant), { ...DAY, ...TIME, timeZone, timeZoneName });
  }

  /** The time on the visitor's own clock, with the weekday where that is another; null where clocks agree. */
  ownTime(startsAt) {
    const own = ownClock(startsAt);
    return own && this.#date(own.instant, own.isOtherDay ? { ...TIME, weekday: "short" } : TIME);
  }

  /** The studio's time zone by the city that it is named after. */
  city(timeZone) {
    return timeZone.split("/").pop().replaceAll("_", " ");
  }

  price({ amount, currency }) {
    const minimumFractionDigits = amount.endsWith(".00") ? 0 : 2;
    const options = { style: "currency", currency, currencyDisplay: "narrowSymbol", minimumFractionDigits };
    return new Intl.NumberFormat(this.tag, options).format(amount);
  }

  /** A length, such as "60 minutes". */
  length(number, unit) {
    return new Intl.NumberFormat(this.tag, { style: "unit", unit, unitDisplay: "long" }).format(number);
  }

  /** Monday is 0, Sunday 6. */
  get firstWeekday() {
    const locale = new Intl.Locale(this.tag);
    const { firstDay } = locale.getWeekInfo?.() ?? locale.weekInfo ?? { firstDay: this.code === "en" ? 7 : 1 };
    return firstDay - 1;
  }
}
