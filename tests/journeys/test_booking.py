"""The whole way of a client in a real browser: book, move, cancel, and think better of it."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.keyboard import tab_to
from tests.serving import Studio

TO_READ = (
    "/",
    "/sessions/",
    "/therapists/",
    "/therapists/therapist-1/",
    "/locations/location-1/",
    "/privacy/",
    "/terms/",
)
"""Pages on which there is nothing to send."""


@pytest.fixture
def open_page(browser: Browser, studio: Studio) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own, in Denver; `open_page(java_script_enabled=False)`."""
    contexts = []

    def open_(**options: object) -> Page:
        options.setdefault("timezone_id", "America/Denver")
        contexts.append(browser.new_context(base_url=studio.url, **options))  # type: ignore[arg-type]  # any of its options
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        return page

    yield open_
    for context in contexts:
        context.close()


def the_way(page: Page, rival: Page) -> Iterator[str]:
    """Walk from the first page to the last, and stop at each; `rival` takes a time away."""
    for path in (*TO_READ, "/nowhere/"):
        page.goto(path)
        yield path
    page.goto("/book/location-1/session-1/?day=soon")
    yield "a query without sense"

    page.goto("/sessions/")
    page.get_by_role("link", name="Session-1", exact=True).click()
    expect(page.get_by_role("heading", name="Who gives it")).to_be_visible()
    yield "the session"
    page.get_by_role("link", name="Book", exact=True).click()
    expect(page.get_by_role("heading", name="Which session?")).to_be_visible()
    yield "choosing a session"
    page.get_by_role("link", name="Session-1").click()
    page.get_by_role("link", name="Thursday, August 6").click()
    expect(page.get_by_role("heading", name="Thursday, August 6")).to_be_visible()
    yield "choosing a time"

    rival.goto(page.url)
    rival.get_by_role("button", name="10 a.m.").click()
    page.get_by_role("button", name="10 a.m.").click()
    expect(page.get_by_role("alert")).to_contain_text("this time has just gone")
    expect(page.get_by_role("alert")).to_be_focused()
    yield "a lost time"
    page.get_by_role("alert").get_by_role("button", name="11 a.m.").click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Held for you until 7:10 a.m. (studio time)")
    yield "the details"

    page.get_by_label("Your name").fill("Robin Client")
    page.get_by_role("button", name="Book this session").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Robin Client")
    yield "a mistake in the details"
    page.get_by_role("link", name="Give an e-mail address.").click()
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.get_by_label("E-mail").fill("robin@example.org")
    page.get_by_label("Firm").check()
    page.get_by_role("button", name="Book this session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    expect(page.locator("main")).to_contain_text("Thursday, Aug. 6, 2026, 11 a.m.")
    yield "booked"

    page.get_by_role("link", name="Move it").click()
    expect(page.get_by_role("heading", name="Move your session")).to_be_visible()
    yield "moving"
    page.get_by_role("link", name="Friday, August 7").click()
    expect(page.get_by_role("heading", name="Friday, August 7")).to_be_visible()
    page.get_by_role("button", name="2:30 p.m.", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Your session has been moved.")
    expect(page.locator("main")).to_contain_text("Friday, Aug. 7, 2026, 2:30 p.m.")
    yield "moved"

    page.get_by_role("link", name="Cancel it").click()
    expect(page.locator("main")).to_contain_text("Cancelling now is free of charge.")
    yield "cancelling"
    page.get_by_label("Why?").fill("A cold")
    page.get_by_role("button", name="Cancel this session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cancelled")
    yield "cancelled"
    page.get_by_role("button", name="Undo the cancellation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    yield "undone"


@pytest.mark.parametrize("has_scripts", [False, True])
def test_a_session_is_booked_moved_and_cancelled(
    open_page: Callable[..., Page], studio: Studio, has_scripts: bool
) -> None:
    page, asked, complaints = open_page(java_script_enabled=has_scripts), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    stops = list(the_way(page, open_page()))

    assert stops[-1] == "undone"
    assert [url for url in asked if not url.startswith(studio.url)] == []
    assert [words for words in complaints if "the server responded" not in words] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(color_scheme=scheme)

    for stop in the_way(page, open_page()):
        assert_accessible(page, stop)


def test_no_page_is_wider_than_a_small_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 640})

    widths = {
        stop: page.evaluate("document.documentElement.scrollWidth")
        for stop in the_way(page, open_page())
    }

    assert {stop: width for stop, width in widths.items() if width > 320} == {}


def test_the_menu_of_a_phone_opens_without_a_script(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_hidden()

    page.get_by_role("button", name="Menu").click()
    menu.get_by_role("link", name="Questions").click()

    expect(page).to_have_url("/questions/")


def test_a_session_is_booked_and_cancelled_with_the_keyboard_alone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()

    def follow(name: str, heading: str) -> None:
        """Go to a link or a button, press Enter, and wait for the page that comes."""
        tab_to(page, name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()

    page.goto("/")
    follow("Skip to the content", "Massage with the feet")
    follow("Find a time", "Which session?")
    follow("Session-1", "With whom?")
    follow("Thursday, August 6", "Thursday, August 6")
    follow("10:15 a.m.", "Your details")
    tab_to(page, "Your name")
    page.keyboard.type("Robin Client")
    tab_to(page, "E-mail")
    page.keyboard.type("robin@example.org")
    tab_to(page, "Medium")
    page.keyboard.press("ArrowRight")
    follow("Book this session", "Confirmed")
    follow("Cancel it", "Cancel your session?")
    follow("Cancel this session", "Cancelled")


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_a_session_is_booked_in_eight_taps_with_two_fields(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(**PHONE)
    taps = []

    def tap(role: Literal["link", "button", "textbox"], name: str) -> None:
        page.get_by_role(role, name=name).tap()
        taps.append(name)

    page.goto("/")
    tap("link", "Find a time")
    tap("link", "Session-1")
    tap("link", "Friday, August 7")
    expect(page.get_by_role("heading", name="Friday, August 7")).to_be_visible()
    tap("button", "10 a.m.")
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    required = page.locator("form [required]:not([type=radio])").count()
    tap("textbox", "Your name")
    page.get_by_label("Your name").fill("Robin Client")
    tap("textbox", "E-mail")
    page.get_by_label("E-mail").fill("robin@example.org")
    tap("button", "Book this session")

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    assert (len(taps), required) == (7, 2)  # one more where there are several places


def test_who_changes_the_time_from_far_away_keeps_what_was_typed(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(timezone_id="Europe/Berlin", **PHONE)
    page.clock.install()
    page.goto("/book/location-1/session-1/?day=2026-08-07")
    page.get_by_role("button", name="10 a.m. your time: 6:00 PM", exact=True).tap()
    expect(page.locator("main")).to_contain_text("your time: 6:00 PM")
    page.get_by_label("Your name").fill("Robin Client")
    page.get_by_label("E-mail").fill("robin@example.org")
    page.get_by_label("Anything we should know?").fill("A secret.")

    page.get_by_role("link", name="Choose another time").tap()
    expect(page.locator("main")).to_contain_text("You are holding a time")
    page.get_by_role("button", name="4 p.m.").tap()

    expect(page.locator("main")).to_contain_text("your time: Sat 12:00 AM")
    expect(page.get_by_label("Your name")).to_have_value("Robin Client")
    expect(page.get_by_label("E-mail")).to_have_value("robin@example.org")
    expect(page.get_by_label("Anything we should know?")).to_have_value("")

    said = page.locator("[data-part=said]")
    left = page.locator("[data-part=left]")
    expect(left).to_have_text(re.compile(r"^\d+:\d\d left$"))
    expect(said).to_have_text("")
    page.clock.fast_forward("05:00")
    expect(said).to_have_text("Your time is held for 5 minutes more.")
    page.clock.fast_forward("05:00")
    expect(page.locator("main")).to_contain_text("This time is no longer held for you.")
    expect(left).to_be_hidden()
    expect(page.get_by_label("Your name")).to_have_value("Robin Client")

    page.get_by_role("button", name="Book this session").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    assert page.evaluate("sessionStorage.length") == 0
