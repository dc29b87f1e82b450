"""Every page that anybody may read, on every screen, and what it makes the browser load."""

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Response

from tests.forking import manage, running_studio
from tests.journeys.conftest import SETTINGS
from tests.journeys.looking import HEIGHT, NOTE_SHIFTS, PHONE_WIDTH, assert_stands_well
from tests.public_pages import ARTICLES, public_pages
from tests.serving import Studio, environment

MAKE_DEMO = """
from django.core.management import call_command
call_command("loadstudio", if_empty=True)
call_command("loadpages")
"""
DEMO = {"location": "downtown", "session_type": "bar-60", "therapist": "andre"}
PAGES = (
    *public_pages(article=ARTICLES[0], **DEMO).values(),
    *(f"/{slug}/" for slug in ARTICLES[1:]),
    "/sessions/?style=bar",
    "/nowhere/",
    "/book/downtown/bar-60/?day=soon",
)
MOST_BYTES = 100_000
MOST_BYTES_OF_SCRIPT = 30_000

SHOW_ALL = """
Promise.all(Array.from(document.images, (each) => {
  each.loading = "eager";
  return each.complete || new Promise((done) => { each.onload = each.onerror = done; });
}))
"""
LOOKS = """
(element) => ["", "::before"].map((part) => {
  const style = getComputedStyle(element, part);
  return [style.backgroundColor, style.borderColor, style.outlineStyle, style.fontWeight];
}).join()
"""
PAINTED = "performance.getEntriesByType('paint').length"
WITHOUT_SIZE = "Array.from(document.querySelectorAll('img:not([width][height])'), each => each.src)"


@pytest.fixture(scope="module")
def studio(
    migrated_sqlite: Path, static_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Studio]:
    """The demo studio with the pages of the program."""
    directory = tmp_path_factory.mktemp("reading")
    url = f"sqlite:///{directory}/reading.sqlite3"
    (directory / "reading.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    env = environment(url, directory / "data", **SETTINGS)
    manage("shell", "-v0", "-c", MAKE_DEMO, env=env)
    with running_studio(url, directory / "data", static_files, **SETTINGS) as running:
        yield running


@pytest.fixture
def page(browser: Browser, studio: Studio) -> Iterator[Page]:
    """A page as wide as a phone, which keeps nothing for the next one."""
    context = browser.new_context(
        base_url=studio.url,
        viewport={"width": PHONE_WIDTH, "height": HEIGHT},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.add_init_script(NOTE_SHIFTS)
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    context.close()


def test_every_page_is_light_steady_and_for_everybody(page: Page, studio: Studio):
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))

    for path in PAGES:
        answers.clear()
        page.goto(path)
        page.evaluate(SHOW_ALL)
        if page.locator("script[type=module]").count():
            page.wait_for_load_state("networkidle")

        assert_is_light(path, studio, answers)
        assert page.evaluate(WITHOUT_SIZE) == [], path
        assert_stands_well(page, path)


def test_of_half_a_page_nothing_is_shown(page: Page, studio: Studio):
    with urllib.request.urlopen(f"{studio.url}/contact/") as answer:
        html = answer.read()

    with in_two_halves(html) as (url, rest_may_come):
        page.goto(url, wait_until="commit")
        page.locator("h1").wait_for(state="attached")
        page.wait_for_timeout(200)
        assert page.evaluate(PAINTED) == 0

        rest_may_come.set()
        page.wait_for_function(f"{PAINTED} > 0")


def test_no_page_in_spanish_is_wider_than_a_small_phone(page: Page):
    page.set_viewport_size({"width": 320, "height": HEIGHT})

    for path in PAGES:
        page.goto(f"/es{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_what_is_chosen_stands_out_when_the_system_sets_the_colours(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto("/sessions/?style=bar")
    style = page.locator(".chips")
    assert looks(style.locator("[aria-current]")) != looks(style.locator("a").first)

    page.goto("/book/downtown/bar-60/")
    day = page.locator(".calendar td")
    assert looks(day.locator("[aria-current=date]")) != looks(day.locator("a").last)
    step = page.locator(".steps li")
    assert looks(step.nth(1)) != looks(step.nth(2))


@contextmanager
def in_two_halves(html: bytes) -> Iterator[tuple[str, threading.Event]]:
    """Where a page is sent up to the end of its heading, and the rest once it may come."""

    class Halves(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_page = self.path == "/"
            self.send_response(200 if is_page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if is_page:
                self.wfile.write(html[:middle])
                rest_may_come.wait()
                self.wfile.write(html[middle:])

    middle = html.index(b"</h1>")
    rest_may_come = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Halves) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", rest_may_come
        finally:
            rest_may_come.set()
            server.shutdown()


def looks(element: Locator) -> str:
    """What tells it from others of its kind."""
    seen: str = element.evaluate(LOOKS)
    return seen


def assert_is_light(path: str, studio: Studio, answers: list[Response]) -> None:
    """All that a page loads is ours, small, and kept for good."""
    bytes_of = {each.url: each.request.sizes()["responseBodySize"] for each in answers}
    scripts = {url: size for url, size in bytes_of.items() if url.endswith(".js")}
    assert [url for url in bytes_of if not url.startswith(studio.url)] == [], path
    assert sum(bytes_of.values()) <= MOST_BYTES, (path, bytes_of)
    assert sum(scripts.values()) <= MOST_BYTES_OF_SCRIPT, (path, scripts)
    for answer in answers:
        if answer.url.startswith(f"{studio.url}/static/"):
            assert "immutable" in answer.headers["cache-control"], answer.url
            is_text = answer.url.endswith((".css", ".js", ".svg", ".vtt"))
            packed = answer.headers.get("content-encoding")
            assert packed in (("br", "gzip") if is_text else (None,)), answer.url
