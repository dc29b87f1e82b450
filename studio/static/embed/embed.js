// <ashiatsu-booking>: the studio's booking on any page. docs/embed.md tells how it is used.

import { Stage } from "./stage.js";
import { SHEET } from "./style.js";

const STUDIO = new URL("/", import.meta.url);

class AshiatsuBooking extends HTMLElement {
  static observedAttributes = ["location", "session-type", "therapist", "lang"];

  #stage = new Stage(this, STUDIO);
  #isWaiting = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.append(this.#stage.frame);
  }

  connectedCallback() {
    this.#beginSoon();
  }

  disconnectedCallback() {
    this.#stage.end();
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
      if (this.isConnected) this.#stage.begin();
    });
  }
}

if (!customElements.get("ashiatsu-booking")) customElements.define("ashiatsu-booking", AshiatsuBooking);
