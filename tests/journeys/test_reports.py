"""A manager looks at last week and takes the numbers home, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS
from tests.serving import environment

MAKE_BOOKINGS = """
from bookings.enums import Status
from bookings.models import Client, SessionType
from studio.premises.models import Room
from therapists.models import Therapist
from tests.factories import at, make_booking, make_payment, make_studio
make_studio()
known = {"therapist": Therapist.objects.get(), "room": Room.objects.get(),
         "session_type": SessionType.objects.get(), "client": Client.objects.get()}
for day, status in enumerate((Status.COMPLETED, Status.NO_SHOW, Status.CANCELLED), start=27):
    booking = make_booking(starts_at=at(f"2026-07-{day} 10:00"), status=status, **known)
make_payment(booking=booking, received_at=at("2026-07-29 11:00"))
"""

COLOURS_ARE_THERE = """
    Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => null)))
"""  # the links of the admin change theirs slowly


@pytest.fixture
def _bookings(desk, tmp_path: Path) -> None:
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    manage("shell", "-v0", "-c", MAKE_BOOKINGS, env=env)


@pytest.mark.usefixtures("_bookings")
def test_the_reports_are_looked_at_and_taken_home(desk, complaints):
    desk.get_by_role("link", name="Reports").click()
    desk.get_by_role("link", name="Last week").click()
    gist = "Sessions due: 2. No-shows: 1. Cancelled late: 0."
    expect(desk.get_by_text(gist, exact=True)).to_be_visible()

    figure = desk.get_by_role("article", name="Therapists")
    figure.get_by_text("The numbers").click()
    expect(figure.get_by_role("row", name="Therapist-1")).to_contain_text("2.0 h")
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        desk.evaluate(COLOURS_ARE_THERE)
        assert_accessible(desk, scheme)

    with desk.expect_download() as download:
        figure.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "therapists-2026-08-03.csv"
    assert complaints == []
