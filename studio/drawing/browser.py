"""Chromium turns SVG into pixels."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# An address of this machine, for encoders work in secure places only. Nothing listens there.
ADDRESS = "http://localhost/"


@dataclass(frozen=True)
class Painter:
    """A page of the browser to paint on."""

    page: Page

    def png(self, svg: str, width: int, height: int) -> bytes:
        """The picture in so many pixels."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.set_content(
            f"<style>*{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>{svg}"
        )
        return self.page.screenshot(omit_background=True)


@contextmanager
def painter() -> Iterator[Painter]:
    """A painter, for as long as the browser is open."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        page = browser.new_page()
        page.route("**/*", _empty)
        page.goto(ADDRESS)
        yield Painter(page)
        browser.close()


def _empty(route: Route) -> None:
    route.fulfill(body="<!doctype html>", content_type="text/html")
