"""Looking after the clients, in a real browser and under the real content policy."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS
from tests.serving import environment

JURG_TWICE = """
from bookings.models import SessionType
from studio.premises.models import Room
from tests.factories import make_booking, make_client
from therapists.models import Therapist
jurg = make_client(name="Jürg Müller", email="", phone="+1 303 555 0142")
make_client(name="Jurg Mueller", email="jurg@example.org", phone="303 555 0142")
make_booking(therapist=Therapist.objects.get(), room=Room.objects.get(),
    session_type=SessionType.objects.get(), client=jurg)
"""


def test_reception_finds_a_client_who_stands_there_twice_and_looks_after_them(
    desk: Page, complaints: list[str], tmp_path: Path
) -> None:
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    manage("shell", "-v0", "-c", JURG_TWICE, env=env)

    desk.get_by_role("link", name="Clients").click()
    desk.locator("#searchbar").fill("303-555-0142")
    desk.locator("#searchbar").press("Enter")
    desk.get_by_role("link", name="Jürg Müller").click()
    expect(desk.get_by_role("heading", name="Jürg Müller")).to_be_visible()
    expect(desk.get_by_role("row", name="Session-1")).to_contain_text("120.00 USD to pay")
    desk.get_by_label("Notes").fill("Likes it quiet")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Saved.")).to_be_visible()
    assert_accessible(desk, "the client's page")

    desk.get_by_role("link", name="Compare Jurg Mueller").click()
    expect(desk.get_by_label("jurg@example.org")).to_be_checked()
    assert_accessible(desk, "the comparison")
    desk.get_by_role("button", name="Merge into one client").click()
    expect(desk.get_by_text("Merged. 0 bookings have come over.")).to_be_visible()
    expect(desk.get_by_label("E-mail")).to_have_value("jurg@example.org")

    desk.get_by_role("link", name="Block from online booking").click()
    expect(desk.get_by_label("Reason")).to_be_visible()
    assert_accessible(desk, "the block")
    desk.get_by_label("Reason").fill("Call about the voucher")
    desk.get_by_role("button", name="Block from online booking").click()
    expect(desk.get_by_text("since Aug. 3, 2026: Call about the voucher")).to_be_visible()
    desk.get_by_role("link", name="Book for this client").click()
    expect(desk.get_by_text("blocked from booking online: Call about the voucher")).to_be_visible()
    desk.go_back()

    desk.get_by_role("link", name="Erase all data").click()
    expect(desk.get_by_text("Something is still booked.")).to_be_visible()
    assert_accessible(desk, "erasing")
    assert complaints == []
