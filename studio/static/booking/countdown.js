// Counts down how long a time is held still. The server says how many seconds are left, so the
// clock of this device may be wrong; its words stand in the page, one sentence for each moment
// at which it is said aloud. Nothing is reloaded: what is typed stays.

/** Count down a `[data-seconds-left]` until it is over. */
export function countDown(place) {
  const find = (part) => place.querySelector(`[data-part="${part}"]`);
  const total = Number(place.dataset.secondsLeft);
  const whole = Math.max(total, Number(place.dataset.secondsHeld));
  const wall = Date.now();
  const page = performance.now();
  // The first counts on while the device sleeps, the second when its clock is put back.
  const passed = () => Math.max(Date.now() - wall, performance.now() - page) / 1000;
  const moments = [...place.querySelectorAll("template[data-at]")]
    .map((words) => ({ at: 60 * words.dataset.at, words: words.content.textContent.trim() }))
    .filter(({ at }) => at < total)
    .sort((a, b) => b.at - a.at);
  let timer;

  function show() {
    clearTimeout(timer);
    const left = Math.max(0, total - passed());
    const seconds = Math.ceil(left);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    find("left").textContent = find("left").dataset.words.replace("0:00", clock);
    find("running").style.setProperty("--left", Math.min(1, left / whole).toFixed(3));
    find("running").classList.toggle("soon", seconds <= 120);
    say(seconds);
    if (seconds) timer = setTimeout(show, (left % 1) * 1000 || 1000);
    else end();
  }

  function say(seconds) {
    let due;
    while (moments.length && moments[0].at >= seconds) due = moments.shift();
    if (due && seconds) find("said").textContent = due.words;
  }

  function end() {
    document.removeEventListener("visibilitychange", show);
    find("running").hidden = true;
    find("said").textContent = "";
    find("over").append(find("over-words").content.cloneNode(true));
  }

  document.addEventListener("visibilitychange", show);
  show();
}

for (const place of document.querySelectorAll("[data-seconds-left]")) countDown(place);
