// Counts seconds down, for a page that shows them in its own way.

const two = (number) => String(number).padStart(2, "0");

/** What a clock shows that counts down: "9:58", "1:59:58". */
export function clockOf(seconds) {
  const minutes = Math.floor(seconds / 60);
  const shown = minutes < 60 ? minutes : `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
  return `${shown}:${two(seconds % 60)}`;
}

/**
 * `show` the seconds that are left, now and at each second, and `end` when none is; what comes back stops it.
 *
 * `secondsLeft` is asked anew each time, because devices sleep. At each of the `moments`, in seconds before the
 * end, `say` is called with it; of several that were slept through, with the last.
 */
export function countDown(secondsLeft, { moments, show, say, end }) {
  const toCome = moments.filter((moment) => moment < secondsLeft()).sort((a, b) => b - a);
  let timer;

  function tick() {
    clearTimeout(timer);
    const left = Math.max(0, secondsLeft());
    const seconds = Math.ceil(left);
    let due;
    while (toCome[0] >= seconds) due = toCome.shift();
    show(seconds);
    if (!seconds) {
      stop();
      return end();
    }
    if (due) say(due);
    timer = setTimeout(tick, (left % 1) * 1000 || 1000);
  }

  function stop() {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", tick);
  }

  document.addEventListener("visibilitychange", tick);
  tick();
  return stop;
}
