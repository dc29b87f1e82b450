"""What a program can find of the obstacles on a page."""

from collections.abc import Mapping

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Page

WCAG_22_AA = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""What another colour scheme can change; all else is the same by day and by night."""
FIND = "options => axe.run(options).then(found => found.violations)"

# What turns for ever, such as a busy ring, has no end to wait for; what stopped being drawn while
# it changed may never say that it ended.
SETTLED = """
Promise.race([
  new Promise((wait) => setTimeout(wait, 1000)),
  Promise.allSettled(
    document.getAnimations()
      .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
      .map((each) => each.finished),
  ),
])
"""


def assert_accessible(page: Page, where: str, rules: Mapping[str, object] = WCAG_22_AA) -> None:
    """Let axe look at a page as it stands, once its colours have stopped changing."""
    page.wait_for_load_state()
    page.evaluate(SETTLED)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    obstacles = [
        f"{violation['id']}: {node['html']}: {node['failureSummary']}"
        for violation in page.evaluate(FIND, rules)
        for node in violation["nodes"]
    ]
    assert not obstacles, "\n".join([where, *obstacles])
