// The keyboard in the calendar and its times.

/** Draw, and leave the focus on what stands where it was; the times' heading has it where nothing does. */
export function keepingFocus(calendar, times, draw) {
  const before = document.activeElement;
  const day = calendar.contains(before) ? before.textContent : null;
  const slot = times.contains(before) ? before.value : null;
  draw();
  if ((day ?? slot) === null || (before.isConnected && !before.hidden)) return;
  const heading = times.querySelector("h2");
  heading.tabIndex = -1;
  const likeIt = [...calendar.querySelectorAll("td a"), ...times.querySelectorAll("button")].find((each) =>
    day === null ? each.value === slot : each.textContent === day,
  );
  const other = day === null ? heading : calendar.querySelector("[aria-current]");
  (likeIt ?? other ?? heading).focus({ preventScroll: day !== null });
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Arrow keys go from a day with places to the next one in that direction. Tab goes through them all, as ever. */
export function onArrows(event) {
  const from = event.target.closest("td a");
  const step = STEPS[event.key];
  if (!from || !step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const days = [...from.closest("tbody").querySelectorAll("td")];
  for (let at = days.indexOf(from.closest("td")) + step; days[at]; at += step) {
    const link = days[at].querySelector("a");
    if (!link) continue;
    event.preventDefault();
    return link.focus();
  }
}
