"""What must hold of a page on every screen, while it is walked at the width of a phone."""

from typing import Literal

from playwright.sync_api import Page

from tests.journeys.accessibility import assert_accessible

PHONE_WIDTH, HEIGHT = 390, 844
MAGNIFIED_WIDTH = 640
"""What is left of 1280 pixels when everything is twice as large."""
SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1440, "light"), (320, "dark"))
MOST_SHIFT = 0.02

NOTE_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def assert_stands_well(page: Page, where: str) -> None:
    """Nothing has moved on it, and on every screen nothing is cut off or out of anybody's reach."""
    assert page.evaluate("window.shifted") < MOST_SHIFT, where
    page.set_viewport_size({"width": MAGNIFIED_WIDTH, "height": HEIGHT // 2})
    assert_fits(page, where)
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        assert_fits(page, where)
        assert_accessible(page, f"{where}, {width} px, {scheme}")
    page.set_viewport_size({"width": PHONE_WIDTH, "height": HEIGHT})


def assert_fits(page: Page, where: str) -> None:
    """Nobody has to scroll sideways."""
    room, width = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert width <= room, where
