// The keyboard in the calendar and its times.

/** Draw, and leave the focus on what stands where it was; the times' heading has it where nothing does. */
export function keepingFocus(calendar, times, draw) {
  const before = document.activeElement;
  const part = [calendar, times].find((each) => each.contains(before));
  const nameOf = (each) => each.value || each.textContent;
  const name = nameOf(before);
  draw();
  if (!part || (before.isConnected && !before.hidden)) return;
  const heading = times.querySelector("h2");
  heading.tabIndex = -1;
  const alike = [...part.querySelectorAll("td a, button")].find((each) => nameOf(each) === name);
  const chosen = part === calendar ? calendar.querySelector("[aria-current]") : null;
  (alike ?? chosen ?? heading).focus({ preventScroll: part === calendar });
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const DAY = "td :is(a, button)";

/** Arrow keys go from a day with places to the next one in that direction. Tab goes through them all, as ever. */
export function onArrows(event) {
  const from = event.target.closest(DAY);
  const step = STEPS[event.key];
  if (!from || !step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const days = [...from.closest("tbody").querySelectorAll("td")];
  for (let at = days.indexOf(from.closest("td")) + step; days[at]; at += step) {
    const day = days[at].querySelector(DAY);
    if (!day) continue;
    event.preventDefault();
    return day.focus();
  }
}
