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

export class Stage {
  #steps = h("ol", { part: "steps", class: "steps" });
  #notices = h("div");
  #body = h("div", { part: "step" });
  #status = h("p", { role: "status", class: "unseen" });
  #isBusy = false;
  #leave = null; // stops what the shown step has running

  constructor(element, studio) {
    this.element = element;
    this.studio = studio;
    const parts = [this.#steps, this.#notices, this.#body, this.#status];
    this.frame = h("section", { part: "booking", class: "booking" }, parts);
  }

  /** Begin anew, with what the page has decided. */
  async begin() {
    this.end();
    const [location, sessionType, therapist] = ["location", "session-type", "therapist"].map((name) =>
      this.element.getAttribute(name),
    );
    const api = new Api({ base: new URL("api/v1/", this.studio).href });
    const visit = (this.visit = new Visit(api, { location, sessionType, therapist }));
    this.language = new Language(this.element.closest("[lang]")?.lang || document.documentElement.lang || "en");
    this.#isBusy = false;
    this.frame.lang = this.language.tag;
    this.frame.setAttribute("aria-label", this.say("book"));
    this.#steps.hidden = true;
    this.#notices.replaceChildren();
    this.#body.replaceChildren(h("p", { class: "hint" }, this.say("loading")));
    await this.attempt(() => this.#open(visit));
  }

  /** Nobody is here any more. */
  end() {
    this.#leave?.();
    this.visit?.release();
    this.#leave = this.visit = null;
  }

  async #open(visit) {
    try {
      const unknown = await visit.begin();
      for (const name of unknown) this.#warn(`there is no ${name} "${this.element.getAttribute(name)}"`);
      if (unknown.includes("location")) this.#body.replaceChildren(h("p", null, this.onSite));
      else await this.go(visit.sessionType ? "time" : visit.place ? "session" : "place", { takesFocus: false });
    } catch (error) {
      this.#body.replaceChildren(h("p", null, this.onSite));
      throw error;
    }
  }

  /** Show a step; what it needs of the studio is read first. */
  async go(name, { takesFocus = true } = {}) {
    const { visit } = this;
    const { elements, leave } = await STEPS[name](this);
    if (visit !== this.visit) return;
    this.#leave?.();
    this.#leave = leave;
    const steps = Object.entries(NAMED).map(([step, words]) =>
      h("li", { "aria-current": step === name && "step" }, this.say(words)),
    );
    this.#steps.replaceChildren(...steps);
    this.#steps.hidden = !(name in NAMED);
    this.#notices.replaceChildren();
    this.#body.replaceChildren(...elements.filter(Boolean));
    if (takesFocus) this.#body.querySelector("h2").focus();
  }

  /** Do what was asked for, one thing at a time; a refusal is told, with what can be done about it. */
  async attempt(work) {
    if (this.#isBusy) return;
    const { visit } = this;
    this.#isBusy = true;
    this.frame.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (error) {
      if (visit !== this.visit) return;
      if (error instanceof Unreachable && (await this.#isForbidden())) this.#warnOfOrigin();
      else this.tell(refusal(error, this, () => this.attempt(work)));
    } finally {
      if (visit === this.visit) {
        this.#isBusy = false;
        this.frame.removeAttribute("aria-busy");
      }
    }
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

  #warnOfOrigin() {
    this.#warn(`the studio does not answer pages of ${location.origin}; add that to its setting CORS_ORIGINS`);
  }

  /** For whoever keeps this page. */
  #warn(words) {
    console.warn(`<ashiatsu-booking>: ${words}.`);
  }
}
