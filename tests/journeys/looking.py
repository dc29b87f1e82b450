"""What must hold of a page on every screen, while it is walked at the width of a phone."""

from typing import Literal

from playwright.sync_api import Page

from tests.journeys.accessibility import COLOURS, WCAG_22_AA, assert_accessible

PHONE_WIDTH, HEIGHT = 390, 844
MAGNIFIED_WIDTH = 640
"""What is left of 1280 pixels when everything is twice as large."""
SCREENS: tuple[tuple[int, tuple[Literal["light", "dark"], ...]], ...] = (
    (1440, ("light", "dark")),
    (320, ("dark", "light")),
)
"""On each width everything is looked at in one scheme, and the colours in the other, too."""

NOTE_SHIFTS = """
{
  const shifts = [];
  const touches = [];
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const moved = sources.map(({ node }) => node?.outerHTML ?? node?.data ?? "a removed one");
      shifts.push({ startTime, text: `${value}: ${moved.join(", ")}` });
    }
  }).observe({ type: "layout-shift", buffered: true });
  for (const kind of ["pointerdown", "keydown", "resize"]) {
    addEventListener(kind, (event) => touches.push(event.timeStamp), { capture: true });
  }

  // A clock that a test has set still counts milliseconds, but not the browser's own ones.
  const isSoonAfter = (then, now) => then - 50 < now && now < then + 2000;
  const isFetched = ({ initiatorType, startTime }) => (
    initiatorType === "fetch" && startTime > (touches[0] ?? Infinity)
  );
  window.unasked = () => {
    const answers = performance.getEntriesByType("resource").filter(isFetched);
    const asked = [...touches, ...answers.map(({ responseEnd }) => responseEnd)];
    return shifts
      .filter(({ startTime }) => !asked.some((then) => isSoonAfter(then, startTime)))
      .map(({ text }) => text);
  };
}
"""
"""Notes what moves. What somebody did may move things, and what is fetched after that: for longer
than a browser grants, because a machine that others use is slow to draw it.
"""


def assert_stands_well(page: Page, where: str) -> None:
    """Nothing has moved on it, and on every screen nothing is cut off or out of anybody's reach."""
    assert_steady(page, where)
    page.set_viewport_size({"width": MAGNIFIED_WIDTH, "height": HEIGHT // 2})
    assert_fits(page, where)
    assert_for_everybody(page, where)


def assert_steady(page: Page, where: str) -> None:
    """Nothing has moved but in answer to somebody."""
    moved = page.evaluate("unasked()")
    assert moved == [], f"{where}: {moved}"


def assert_for_everybody(page: Page, where: str) -> None:
    """On large and small screens, by day and by night, nothing is in anybody's way."""
    for width, schemes in SCREENS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert_fits(page, where)
        for scheme, rules in zip(schemes, (WCAG_22_AA, COLOURS), strict=True):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page, f"{where}, {width} px, {scheme}", rules)
    page.set_viewport_size({"width": PHONE_WIDTH, "height": HEIGHT})


def assert_fits(page: Page, where: str) -> None:
    """Nobody has to scroll sideways."""
    page.wait_for_load_state("domcontentloaded")
    room, width = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert width <= room, where
