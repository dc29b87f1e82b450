"""What is looked for on every page is found where it is there."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.journeys.looking import NOTE_SHIFTS, assert_steady

HTML = """
<!doctype html>
<button onclick="push()">Push</button>
<button onclick="fetch('/answer').then(push)">Ask</button>
<p>Text</p>
<script>
const push = () => { document.body.prepend(document.createElement("br")); };
</script>
"""
PAINTED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))"
WHAT_BROWSERS_GRANT_SECONDS = 0.5


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that can push down what is on it, at once or when an answer comes."""

    def answer(route: Route) -> None:
        if route.request.url.endswith("/answer"):
            time.sleep(WHAT_BROWSERS_GRANT_SECONDS + 0.1)
        route.fulfill(body=HTML, content_type="text/html")

    context = browser.new_context(base_url="http://studio.test")
    context.route("**", answer)
    page = context.new_page()
    page.add_init_script(NOTE_SHIFTS)
    page.goto("/")
    page.evaluate(PAINTED)
    yield page
    context.close()


def test_what_moves_unasked_is_noted(page: Page):
    page.evaluate("push()")
    page.evaluate(PAINTED)

    with pytest.raises(AssertionError, match=r"the page: .*Text"):
        assert_steady(page, "the page")


def test_what_moves_when_somebody_pushes_is_not(page: Page):
    page.get_by_role("button", name="Push").click()
    page.evaluate(PAINTED)

    assert_steady(page, "the page")


def test_what_moves_when_a_slow_answer_comes_is_not(page: Page):
    page.get_by_role("button", name="Ask").click()
    page.locator("br").wait_for(state="attached")
    page.evaluate(PAINTED)

    assert_steady(page, "the page")
