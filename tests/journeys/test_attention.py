"""A therapist calls in ill, and her clients of tomorrow are given to others, in a real browser."""

from playwright.sync_api import Page, expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS
from tests.serving import environment

MAKE_TOMORROW = """
from bookings.models import SessionType
from studio.premises.models import Location, Room
from tests.bookings.domain.asking import booked
from tests.bookings.domain.bookable.test_assignment import add_therapist
from tests.factories import Bookable
from therapists.models import Therapist
rows = [model.objects.get() for model in (Location, Room, Therapist, SessionType)]
studio = Bookable(*rows)
add_therapist(studio, "zoe", time_from="10:00")
for hour in ("09", "10", "12", "14"):
    booked(studio, f"2026-08-04 {hour}:00", therapist=studio.therapist)
"""


def lines(page: Page):
    return page.locator(".attention-line")


def number(page: Page):
    return page.locator(".desk-count")


def test_a_therapist_is_ill_tomorrow_and_her_clients_are_placed_anew(desk, complaints, tmp_path):
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    manage("shell", "-v0", "-c", MAKE_TOMORROW, env=env)
    desk.set_viewport_size({"width": 1024, "height": 800})

    desk.goto("/admin/therapists/timeoff/add/")
    expect(number(desk)).to_be_hidden()
    desk.get_by_label("Therapist:").select_option("Therapist-1")
    desk.get_by_label("From:").fill("2026-08-04T00:00")
    desk.get_by_label("Until:").fill("2026-08-05T00:00")
    desk.get_by_label("Wall clock of").select_option("Location-1")
    desk.get_by_role("button", name="Save", exact=True).click()

    expect(desk).to_have_url("/admin/attention/?therapist=therapist-1")
    expect(number(desk)).to_have_text("4")
    expect(lines(desk)).to_have_count(4)
    expect(desk.get_by_role("button", name="Give the ticked")).to_be_disabled()
    lines(desk).nth(0).get_by_text("Keep it as it is…").click()
    assert_accessible(desk, "the list")

    desk.get_by_role("checkbox", name="Tick Ada L., 12:00").check()
    desk.get_by_role("button", name="Give the ticked").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("12:00 -06:00: Zoe, Room-1")
    expect(lines(desk)).to_have_count(3)

    desk.get_by_role("button", name="Give all 2").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("2 bookings were given away:")
    expect(lines(desk)).to_have_count(1)

    expect(lines(desk)).to_contain_text("nobody can take it")
    lines(desk).get_by_role("button", name="11:00 Zoe").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("11:00 -06:00, Zoe, Room-1")
    expect(desk.get_by_text("Nothing needs attention")).to_be_visible()
    expect(number(desk)).to_be_hidden()
    assert_accessible(desk, "the empty list")
    assert complaints == []
