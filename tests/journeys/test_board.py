"""The day board in a real browser, under the real content security policy."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import PASSWORD, SETTINGS
from tests.serving import Studio, environment

STUDIO = """
from bookings.domain.staff import Role, create_staff
from bookings.models import SessionType
from studio.premises.models import Location, Room
from tests.bookings.domain.asking import booked
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.factories import Bookable
from therapists.models import Therapist
first = Therapist.objects.get(slug="therapist-1")
studio = Bookable(Location.objects.get(), Room.objects.first(), first, SessionType.objects.get())
"""
TWO_AT_WORK = """
add_therapist(studio, "zoe")
add_room(studio, "room-2")
booked(studio, "2026-08-03 10:00", therapist=first)
"""
ELEVEN_WITH_ZOE = """
booked(studio, "2026-08-03 11:00", therapist=Therapist.objects.get(slug="zoe"))
"""
ZOES_ACCOUNT = f"""
create_staff("zoe", "{PASSWORD}", Role.THERAPIST, therapist=Therapist.objects.get(slug="zoe"))
"""


@pytest.fixture
def run(studio: Studio, tmp_path: Path) -> Callable[[str], str]:
    """Run Python beside the server, as a second process."""
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    return lambda code: manage("shell", "-v0", "-c", STUDIO + code, env=env)


def look_again(page: Page) -> None:
    """What the page does every ten seconds, and when somebody comes back to it."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_board_follows_the_day_and_leaves_the_focus_alone(desk, run, complaints):
    run(TWO_AT_WORK)
    desk.goto("/admin/")
    mine = desk.locator("[data-column=therapist-1] .board-session")
    mine.focus()

    run(ELEVEN_WITH_ZOE)
    look_again(desk)

    expect(desk.locator("[data-column=zoe] .board-session")).to_contain_text("11:00–12:00")
    expect(desk.locator(".board-news")).to_have_text("The board has just changed.")
    expect(mine).to_be_focused()
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        assert_accessible(desk, scheme)

    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("link", name="Book 10:00 with Zoe")).to_be_focused()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("b")
    expect(desk).to_have_url(
        "/admin/book/?location=location-1&start=2026-08-03T10:15&therapist=zoe"
    )
    assert complaints == []


def test_p2_a_therapist_sees_only_her_own_day(
    browser: Browser, studio: Studio, run: Callable[[str], str]
) -> None:
    run(TWO_AT_WORK + ELEVEN_WITH_ZOE + ZOES_ACCOUNT)
    page = browser.new_context(base_url=studio.url).new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("zoe")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.locator(".board-column")).to_have_count(1)
    expect(page.locator(".board-session")).to_have_count(1)
    expect(page.locator(".board-session")).to_contain_text("11:00–12:00")
    assert_accessible(page, "her day")

    page.get_by_role("link", name="Next day").click()
    expect(page).to_have_url(re.compile("date=2026-08-04"))
    page.get_by_role("link", name="Next day").click()
    expect(page.locator(".board")).to_contain_text("shown from yesterday until tomorrow")
    page.context.close()
