"""The whole way of a client in a real browser: book, move, cancel, and think better of it."""

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.forking import manage, running_studio
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS, copied
from tests.journeys.keyboard import tab_to
from tests.journeys.looking import (
    HEIGHT,
    NOTE_SHIFTS,
    PHONE_WIDTH,
    assert_stands_well,
    assert_steady,
)
from tests.serving import Studio, environment

FILL_THE_DAY = """
from bookings.models import SessionType
from studio.premises.models import Location, Room
from tests.bookings.domain.asking import booked
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import Bookable
from therapists.models import Therapist
rows = (model.objects.get() for model in (Location, Room, Therapist, SessionType))
studio = Bookable(*rows)
for hour in range(9, 17):
    booked(studio, f"2026-08-25 {hour:02}:00", now=SEVEN_ON_MONDAY)
"""
CANCEL_ONE_AND_WORK = """
from django.core.management import call_command
from bookings.domain.callers import CLOCK
from bookings.domain.cancelling import cancel
from bookings.models import Booking
from tests.bookings.domain.waitlist.waiting import FOR_GOOD
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import at
booking = Booking.objects.get(starts_at=at("2026-08-25 15:00"))
cancel(booking, caller=CLOCK, now=SEVEN_ON_MONDAY - FOR_GOOD)
call_command("sendnotifications", "--once")
"""

PHONE = {"viewport": {"width": PHONE_WIDTH, "height": HEIGHT}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the studio of all tests here is kept."""
    return tmp_path_factory.mktemp("booking")


@pytest.fixture(scope="module")
def studio(furnished: Path, static_files: Path, directory: Path) -> Iterator[Studio]:
    """One server for all tests here: each has days of August of its own."""
    url = copied(furnished, directory)
    with running_studio(url, directory / "data", static_files, **SETTINGS) as running:
        yield running


@pytest.fixture
def meanwhile(studio: Studio, directory: Path) -> Callable[[str], object]:
    """Do something in the studio that no page does."""
    url = f"sqlite:///{directory}/journey.sqlite3"
    env = environment(url, directory / "data", BASE_URL=studio.url, **SETTINGS)
    return lambda work: manage("shell", "-v0", "-c", work, env=env)


@pytest.fixture
def open_page(browser: Browser, studio: Studio) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own, in Denver; `open_page(java_script_enabled=False)`."""
    contexts = []

    def open_(**options: object) -> Page:
        options.setdefault("timezone_id", "America/Denver")
        contexts.append(browser.new_context(base_url=studio.url, **options))  # type: ignore[arg-type]  # any of its options
        return contexts[-1].new_page()

    yield open_
    for context in contexts:
        context.close()


def the_way(page: Page, rival: Page, *, thursday: int) -> Iterator[str]:
    """Walk from the menu to a booking and on, and stop at each step of this week of August.

    `rival` takes a time away.
    """
    friday = thursday + 1
    page.goto("/sessions/")
    page.get_by_role("link", name="Session-1", exact=True).click()
    expect(page.get_by_role("heading", name="Who gives it")).to_be_visible()
    yield "the session"
    page.get_by_role("link", name="Book", exact=True).click()
    expect(page.get_by_role("heading", name="Which session?")).to_be_visible()
    yield "choosing a session"
    page.get_by_role("link", name="Session-1").click()
    page.get_by_role("link", name=f"Thursday, August {thursday}").click()
    expect(page.get_by_role("heading", name=f"Thursday, August {thursday}")).to_be_visible()
    yield "choosing a time"

    rival.goto(page.url)
    rival.get_by_role("button", name="10 a.m.").click()
    expect(rival.get_by_role("heading", name="Your details")).to_be_visible()
    page.get_by_role("button", name="10 a.m.").click()
    expect(page.get_by_role("alert")).to_contain_text("this time has just gone")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)  # it is dimmed while it loads
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
    expect(page.locator("main")).to_contain_text(f"Thursday, Aug. {thursday}, 2026, 11 a.m.")
    yield "booked"

    page.get_by_role("link", name="Move it").click()
    expect(page.get_by_role("heading", name="Move your session")).to_be_visible()
    yield "moving"
    page.get_by_role("link", name=f"Friday, August {friday}").click()
    expect(page.get_by_role("heading", name=f"Friday, August {friday}")).to_be_visible()
    page.get_by_role("button", name="2:30 p.m.", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Your session has been moved.")
    expect(page.locator("main")).to_contain_text(f"Friday, Aug. {friday}, 2026, 2:30 p.m.")
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
    page.get_by_role("link", name="Book the same again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Session-1")
    expect(page).to_have_url(re.compile(rf"day=2026-08-{friday + 7:02}"))
    yield "the same again"


def test_a_session_is_booked_moved_and_cancelled_without_a_script(
    open_page: Callable[..., Page],
) -> None:
    stops = list(the_way(open_page(java_script_enabled=False), open_page(), thursday=6))

    assert stops[-1] == "the same again"


def test_every_step_is_steady_and_for_everybody(
    open_page: Callable[..., Page], studio: Studio
) -> None:
    page = open_page(viewport=PHONE["viewport"], reduced_motion="reduce")
    asked, complaints = [], []
    page.add_init_script(NOTE_SHIFTS)
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    for stop in the_way(page, open_page(), thursday=13):
        assert_stands_well(page, stop)

    assert [url for url in asked if not url.startswith(studio.url)] == []
    assert [words for words in complaints if "the server responded" not in words] == []


def test_a_session_is_booked_on_a_phone_without_a_script(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False, **PHONE)
    page.goto("/")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu").tap()
    menu.get_by_role("link", name="Questions").tap()
    expect(page).to_have_url("/questions/")

    page.goto("/book/location-1/session-1/?day=2026-08-27")
    page.get_by_role("button", name="10 a.m.").tap()
    page.get_by_label("Your name").fill("Robin Client")
    page.get_by_label("E-mail").fill("robin@example.org")
    page.get_by_role("button", name="Book this session").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")


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
    follow("Thursday, August 20", "Thursday, August 20")
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
    tap("link", "Friday, August 21")
    expect(page.get_by_role("heading", name="Friday, August 21")).to_be_visible()
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


def test_a_session_is_booked_in_spanish_and_back_sends_nothing_again(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(locale="es-US", **PHONE)
    page.goto("/es/book/location-1/session-1/?day=2026-08-18")
    page.get_by_role("link", name="miércoles, 19 de agosto").tap()
    expect(page.get_by_role("heading", name="miércoles, 19 de agosto")).to_be_visible()
    page.get_by_role("button", name="2:30 p.m.", exact=True).tap()
    expect(page.get_by_role("heading", name="Tus datos")).to_be_visible()
    page.get_by_label("Tu nombre").fill("Robin Client")
    page.get_by_role("button", name="Reservar esta sesión").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Correo electrónico").fill("robin@example.org")
    page.get_by_role("button", name="Reservar esta sesión").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmada")
    expect(page.locator("main")).to_contain_text("miércoles, 19 de agosto de 2026, 2:30 p.m.")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmada")


def test_without_a_connection_the_page_stays_and_says_so(open_page: Callable[..., Page]) -> None:
    page = open_page(**PHONE)
    page.goto("/book/location-1/session-1/?day=2026-08-19")
    page.context.set_offline(True)

    page.get_by_role("link", name="Therapist-1").tap()

    expect(page.get_by_role("alert")).to_contain_text("You are offline")
    expect(page.get_by_role("heading", name="Wednesday, August 19")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_who_changes_the_time_from_far_away_keeps_what_was_typed(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(timezone_id="Europe/Berlin", **PHONE)
    page.add_init_script(NOTE_SHIFTS)
    page.clock.install()
    page.goto("/book/location-1/session-1/?day=2026-08-28")
    assert_steady(page, "the times, far away")
    page.get_by_role("button", name="10 a.m. your time: 6 p.m.", exact=True).tap()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    expect(page.locator("main")).to_contain_text("your time: 6 p.m.")
    assert_steady(page, "the details, far away")
    page.get_by_label("Your name").fill("Robin Client")
    page.get_by_label("E-mail").fill("robin@example.org")
    page.get_by_label("Anything we should know?").fill("A secret.")

    page.get_by_role("link", name="Choose another time").tap()
    expect(page.locator("main")).to_contain_text("You are holding a time")
    page.get_by_role("button", name="4 p.m.").tap()

    expect(page.locator("main")).to_contain_text("your time: Sat midnight")
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
    assert_steady(page, "a hold that ran out, far away")
    expect(page.get_by_label("Your name")).to_have_value("Robin Client")

    page.get_by_role("button", name="Book this session").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    page.wait_for_function("sessionStorage.length === 0")


def link_in_the_mail(directory: Path, *, to: str) -> str:
    """Where the one mail leads that somebody got."""
    mails = [
        message_from_bytes(file.read_bytes(), policy=default)
        for file in (directory / "data" / "mail").iterdir()
    ]
    [mail] = [each for each in mails if each["To"] == to]
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"http\S+", body.get_content())
    assert found is not None
    return found[0]


def test_who_waits_takes_the_place_that_opens(
    open_page: Callable[..., Page], meanwhile: Callable[[str], object], directory: Path
) -> None:
    meanwhile(FILL_THE_DAY)
    page = open_page(**PHONE)
    page.goto("/book/location-1/session-1/?day=2026-08-25")
    expect(page.get_by_role("heading", name="Nothing is free on")).to_be_visible()
    page.get_by_role("link", name="Wait for a place").tap()
    page.get_by_label("From").fill("2026-08-25")
    page.get_by_label("Until").fill("2026-08-25")
    page.get_by_label("Afternoon").check()
    assert_accessible(page, "joining the waitlist")
    page.get_by_label("Your name").fill("Wanda Waits")
    page.get_by_label("E-mail").fill("wanda@example.org")
    page.get_by_role("button", name="Join the waitlist").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are waiting for a place")
    assert_accessible(page, "waiting")

    meanwhile(CANCEL_ONE_AND_WORK)
    page.goto(link_in_the_mail(directory, to="wanda@example.org"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A place is held for you")
    expect(page.locator("main")).to_contain_text("Tuesday, Aug. 25, 2026, 3 p.m.")
    expect(page.locator("[data-part=left]")).to_have_text(re.compile(r"^(2|1):\d\d:\d\d left$"))
    assert_accessible(page, "an offer")

    page.get_by_role("button", name="Take this time").tap()
    expect(page.locator("main")).to_contain_text("wanda@example.org")
    page.get_by_role("button", name="Book this session").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
