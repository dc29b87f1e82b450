"""The booking on a page of somebody else, which another server serves from another origin."""

import functools
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.forking import manage
from tests.journeys.conftest import SETTINGS
from tests.journeys.looking import HEIGHT, NOTE_SHIFTS, PHONE_WIDTH, assert_stands_well
from tests.serving import ROOT, Studio, environment

EXAMPLE = ROOT / "docs" / "embed"
SEVEN_ON_MONDAY = "2026-08-03T13:00:00Z"
ELEVEN_MINUTES_LATER = "2026-08-03T13:11:00Z"
MOST_BYTES_OF_SCRIPT = 30_000

ASK = """
from tests.bookings.domain.health.answering import usual_questions
usual_questions()
"""
NOTE_BOOKED = """
    window.told = [];
    document.addEventListener("ashiatsu-booked", ({ detail }) => window.told.push(detail));
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another origin, and the directory with what it serves."""
    directory = tmp_path / "elsewhere"
    directory.mkdir()
    handler = functools.partial(Quiet, directory=str(directory))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", directory
        server.shutdown()


@pytest.fixture
def start(
    bookable: str,
    elsewhere: tuple[str, Path],
    start_studio: Callable[..., AbstractContextManager[Studio]],
) -> Callable[..., AbstractContextManager[Studio]]:
    """Start the studio, and write the example page for it: `start(CORS_ORIGINS=...)`."""

    def start_(**settings: str) -> AbstractContextManager[Studio]:
        return start_studio(bookable, **SETTINGS, **settings)

    return start_


def write_page(directory: Path, studio: Studio, attributes: str = 'location="location-1"') -> None:
    """The example of the documentation, for this studio."""
    copytree(EXAMPLE, directory, dirs_exist_ok=True)
    page = directory / "index.html"
    text = page.read_text().replace("http://127.0.0.1:8000", studio.url)
    page.write_text(text.replace('location="downtown"', attributes))


def open_page(browser: Browser, url: str, **options: object) -> Page:
    """A page whose clock shows what the studio's does."""
    context = browser.new_context(base_url=url, **options)  # type: ignore[arg-type]  # any of its options
    page = context.new_page()
    page.clock.set_fixed_time(SEVEN_ON_MONDAY)
    page.add_init_script(NOTE_BOOKED)
    page.add_init_script(NOTE_SHIFTS)
    return page


def hold(studio: Studio, starts_at: str) -> None:
    """Somebody else is quicker."""
    wish = {"location": "location-1", "session_type": "session-1", "starts_at": starts_at}
    request = urllib.request.Request(
        f"{studio.url}/api/v1/bookings/",
        json.dumps({**wish, "hold": True}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 201


def element(page: Page) -> Locator:
    """The booking."""
    return page.locator("ashiatsu-booking")


def test_a_session_is_booked_on_a_page_of_another_origin(browser, start, elsewhere):
    origin, directory = elsewhere
    asked: list[str] = []
    complaints: list[str] = []
    scripts: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.url.endswith(".js"):
            scripts[response.url] = int(response.headers.get("content-length", "0"))

    with start(CORS_ORIGINS=origin) as studio:
        write_page(directory, studio)
        page = open_page(browser, origin, viewport={"width": PHONE_WIDTH, "height": HEIGHT})
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", weigh)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        booking = element(page)
        page.goto("/")

        expect(booking.get_by_role("heading", name="Which session?")).to_be_visible()
        expect(page.locator("body")).to_be_focused()
        assert_stands_well(page, "the sessions")
        booking.get_by_role("button", name="Session-1").click()
        expect(booking.get_by_role("heading", name="When?")).to_be_focused()
        booking.get_by_role("button", name="Thursday, August 6").click()
        expect(booking.get_by_role("heading", name="Thursday, August 6")).to_be_focused()
        assert_stands_well(page, "the times")

        hold(studio, "2026-08-06T10:00:00-06:00")
        booking.get_by_role("button", name="10:00 AM").click()
        lost = booking.get_by_role("alert")
        expect(lost).to_contain_text("this time has just gone")
        expect(lost).to_be_focused()
        assert_stands_well(page, "a lost time")
        lost.get_by_role("button", name="Thursday, August 6 at 11:00 AM MDT").click()
        expect(booking.get_by_role("heading", name="Your details")).to_be_focused()
        expect(booking).to_contain_text("Held for you until 7:10 AM (studio time).")
        expect(booking.get_by_role("timer")).to_have_text("10:00 left")

        booking.get_by_role("button", name="Choose another time").click()
        booking.get_by_role("button", name="11:15 AM").click()
        expect(booking).to_contain_text("Thursday, August 6 at 11:15 AM MDT")
        booking.get_by_label("Your name").fill("Robin Client")
        booking.get_by_label("Phone").fill("by pigeon")
        booking.get_by_role("button", name="Book this session").click()
        expect(booking.get_by_label("E-mail")).to_be_focused()
        expect(booking.get_by_label("E-mail")).to_have_accessible_description(
            "Give an e-mail address such as robin@example.org. Only about your appointment."
        )
        booking.get_by_label("E-mail").fill("robin@example.org")
        booking.get_by_role("button", name="Book this session").click()
        expect(booking.get_by_label("Phone")).to_be_focused()
        assert_stands_well(page, "a mistake in the details")
        booking.get_by_label("Phone").fill("+1 303 555 0142")
        booking.get_by_role("button", name="Book this session").dblclick()

        expect(booking.get_by_role("heading", name="Confirmed")).to_be_focused()
        expect(booking.get_by_role("link", name="Add it to your calendar")).to_be_visible()
        assert_stands_well(page, "booked")
        reference = booking.locator("h3").inner_text().removeprefix("Booking ")
        told, cookies = page.evaluate("window.told"), page.context.cookies()
        page.context.close()

    assert told == [{"reference": reference, "starts_at": "2026-08-06T11:15:00-06:00"}]
    assert cookies == []
    assert [url for url in asked if not url.startswith((origin, studio.url))] == []
    assert [words for words in complaints if "status of 4" not in words] == []
    assert 0 < sum(scripts.values()) < MOST_BYTES_OF_SCRIPT


def test_a_hold_that_ran_out_is_booked_in_spanish_from_far_away_and_leads_to_the_questions(
    browser, start, elsewhere, bookable, tmp_path
):
    origin, directory = elsewhere
    manage(*("shell", "-v0", "-c", ASK), env=environment(bookable, tmp_path / "data", **SETTINGS))
    with start(CORS_ORIGINS=origin) as studio:
        write_page(directory, studio, 'lang="es-MX" session-type="session-1"')
        page = open_page(browser, origin, timezone_id="Asia/Tokyo")
        booking = element(page)
        page.goto("/")

        expect(booking.get_by_role("heading", name="¿Cuándo?")).to_be_visible()
        booking.get_by_role("button", name="miércoles, 5 de agosto").click()
        booking.get_by_role("button", name="9:00 a.m. Tu hora: jue").click()
        expect(booking.get_by_role("timer")).to_have_text("Quedan 10:00")
        page.clock.set_fixed_time(ELEVEN_MINUTES_LATER)
        expect(booking).to_contain_text("Esta hora ya no está apartada para ti.")
        assert_stands_well(page, "a hold that ran out")
        booking.get_by_label("Tu nombre").fill("Robin Client")
        booking.get_by_label("Correo electrónico").fill("robin@example.org")
        booking.get_by_role("button", name="Reservar esta sesión").click()

        expect(booking.get_by_role("heading", name="Recibida")).to_be_visible()
        expect(booking).to_contain_text("Falta un paso")
        assert_stands_well(page, "received, with questions")
        link = booking.get_by_role("link", name="Cambiarla o cancelarla").get_attribute("href")
        with page.expect_popup() as opened:
            booking.get_by_role("link", name="Responder las preguntas").click()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Tu salud")
        answers = opened.value.url
        page.context.close()

    assert link is not None
    assert link.startswith(f"{studio.url}/es/manage/")
    assert answers == f"{link}answers/"


def test_a_page_that_the_studio_does_not_know_gets_a_link(browser, start, elsewhere):
    origin, directory = elsewhere
    said: list[str] = []
    with start() as studio:
        write_page(directory, studio)
        page = open_page(browser, origin)
        page.on("console", lambda message: said.append(message.text))
        page.goto("/")

        link = element(page).get_by_role("link", name="Book on the studio’s own page")
        expect(link).to_have_attribute("href", f"{studio.url}/book/")
        assert_stands_well(page, "the link")
        page.context.close()

    assert [words for words in said if "CORS_ORIGINS" in words and origin in words] != []
