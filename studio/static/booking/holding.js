// Choosing a time: it is held over the API, then handed to the site, whose session keeps it.

import { Problem, Unreachable } from "./api.js";
import { filled } from "./drawing.js";
import { showYourTimes } from "./zones.js";

const GIVES_UP = 3; // answers that did not come: then the browser's own way may get through

/**
 * Hold what the page's forms choose. `address` and `therapist` say what is shown, and `refresh` shows
 * it anew; `hold` is the API's.
 */
export function holdOverApi({ hold, data, drawing, notices, address, therapist, refresh }) {
  let chosen = null; // the button whose time is being held
  let unanswered = 0;

  document.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.name !== "starts_at" || button.dataset.plain) return;
    event.preventDefault();
    if (chosen) return;
    chosen = button;
    button.setAttribute("aria-busy", "true");
    try {
      handOver(await hold(wish(button)));
    } catch (error) {
      chosen = null;
      button.removeAttribute("aria-busy");
      refused(error, button);
    }
  });

  const wish = (button) => ({
    location: data.location,
    sessionType: data.sessionType,
    startsAt: button.value,
    therapist: button.form.elements.therapist.value || null,
  });

  /** The server answers with the form for who comes; until then the button stays busy. */
  function handOver({ reference, manage_token: token }) {
    const form = document.getElementById("take-over");
    form.elements.reference.value = reference;
    form.elements.token.value = token;
    form.submit();
  }

  function refused(error, button) {
    unanswered = error instanceof Unreachable ? unanswered + 1 : 0;
    if (unanswered && (unanswered < GIVES_UP || !navigator.onLine)) return tell(filled("no-answer", {}));
    if (error instanceof Problem && error.status === 429) return tell(wait(error.retryAfter));
    if (error.code !== "slot_unavailable") return sendPlainly(button);
    tell(drawing.lost(error.alternatives, address(), therapist()));
    refresh();
  }

  function tell(notice) {
    notices.replaceChildren(notice);
    showYourTimes(notices);
    notices.firstElementChild.focus();
  }

  const wait = (seconds) => {
    const minutes = Math.ceil((seconds ?? 60) / 60);
    return filled("too-often", { minutes, one: minutes === 1, many: minutes > 1 });
  };

  /** What the API will not do for us, the server's own page explains. */
  function sendPlainly(button) {
    if (!button.isConnected) return location.reload(); // it was drawn anew meanwhile
    button.dataset.plain = "yes";
    button.form.requestSubmit(button);
  }
}
