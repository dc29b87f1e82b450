"""The health questions as clients meet them: booking, on a tablet at the desk, by the link."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.forking import manage, running_studio
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import PASSWORD, SETTINGS, copied
from tests.journeys.looking import (
    HEIGHT,
    NOTE_SHIFTS,
    PHONE_WIDTH,
    assert_for_everybody,
    assert_stands_well,
)
from tests.serving import Studio, environment

ASK = """
from tests.bookings.domain.health.answering import DAY, OTHER, SURGERY
from tests.factories import make_questionnaire
make_questionnaire(SURGERY, *({"key": f"question_{number}"} for number in range(7)), OTHER, DAY)
"""
BOOK = """
from bookings.domain.links import manage_token
from bookings.models import Booking
from studio.premises.models import Location, Room
from tests.bookings.domain.asking import ADA, booked
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import Bookable
from bookings.models import SessionType
from therapists.models import Therapist
rows = (model.objects.get() for model in (Location, Room, Therapist, SessionType))
made = booked(Bookable(*rows), "2026-08-04 12:00", now=SEVEN_ON_MONDAY)
print(f"{made.reference}/{manage_token(made)}")
"""
DARK_PHONE = {"width": 320, "height": HEIGHT}
TABLET = {"width": 768, "height": 1024}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the studio of all tests here is kept."""
    return tmp_path_factory.mktemp("health")


@pytest.fixture(scope="module")
def shell(furnished: Path, directory: Path) -> Callable[[str], str]:
    """Runs code in the studio, beside the server; it asks nine questions at booking."""
    env = environment(copied(furnished, directory), directory / "data", **SETTINGS)

    def run(code: str) -> str:
        return manage("shell", "-v0", "-c", code, env=env)

    run(ASK)
    return run


@pytest.fixture(scope="module")
def studio(shell: object, static_files: Path, directory: Path) -> Iterator[Studio]:
    """One server for all tests here."""
    url = f"sqlite:///{directory}/journey.sqlite3"
    with running_studio(url, directory / "data", static_files, **SETTINGS) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, studio: Studio) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own, in Denver."""
    contexts = []

    def open_(**options: object) -> Page:
        options = {"timezone_id": "America/Denver", "reduced_motion": "reduce"} | options
        contexts.append(browser.new_context(base_url=studio.url, **options))  # type: ignore[arg-type]  # any of its options
        return contexts[-1].new_page()

    yield open_
    for context in contexts:
        context.close()


def part(page: Page, number: int, of: int = 3) -> None:
    """Wait for one of the screens."""
    expect(page.get_by_role("heading", name=f"Part {number} of {of}")).to_be_visible()


def test_the_questions_add_six_taps_and_nothing_is_lost_by_going_back(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": PHONE_WIDTH, "height": HEIGHT}, has_touch=True)
    page.add_init_script(NOTE_SHIFTS)
    page.goto("/book/location-1/session-1/?day=2026-08-07")
    page.get_by_role("button", name="10 a.m.", exact=True).tap()
    page.get_by_label("Your name").fill("Robin Client")
    page.get_by_label("E-mail").fill("robin@example.org")
    page.get_by_role("button", name="Go on to the health questions").tap()  # instead of booking

    part(page, 1)
    assert_stands_well(page, "the first questions")
    page.get_by_role("button", name="Next").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    surgery = page.get_by_role("group", name="Surgery?")
    surgery.get_by_label("Yes").check()
    page.get_by_label("If yes: when was it?").fill("2020-05-01")
    expect(surgery.get_by_text("This is still open.")).to_be_hidden()
    assert_stands_well(page, "a mistake in the questions")
    page.get_by_role("button", name="No to the rest").tap()
    part(page, 2)
    page.get_by_role("button", name="No to all of these").tap()
    part(page, 3)
    assert_stands_well(page, "the last question")

    page.go_back()
    part(page, 2)
    expect(page.locator("[value=no]:checked")).to_have_count(4)
    page.go_back()
    part(page, 1)
    page.reload()
    part(page, 1)
    expect(page.get_by_label("If yes: when was it?")).to_have_value("2020-05-01")
    page.go_back()  # to where the mistake had not been pointed out yet
    part(page, 1)
    page.go_back()
    expect(page.get_by_label("Your name")).to_have_value("Robin Client")
    page.get_by_role("button", name="Go on to the health questions").tap()
    part(page, 3)
    page.get_by_label("I agree that the studio keeps").check()
    page.get_by_role("button", name="Book this session").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    page.wait_for_function("sessionStorage.length === 0")


def test_a_session_is_booked_in_eleven_taps_with_the_questions(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": PHONE_WIDTH, "height": HEIGHT}, has_touch=True)
    taps = []

    def tap(name: str) -> None:
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).or_(
            page.get_by_role("textbox", name=name)
        ).or_(page.get_by_role("checkbox", name=name)).first.tap()
        taps.append(name)

    page.goto("/")
    tap("Find a time")
    tap("Session-1")
    tap("Friday, August 14")
    expect(page.get_by_role("heading", name="Friday, August 14")).to_be_visible()
    tap("10 a.m.")
    tap("Your name")
    page.keyboard.type("Robin Client")
    tap("E-mail")
    page.keyboard.type("robin@example.org")
    tap("Go on to the health questions")
    for number in (1, 2):
        part(page, number)
        tap("No to all of these")
    part(page, 3)
    required = page.locator("form [required]:not([type=radio])").count()
    tap("I agree")
    tap("Book this session")

    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    assert (len(taps), required) == (11, 1)


def test_h5_what_is_open_is_answered_on_a_tablet_which_then_shows_nothing(
    open_page: Callable[..., Page], shell: Callable[[str], str]
) -> None:
    address = shell(BOOK).split()[-1]
    reference = address.partition("/")[0]
    client = open_page(viewport=DARK_PHONE, color_scheme="dark")
    client.goto(f"/manage/{address}/")
    assert_accessible(client, "a booking whose questions are open")
    client.get_by_role("link", name="Answer the questions").click()
    part(client, 1, of=4)
    assert_for_everybody(client, "the questions by the link")

    page = open_page(viewport=TABLET)
    page.goto("/admin/")
    page.get_by_label("Username").fill("robin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".board-scroll")).to_be_visible()
    page.goto(f"/admin/booking/{reference}/")
    page.get_by_role("button", name="Open on this tablet").click()
    part(page, 1, of=4)
    assert_for_everybody(page, "the tablet")
    for number in (1, 2):
        part(page, number, of=4)
        page.get_by_role("button", name="No to all of these").click()
    part(page, 3, of=4)
    page.get_by_role("button", name="Next").click()
    part(page, 4, of=4)
    page.get_by_role("group", name="Pain killers?").get_by_label("No", exact=True).check()
    page.get_by_label("I agree that the studio keeps").check()
    page.get_by_role("button", name="Send these answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert_for_everybody(page, "the tablet afterwards")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is open here")
    page.goto(f"/admin/booking/{reference}/")
    expect(page.get_by_label("Password")).to_be_visible()
    client.goto(f"/manage/{address}/")
    expect(client.get_by_role("heading", level=1)).to_have_text("Confirmed")


def test_h4_is_it_for_me_is_for_everybody(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=DARK_PHONE, color_scheme="dark")
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Is it for me?").click()
    for number in (1, 2):
        part(page, number)
        page.get_by_role("button", name="No to all of these").click()
    part(page, 3)
    page.get_by_role("button", name="See what that means").click()

    expect(page.get_by_role("heading", name="Nothing you said speaks against it")).to_be_visible()
    assert_for_everybody(page, "what it comes to")
