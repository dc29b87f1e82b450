"""Going through a page with the Tab key."""

import pytest
from playwright.sync_api import Page

NAME_OF_FOCUSED = """
    [document.activeElement.ariaLabel, document.activeElement.textContent,
     ...[...document.activeElement.labels ?? []].map(label => label.textContent)].join(" ")
"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate(NAME_OF_FOCUSED):
            return
    pytest.fail(f"Tab does not reach {name!r}.")
