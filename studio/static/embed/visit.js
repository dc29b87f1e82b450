// One visitor's way to a booking: what is chosen so far, and what the studio says to it. Knows no page.

import { Problem } from "../booking/api.js";
import { dateAt, firstOfMonth, lastOfMonth, nextMonth, plusDays, previousMonth } from "./dates.js";

const FRESH_MS = 30_000;
/** A hold that has come to its end in the meantime, by the clock or by other hands. */
const GONE = ["wrong_state", "not_found", "too_late"];

export class Visit {
  place = null;
  sessionType = null;
  therapist = null; // a slug; null is anyone
  held = null;
  booking = null;
  typed = {};

  constructor(api, wanted) {
    this.api = api;
    this.wanted = wanted; // what the page has decided: { location, sessionType, therapist }, by slug
  }

  /** Learn what there is, and choose what leaves no choice; the names that are not known come back. */
  async begin() {
    this.places = await this.api.locations();
    const { location } = this.wanted;
    const only = this.places.length === 1 && !location ? this.places[0] : null;
    const place = only ?? this.places.find(({ slug }) => slug === location);
    if (place) return this.choosePlace(place);
    return location ? ["location"] : [];
  }

  async choosePlace(place) {
    this.release();
    const { sessionType } = this.wanted;
    this.sessionTypes = await this.api.sessionTypes({ location: place.slug });
    Object.assign(this, { place, sessionType: null });
    const found = this.sessionTypes.find(({ slug }) => slug === sessionType);
    if (found) return this.chooseSession(found);
    this.wanted.sessionType = null;
    return sessionType ? ["session-type"] : [];
  }

  async chooseSession(sessionType) {
    const { therapist } = this.wanted;
    this.therapists = await this.api.therapists({ location: this.place.slug, sessionType: sessionType.slug });
    const found = this.therapists.find(({ slug }) => slug === therapist);
    Object.assign(this, { sessionType, month: null, therapist: found?.slug ?? null });
    if (therapist && !found) this.wanted.therapist = null;
    return therapist && !found ? ["therapist"] : [];
  }

  /** The first and the last date that can be booked. */
  get reach() {
    const today = dateAt(this.place.timezone, new Date());
    return { today, horizon: plusDays(today, this.place.horizon_days) };
  }

  get earlierMonth() {
    const month = previousMonth(this.month.from);
    return firstOfMonth(this.reach.today) <= month ? month : null;
  }

  get laterMonth() {
    const month = nextMonth(this.month.from);
    return month <= this.reach.horizon ? month : null;
  }

  /** Read the month of a date, or without one the month with the first free time. */
  async openMonth(date = null) {
    let month = await this.#availability(this.#rangeOf(date ?? this.reach.today));
    const first = month.next_available?.slice(0, 10);
    if (!date && first > month.until) month = await this.#availability(this.#rangeOf(first));
    this.month = month;
    if (this.laterMonth && !this.held) this.api.prefetch(this.#question(this.#rangeOf(this.laterMonth)));
  }

  /** Keep a time for the visitor; one that is kept already gives way to it. */
  async hold(startsAt) {
    try {
      await this.#hold(startsAt);
    } catch (error) {
      this.api.forget(); // what was read is out of date
      throw error;
    }
  }

  async #hold(startsAt) {
    const { therapist, held } = this;
    if (held) {
      try {
        const change = { starts_at: startsAt, therapist, session_type: this.sessionType.slug };
        this.held = await this.api.reschedule(held.reference, held.manage_token, change);
        return;
      } catch (error) {
        if (!(error instanceof Problem && GONE.includes(error.code))) throw error;
        this.held = null;
      }
    }
    const [location, sessionType] = [this.place.slug, this.sessionType.slug];
    this.held = await this.api.hold({ location, sessionType, startsAt, therapist });
  }

  /** Book what is held, for whom it is typed. */
  async book(details) {
    const { reference, manage_token: token } = this.held;
    this.booking = await this.api.confirm(reference, token, details);
    this.held = null;
  }

  /** Give back what is held; nobody waits for it, and if it goes wrong the hold ends by itself. */
  release() {
    if (this.held) this.api.cancel(this.held.reference, this.held.manage_token).catch(() => {});
    this.held = null;
  }

  therapistName(slug) {
    return this.therapists.find((therapist) => therapist.slug === slug)?.name ?? slug;
  }

  #rangeOf(date) {
    const { today, horizon } = this.reach;
    const [first, last] = [firstOfMonth(date), lastOfMonth(date)];
    return { from: first < today ? today : first, until: last > horizon ? horizon : last };
  }

  #question(range) {
    return { location: this.place.slug, sessionType: this.sessionType.slug, therapist: this.therapist, ...range };
  }

  /** What is held counts as free, as long as it is held. */
  async #availability(range) {
    const { held } = this;
    if (held) {
      try {
        const own = { rescheduling: held.reference, token: held.manage_token };
        return await this.api.availability({ ...this.#question(range), ...own, maxAge: FRESH_MS });
      } catch (error) {
        if (!(error instanceof Problem && GONE.includes(error.code))) throw error;
        this.held = null;
      }
    }
    return this.api.availability({ ...this.#question(range), maxAge: FRESH_MS });
  }
}
