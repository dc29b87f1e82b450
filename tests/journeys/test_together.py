"""Two together in a real browser: booked, moved, cancelled and taken back, both or neither."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.forking import manage
from tests.journeys.conftest import SETTINGS
from tests.journeys.looking import HEIGHT, NOTE_SHIFTS, PHONE_WIDTH, assert_stands_well
from tests.serving import Studio, environment

FOR_TWO = """
from bookings.models import SessionType
from studio.premises.models import Location, Room
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.factories import Bookable
from therapists.models import Therapist
rows = (model.objects.get() for model in (Location, Room, Therapist, SessionType))
studio = Bookable(*rows)
add_therapist(studio, "zoe")
studio.room.beside.add(add_room(studio, "other"))
"""
TAKE_TEN = """
from bookings.models import SessionType
from studio.premises.models import Location, Room
from tests.bookings.domain.asking import booked
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import Bookable
from therapists.models import Therapist
rows = (model.objects.first() for model in (Location, Room, Therapist, SessionType))
booked(Bookable(*rows), "2026-08-06 10:00", now=SEVEN_ON_MONDAY)
"""


@pytest.fixture
def meanwhile(studio: Studio, tmp_path: Path) -> Callable[[str], object]:
    """Do something in the studio that no page does."""
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    return lambda work: manage("shell", "-v0", "-c", work, env=env)


@pytest.fixture
def page(browser: Browser, studio: Studio) -> Page:
    """A phone in Denver."""
    context = browser.new_context(
        base_url=studio.url,
        timezone_id="America/Denver",
        reduced_motion="reduce",
        viewport={"width": PHONE_WIDTH, "height": HEIGHT},
    )
    page = context.new_page()
    page.add_init_script(NOTE_SHIFTS)
    return page


def test_two_book_move_cancel_and_think_better_of_it(
    page: Page, meanwhile: Callable[[str], object]
) -> None:
    meanwhile(FOR_TWO)
    page.goto("/book/location-1/session-1/?day=2026-08-06")
    page.get_by_role("link", name="Book two together").click()
    page.locator("summary", has_text="Both: Session-1").click()
    page.get_by_label("Only in rooms side by side").check()
    page.get_by_role("button", name="Show times for this").click()
    page.get_by_role("link", name="Thursday, August 6").click()
    expect(page.get_by_role("heading", name="Thursday, August 6")).to_be_visible()
    assert_stands_well(page, "choosing a time for two")

    meanwhile(TAKE_TEN)
    page.get_by_role("button", name="10 a.m.").click()
    expect(page.get_by_role("alert")).to_contain_text("this time has just gone")
    page.get_by_role("alert").get_by_role("button", name="11 a.m.").click()
    expect(page.locator("main")).to_contain_text("Held for you until 7:10 a.m. (studio time)")
    page.get_by_label("Your name").fill("Robin Client")
    page.get_by_label("E-mail", exact=True).fill("robin@example.org")
    page.get_by_role("button", name="Book both sessions").click()
    page.get_by_role("link", name="Tell us the name of who comes with you.").click()
    expect(page.get_by_label("Who comes with you?")).to_be_focused()
    assert_stands_well(page, "the details of two")
    page.get_by_label("Who comes with you?").fill("Sam Client")
    page.get_by_role("button", name="Book both sessions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    expect(page.get_by_role("heading", name="Two together")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Your rooms are side by side.")
    assert_stands_well(page, "booked for two")

    page.get_by_role("link", name="Move both").click()
    page.get_by_role("link", name="Friday, August 7").click()
    page.get_by_role("button", name="2:30 p.m.", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Both sessions have been moved.")
    expect(page.locator("main")).to_contain_text("Friday, Aug. 7, 2026, 2:30 p.m.")
    page.get_by_role("link", name="Move both").click()
    expect(page.get_by_role("link", name="Leave it as it is")).to_be_visible()
    assert_stands_well(page, "moving two")
    page.get_by_role("link", name="Leave it as it is").click()

    page.get_by_role("link", name="Cancel it").click()
    expect(page.get_by_role("button", name="Cancel both sessions")).to_be_visible()
    assert_stands_well(page, "cancelling two")
    page.get_by_role("button", name="Cancel both sessions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cancelled")
    page.get_by_role("button", name="Undo both cancellations").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    page.get_by_role("link", name="See the other booking").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    expect(page.locator("main")).to_contain_text("Robin Client")
