// Counts down how long a time is held still. The server says how many seconds are left, so the
// clock of this device may be wrong; its words stand in the page, one sentence for each moment
// at which it is said aloud. Nothing is reloaded: what is typed stays, and nothing moves.

import { clockOf, countDown } from "./ticking.js";

/** Count down a `[data-seconds-left]` until it is over. */
function countDownIn(place) {
  const find = (part) => place.querySelector(`[data-part="${part}"]`);
  const [running, left, said, over] = ["running", "left", "said", "over"].map(find);
  const total = Number(place.dataset.secondsLeft);
  const whole = Math.max(total, Number(place.dataset.secondsHeld));
  const wall = Date.now();
  const page = performance.now();
  // The first counts on while the device sleeps, the second when its clock is put back.
  const passed = () => Math.max(Date.now() - wall, performance.now() - page) / 1000;
  const sentences = new Map(
    [...place.querySelectorAll("template[data-at]")].map((words) => [
      60 * words.dataset.at,
      words.content.textContent.trim(),
    ]),
  );
  const putOver = (visibility) => {
    over.replaceChildren(find("over-words").content.cloneNode(true));
    over.firstElementChild.style.visibility = visibility;
  };

  putOver("hidden"); // so that it has its place
  countDown(() => total - passed(), {
    moments: [...sentences.keys()],
    show(seconds) {
      left.textContent = left.dataset.words.replace("0:00", clockOf(seconds));
      running.style.setProperty("--left", (seconds / whole).toFixed(3));
      running.classList.toggle("soon", seconds <= 120);
    },
    say(moment) {
      said.textContent = sentences.get(moment);
    },
    end() {
      running.style.visibility = "hidden";
      said.textContent = "";
      putOver("visible");
    },
  });
}

for (const place of document.querySelectorAll("[data-seconds-left]")) countDownIn(place);
