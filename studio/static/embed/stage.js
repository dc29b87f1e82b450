// What stands inside the element: one step at a time, a notice above it, and words for who does not see it.

import { Api, Unreachable } from "../booking/api.js";
import { bookedStep } from "./booked.js";
import { placeStep, sessionStep } from "./choosing.js";
import { detailsStep } from "./details.js";
import { h, link } from "./dom.js";
import { Language } from "./language.js";
import { refusal } from "./refusals.js";
import { timeStep } from "./time.js";
import { Visit } from "./visit.js";

const STEPS = { place: placeStep, session: sessionStep, time: timeStep, details: detailsStep, booked: bookedStep };
const NAMED = { session: "stepSession", time: "stepTime", details: "stepDetails" };
/** The step that the names show as the present one; at the end there is none. */
const SHOWN_AS = { place: "session", session: "session", time: "time", details: "details" };

export class Stage {
  #steps = h("ol", { part: "steps", class: "steps" });
  #notices = h("div");
  #body = h("div", { part: "step" });
  #status = h("p", { role: "status", class: "unseen" });
  #isBusy = false;
  #isOver = false;
  #leave = null; // stops what the shown step has running

  /** `again` begins anew, with another stage. */
  constructor(element, studio, again) {
    Object.assign(this, { element, studio, again });
    this.language = new Language(element.closest("[lang]")?.lang || document.documentElement.lang || "en");
    const [location, sessionType, therapist] = ["location", "session-type", "therapist"].map((name) =>
      element.getAttribute(name),
    );
    this.visit = new Visit(new Api({ base: new URL("api/v1/", studio).href }), { location, sessionType, therapist });
    const parts = [this.#steps, this.#notices, this.#body, this.#status];
    const named = { lang: this.language.tag, "aria-label": this.say("book") };
    this.frame = h("section", { part: "booking", class: "booking", ...named }, parts);
    this.#show(sessionType ? "time" : "session", [h("p", { class: "hint" }, this.say("loading"))]);
  }

  /** Show the first step. */
  begin({ takesFocus = false }) {
    return this.attempt(async () => {
      try {
        await this.#open(takesFocus);
      } catch (error) {
        this.#showLink();
        throw error;
      }
    });
  }

  /** Nobody is here any more. */
  end() {
    this.#isOver = true;
    this.#leave?.();
    this.visit.release();
  }

  async #open(takesFocus) {
    const { visit } = this;
    const unknown = await visit.begin();
    for (const name of unknown) this.#warn(`there is no ${name} "${this.element.getAttribute(name)}"`);
    if (unknown.includes("location") || !visit.places.length) this.#showLink();
    else await this.go(visit.sessionType ? "time" : visit.place ? "session" : "place", { takesFocus });
  }

  /** Show a step; what it needs of the studio is read first. */
  async go(name, { takesFocus = true } = {}) {
    const { elements, leave } = await STEPS[name](this);
    if (this.#isOver) return leave?.();
    this.#leave?.();
    this.#leave = leave;
    this.#notices.replaceChildren();
    this.#show(name, elements);
    if (takesFocus) this.#body.querySelector("h2").focus();
  }

  /** The names of the steps have their place from the start, and what takes a step's place is new: nothing moves. */
  #show(name, elements) {
    const present = SHOWN_AS[name];
    const steps = Object.entries(NAMED).map(([step, words]) =>
      h("li", { "aria-current": step === present && "step" }, this.say(words)),
    );
    this.#steps.replaceChildren(...steps);
    this.#steps.hidden = !present;
    const body = h("div", { part: "step" }, elements);
    this.#body.replaceWith(body);
    this.#body = body;
  }

  /** Nothing can be booked here. */
  #showLink() {
    this.#show(null, [h("p", null, this.onSite)]);
  }

  /** Do what was asked for, one thing at a time; a refusal is told, with what can be done about it. */
  async attempt(work) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.frame.setAttribute("aria-busy", "true");
    try {
      await work();
      this.#notices.replaceChildren();
    } catch (error) {
      const isForbidden = error instanceof Unreachable && (await this.#isForbidden());
      if (isForbidden) this.#warn(`${location.origin} is not among the origins in the studio's setting CORS_ORIGINS`);
      else if (!this.#isOver) this.tell(refusal(error, this, () => this.attempt(work)));
    }
    this.#isBusy = false;
    this.frame.removeAttribute("aria-busy");
  }

  /** Put a notice above the step. The focus goes there too, unless the page has just been opened. */
  tell(notice) {
    this.#notices.replaceChildren(notice);
    if (this.#body.querySelector("h2")) notice.focus();
  }

  /** Tell those who do not see the page. */
  announce(words) {
    this.#status.textContent = words;
  }

  say(name, values) {
    return this.language.say(name, values);
  }

  /** An address of the studio's site, in the visitor's language: English has no prefix. */
  at(address) {
    const url = new URL(address, this.studio);
    const prefix = this.language.code === "en" ? "" : `/${this.language.code}`;
    if (!url.pathname.startsWith(`${prefix}/`)) url.pathname = prefix + url.pathname;
    return url.href;
  }

  link(address, words) {
    return link(this.at(address), words, this.say("elsewhere"));
  }

  /** Where the same can be done on the studio's site. */
  get onSite() {
    const { place } = this.visit;
    return this.link(place ? `/book/${place.slug}/` : "/book/", this.say("onSite"));
  }

  /** Whether the studio is there and answers, only not to pages of this origin. */
  async #isForbidden() {
    if (this.visit.places) return false;
    const request = { mode: "no-cors", credentials: "omit" };
    return fetch(new URL("api/v1/locations/", this.studio), request).then(
      () => true,
      () => false,
    );
  }

  /** For whoever keeps this page. */
  #warn(words) {
    console.warn(`<ashiatsu-booking>: ${words}.`);
  }
}
