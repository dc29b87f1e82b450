"""Finding out why a time is not open, in a real browser and under the real content policy."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS
from tests.serving import environment

BOOK_AT_TEN = """
from bookings.models import Client, SessionType
from studio.premises.models import Room
from tests.factories import make_booking
from therapists.models import Therapist
make_booking(therapist=Therapist.objects.get(), room=Room.objects.get(),
    session_type=SessionType.objects.get(), client=Client.objects.get(name="Ada L."))
"""


def test_reception_finds_out_why_a_time_is_not_open_and_books_another(
    desk: Page, complaints: list[str], tmp_path: Path
) -> None:
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    manage("shell", "-v0", "-c", BOOK_AT_TEN, env=env)

    desk.get_by_role("navigation", name="Desk").get_by_role("link", name="Why not?").click()
    desk.get_by_label("Session type").select_option("Session-1")
    desk.get_by_label("Start").fill("2026-08-03T10:30")
    desk.get_by_label("Start").press("Enter")
    expect(desk.get_by_text("Clients cannot book it online.")).to_be_visible()
    therapist = desk.get_by_role("row", name="Therapist-1")
    expect(therapist).to_contain_text("S3 Is booked 10:00–11:00. (Ada L.)")
    therapist.get_by_text("5 rules allow it").click()
    expect(therapist.get_by_text("Massage-Licence is valid.")).to_be_visible()
    assert_accessible(desk, "the explanation")

    desk.get_by_role("link", name="Mon 3 Aug 2026, 11:00 -06:00").click()
    expect(desk).to_have_url(
        "/admin/book/?location=location-1&start=2026-08-03T11:00&session_type=session-1"
    )
    expect(desk.get_by_label("Start")).to_have_value("11:00")
    assert complaints == []
