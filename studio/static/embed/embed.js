// <ashiatsu-booking>: the studio's booking on any page. docs/embed.md tells how it is used.

import { Stage } from "./stage.js";
import { SHEET } from "./style.js";

const STUDIO = new URL("/", import.meta.url);

class AshiatsuBooking extends HTMLElement {
  static observedAttributes = ["location", "session-type", "therapist", "lang"];

  #stage = null;
  #isWaiting = false;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [SHEET];
  }

  connectedCallback() {
    this.#beginSoon();
  }

  disconnectedCallback() {
    this.#stage?.end();
  }

  attributeChangedCallback(_name, before, after) {
    if (this.isConnected && before !== after) this.#beginSoon();
  }

  /** Several attributes that change at once make one beginning. */
  #beginSoon() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    queueMicrotask(() => {
      this.#isWaiting = false;
      if (this.isConnected) this.#begin();
    });
  }

  #begin(options = {}) {
    this.#stage?.end();
    this.#stage = new Stage(this, STUDIO, () => this.#begin({ takesFocus: true }));
    this.shadowRoot.replaceChildren(this.#stage.frame);
    this.#stage.begin(options);
  }
}

if (!customElements.get("ashiatsu-booking")) customElements.define("ashiatsu-booking", AshiatsuBooking);
