// Draws a month and its times into the page: the page's own `<template>` elements, filled in.

import { weeksOf } from "./month.js";
import { dateOf, hourOf } from "./words.js";

/** A copy of a template with values in place of its `{names}`; what has a `data-if` needs that value to stay. */
export function filled(name, values) {
  const copy = document.importNode(document.getElementById(name).content, true);
  const put = (text) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  for (const element of copy.querySelectorAll("*")) {
    if (element.dataset.if && !values[element.dataset.if]) element.remove();
    for (const attribute of element.attributes) attribute.value = put(attribute.value);
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) node.data = put(node.data);
  }
  return copy;
}

/** Where one waits for what the page shows. */
const waitingFor = (url) => `${url.pathname}waitlist/${url.search || "?"}`;

/** The address of this page with some of its query changed; null takes a name out. */
export function address(url, changes) {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `?${query}`;
}

/** Draws for one page: `write` from words.js, `data` from the server. */
export class Drawing {
  constructor(data, write) {
    Object.assign(this, { data, write });
    this.calendar = document.getElementById("calendar");
    this.times = document.getElementById("times");
  }

  /** Draw what `monthShown` found for an address. */
  draw(month, url, therapist) {
    const weeks = this.#weeks(month, url);
    const times = (month.times.length ? this.#openTimes : this.#nothingFree).call(this, month, url, therapist);
    this.calendar.querySelector("h2").textContent = this.write.monthAndYear(month.first);
    this.#lead("prev", month.previous, url);
    this.#lead("next", month.following, url);
    this.calendar.querySelector("tbody").replaceChildren(...weeks);
    this.times.replaceChildren(times);
    for (const link of document.querySelectorAll("#who a")) {
      const isChosen = (new URL(link.href).searchParams.get("therapist") ?? "") === therapist;
      if (isChosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  #lead(rel, first, url) {
    const link = this.calendar.querySelector(`[rel=${rel}]`);
    link.hidden = !first;
    link.querySelector(".name").textContent = first ? this.write.month(first) : "";
    if (first) link.setAttribute("href", `${address(url, { month: first.slice(0, 7), day: null })}#calendar`);
    else link.removeAttribute("href");
  }

  #weeks({ first, open, chosen }, url) {
    return weeksOf(first, this.data.firstWeekday, this.data.today).map((week) => {
      const row = document.createElement("tr");
      row.append(...week.map((date) => this.#day(date, open[date]?.length ?? 0, date === chosen, url)));
      return row;
    });
  }

  #day(date, count, isChosen, url) {
    if (!date) return filled("day-elsewhere", {});
    const cell = filled(count > 1 ? "day-many" : count ? "day-one" : "day-full", {
      address: address(url, { day: date, month: null }),
      weekday: this.write.weekday(date),
      day: this.write.day(date),
      free: count,
      number: Number(date.slice(8)),
    });
    if (isChosen) {
      cell.querySelector("a")?.setAttribute("aria-current", "date");
      cell.querySelector("td > span")?.classList.add("chosen");
    }
    return cell;
  }

  #openTimes({ chosen, times }, url, therapist) {
    const clocksChange = this.data.clockChanges.includes(chosen);
    const section = filled("open-times", {
      weekday: this.write.weekday(chosen),
      day: this.write.day(chosen),
      offset: this.write.offset(times[0]),
      action: url.pathname + url.search,
      therapist,
      wait: waitingFor(url),
      clocksChange,
      clocksStay: !clocksChange,
    });
    let from = 0;
    for (const [part, fieldset] of section.querySelectorAll("fieldset").entries()) {
      const until = this.data.parts[part];
      const within = times.filter((startsAt) => from <= hourOf(startsAt) && hourOf(startsAt) < until);
      fieldset.querySelector(".slots").replaceChildren(...within.map((startsAt) => this.#slot(startsAt, clocksChange)));
      if (!within.length) fieldset.remove();
      from = until;
    }
    return section;
  }

  #slot(startsAt, clocksChange) {
    return filled("slot", {
      startsAt,
      time: this.write.time(startsAt),
      offset: clocksChange && this.write.offset(startsAt),
      isOwn: startsAt === this.data.own?.startsAt,
    });
  }

  #nothingFree({ chosen, first, previous, nextFree }, url, therapist) {
    const name = this.data.therapists[therapist];
    const today = address(url, { day: null, month: null });
    return filled("nothing-free", {
      weekday: chosen && this.write.weekday(chosen),
      day: chosen && this.write.day(chosen),
      month: !chosen && this.write.monthAndYear(first),
      next: nextFree && address(url, { day: dateOf(nextFree), month: null }),
      nextWeekday: nextFree && this.write.weekday(nextFree),
      nextDay: nextFree && this.write.day(nextFree),
      nextTime: nextFree && this.write.time(nextFree),
      name,
      onlyName: !nextFree && name,
      anyone: address(url, { day: null, month: null, therapist: "" }),
      anyoneThen: address(url, { therapist: "" }),
      today: !nextFree && !name && (previous || chosen) && today,
      wait: waitingFor(url),
      none: !nextFree,
    });
  }

  /** The notice that a time has gone, with the nearest ones as buttons. */
  lost(alternatives, url, therapist) {
    const isSame = therapist && alternatives.every((slot) => slot.therapists.includes(therapist));
    const notice = filled("lost-time", {
      action: url.pathname + url.search,
      name: isSame && this.data.therapists[therapist],
      therapist: isSame ? therapist : "",
      anyone: !isSame && alternatives.length,
      some: alternatives.length,
      none: !alternatives.length,
    });
    const buttons = alternatives.map(({ starts_at: startsAt }) =>
      filled("alternative", {
        startsAt,
        weekday: this.write.shortWeekday(startsAt),
        day: this.write.day(startsAt),
        time: this.write.time(startsAt),
        offset: this.write.offset(startsAt),
      }),
    );
    notice.querySelector(".slots")?.replaceChildren(...buttons);
    return notice;
  }
}
