// One visitor's way to a booking: what is chosen so far, and what the studio says to it. Knows no page.

import { Problem } from "../booking/api.js";
import { Reach, daysAfter, monthShown } from "../booking/month.js";
import { dateAt } from "./language.js";

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

  /** With whom; it stays as it was where her times cannot be read. */
  async choosePerson(therapist) {
    const before = this.therapist;
    this.therapist = therapist;
    try {
      await this.openMonth();
    } catch (error) {
      this.therapist = before;
      throw error;
    }
  }

  /** From the first to the last date that can be booked. */
  get reach() {
    const today = dateAt(this.place.timezone, new Date());
    return new Reach({ today, horizon: daysAfter(today, this.place.horizon_days) });
  }

  /** Read the month of a `day`, or a `month` as such, or the one with the first free time. */
  async openMonth(asked = {}) {
    const { reach } = this;
    this.month = await monthShown(asked, reach, (dates) => this.#availability(dates));
    const { following } = this.month;
    if (following && !this.held) this.api.prefetch(this.#question(reach.monthAround(following)));
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

  /** Book what is held, for whom it is typed. No health answers go this way: the studio's own page asks. */
  async book(details) {
    const { reference, manage_token: token } = this.held;
    this.booking = await this.api.confirm(reference, token, details);
    this.held = null;
    this.isAsked = await this.#isAsked();
  }

  /** Whether the studio has questions before the session; where that cannot be read, its page says it. */
  #isAsked() {
    if (this.booking.status !== "pending_review") return false;
    return this.api.healthQuestions().then(
      ({ questions }) => questions.some(({ required }) => required),
      () => false,
    );
  }

  /** Give back what is held; nobody waits for it, and if it goes wrong the hold ends by itself. */
  release() {
    if (this.held) this.api.cancel(this.held.reference, this.held.manage_token).catch(() => {});
    this.held = null;
  }

  therapistName(slug) {
    return this.therapists.find((therapist) => therapist.slug === slug)?.name ?? slug;
  }

  #question(dates) {
    return { location: this.place.slug, sessionType: this.sessionType.slug, therapist: this.therapist, ...dates };
  }

  /** What is held counts as free, as long as it is held. */
  async #availability(dates) {
    const { held } = this;
    if (held) {
      try {
        const own = { rescheduling: held.reference, token: held.manage_token };
        return await this.api.availability({ ...this.#question(dates), ...own, maxAge: FRESH_MS });
      } catch (error) {
        if (!(error instanceof Problem && GONE.includes(error.code))) throw error;
        this.held = null;
      }
    }
    return this.api.availability({ ...this.#question(dates), maxAge: FRESH_MS });
  }
}
