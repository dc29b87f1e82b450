"""What a program can find of the obstacles on a page."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Page

WCAG_22_AA = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

# What turns for ever, such as a busy button's ring, has no end to wait for.
SETTLED = """
Promise.allSettled(
  document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .map((each) => each.finished),
)
"""


def assert_accessible(page: Page, where: str) -> None:
    """Let axe look at a page as it stands, once its colours have stopped changing."""
    page.evaluate(SETTLED)
    found = Axe().run(page, options=WCAG_22_AA)
    obstacles = [
        f"{violation['id']}: {node['html']}: {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
    assert not obstacles, "\n".join([where, *obstacles])
