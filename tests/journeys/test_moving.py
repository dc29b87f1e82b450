"""Moving a booking on the day board, in a real browser and under the real security policy."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS
from tests.serving import Studio, environment

MAKE_DAY = """
from bookings.models import SessionType
from studio.premises.models import Location, Room
from tests.bookings.domain.asking import booked
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.factories import Bookable
from therapists.models import Therapist
rows = [model.objects.get() for model in (Location, Room, Therapist, SessionType)]
studio = Bookable(*rows)
add_therapist(studio, "zoe")
add_room(studio, "room-2")
booked(studio, "2026-08-03 10:00", therapist=studio.therapist)
"""

TAKE_NOON_WITH_ZOE = """
from bookings.domain.booking import book
from bookings.domain.requests import Details, Wish
from bookings.models import SessionType
from studio.premises.models import Location
from tests.bookings.domain.asking import ADA, NOW, RECEPTION, minute
from therapists.models import Therapist
place, session_type = Location.objects.get(), SessionType.objects.get()
zoe = Therapist.objects.get(slug="zoe")
wish = Wish(place, session_type, minute("2026-08-03 12:00"), zoe)
book(wish, Details(ADA), caller=RECEPTION, now=NOW)
"""


@pytest.fixture
def run(studio: Studio, tmp_path: Path) -> Callable[[str], str]:
    """Run Python beside the server, as a second process."""
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    return lambda code: manage("shell", "-v0", "-c", code, env=env)


@pytest.fixture
def board(desk: Page, run: Callable[[str], str]) -> Page:
    """The board of a Monday with one booking, at ten with Therapist-1."""
    run(MAKE_DAY)
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto("/admin/board/?date=2026-08-03")
    expect(booking_in(desk, "therapist-1")).to_contain_text("10:00")
    return desk


def booking_in(page: Page, column: str) -> Locator:
    return page.locator(f"[data-column={column}] .board-booking")


def news(page: Page) -> Locator:
    return page.locator(".board-news")


def box_of(found: Locator) -> FloatRect:
    """Where it is on the screen, in pixels."""
    box = found.bounding_box()
    assert box is not None
    return box


def test_a_booking_is_dragged_to_another_time_and_therapist(board, complaints):
    box = box_of(booking_in(board, "therapist-1"))
    there = box_of(board.locator("[data-column=zoe]"))
    x, y = box["x"] + 20, box["y"] + 20
    hour = box["height"]  # the session has no buffers

    board.mouse.move(x, y)
    board.mouse.down()
    board.mouse.move(there["x"] + 20, y + hour, steps=5)
    expect(news(board)).to_have_text("11:00, Zoe: ✓ Free. Stays in Room-1.")
    board.mouse.up()

    moved = booking_in(board, "zoe")
    expect(moved).to_contain_text("11:00")
    expect(moved.get_by_role("link")).to_be_focused()
    expect(news(board)).to_have_text("Moved to Mon 3 Aug 2026, 11:00 -06:00, with Zoe in Room-1.")
    moved.get_by_role("link").click()
    expect(board).to_have_url(re.compile("/admin/booking/"))
    assert complaints == []


def test_a_booking_is_moved_with_the_keyboard_alone_past_a_rule_too(board, complaints):
    keys = board.keyboard
    while not board.evaluate("document.activeElement.matches('.board-session')"):
        keys.press("Tab")
    link = booking_in(board, "therapist-1").get_by_role("link")
    expect(link).to_have_accessible_description("Press M to move it.")
    keys.press("m")
    expect(news(board)).to_contain_text("Ada L., Session-1 is picked up. Arrow keys move it")
    keys.press("ArrowRight")
    keys.press("Shift+ArrowDown")
    keys.press("ArrowDown")
    expect(news(board)).to_have_text("10:35, Zoe: ✓ Free. Stays in Room-1.")
    assert_accessible(board, "a booking in the hand")
    keys.press("Escape")
    expect(news(board)).to_have_text("It stays where it was.")
    expect(booking_in(board, "therapist-1").get_by_role("link")).to_be_focused()

    board.get_by_label("Tell the client").uncheck()
    booking_in(board, "therapist-1").get_by_role("link").focus()
    keys.press("Space")
    expect(news(board)).to_contain_text("is picked up")
    for _ in range(13):
        keys.press("Shift+ArrowDown")
    expect(news(board)).to_contain_text("16:30, Therapist-1: ! Only with a reason. The therapist")
    keys.press("Enter")
    expect(board.get_by_label("Why all the same?")).to_be_focused()
    assert_accessible(board, "the question for a reason")
    keys.type("She stays longer")
    keys.press("Enter")
    expect(booking_in(board, "therapist-1")).to_contain_text("16:30")
    expect(news(board)).to_contain_text("The client is not written to.")
    expect(board.get_by_label("Tell the client")).to_be_checked()
    expect(booking_in(board, "therapist-1").get_by_role("link")).to_be_focused()
    assert complaints == []


def test_a_lost_race_puts_it_back_and_says_so(board, run, complaints):
    board.get_by_role("button", name="Move a booking").click()
    booking_in(board, "therapist-1").click()
    expect(news(board)).to_contain_text("is picked up")
    board.get_by_role("button", name="Next column").click()
    for _ in range(4):
        board.keyboard.press("Shift+ArrowDown")
    expect(news(board)).to_have_text("12:00, Zoe: ✓ Free. Stays in Room-1.")

    run(TAKE_NOON_WITH_ZOE)
    board.get_by_role("button", name="Put it here").click()

    expect(news(board)).to_contain_text(
        "The therapist has another booking then. (S3) It stays where it was. Nearest free times:"
    )
    expect(booking_in(board, "zoe")).to_contain_text("12:00")
    expect(booking_in(board, "therapist-1")).to_contain_text("10:00")
    expect(booking_in(board, "therapist-1").get_by_role("link")).to_be_focused()
    assert [
        words for words in complaints if "the server responded with a status of 409" not in words
    ] == []
