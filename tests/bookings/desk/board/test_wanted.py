"""What of the schedule is asked for."""

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from tests.bookings.desk.board.standing import BOARD
from tests.factories import MONDAY, make_bookable, make_location

pytestmark = pytest.mark.django_db

NONSENSE = ["soon", "2026-13-01", "20260803T10", "0001-01-01", "9999-12-31", "2026-08-03\0", "١٢"]


def wanted(browser, **query):
    page = browser.get(BOARD, query)
    assert page.status_code == 200
    return page.context["wanted"]


def test_today_at_the_first_location_by_therapist_without_being_asked(receptionist):
    first = make_location(slug="a")
    make_location(slug="b")

    found = wanted(receptionist)

    assert (found.location, found.date, found.by) == (first, MONDAY, "therapist")
    assert found.complaints == []


def test_t1_today_is_the_locations_own(receptionist):
    make_location(timezone="Pacific/Kiritimati")

    assert wanted(receptionist).date.isoformat() == "2026-08-04"


def test_the_location_is_remembered(receptionist):
    make_location(slug="a")
    second = make_location(slug="b")

    wanted(receptionist, location="b")

    assert wanted(receptionist).location == second


def test_the_location_that_was_booked_at_last_is_remembered_too(receptionist):
    make_location(slug="a")
    make_bookable()

    receptionist.get("/admin/book/", {"location": "location-2"})

    assert wanted(receptionist).location.slug == "location-2"


@pytest.mark.parametrize("day", NONSENSE)
def test_a_day_without_sense_is_today_and_a_complaint(receptionist, day):
    make_location()

    found = wanted(receptionist, date=day)

    assert found.date == MONDAY
    assert found.complaints == ["This is no date. Give one such as 2026-12-24; here is today."]


@pytest.mark.parametrize("slug", ["nowhere", "", "a\0", "retired"])
def test_an_unknown_location_is_the_first_and_a_complaint(receptionist, slug):
    first = make_location(slug="a")
    make_location(slug="retired", active=False)

    found = wanted(receptionist, location=slug)

    assert found.location == first
    assert found.complaints == ["There is no such location. Choose one of those below."]


def test_columns_without_sense_are_therapists_and_a_complaint(receptionist):
    make_location()

    page = receptionist.get(BOARD, {"by": "weather"})

    assert page.context["wanted"].by == "therapist"
    assert "The columns are therapists or rooms; here are the therapists." in page.content.decode()


def test_p2_a_therapist_has_no_board_by_room(sign_in):
    make_location()

    assert wanted(sign_in(Role.THERAPIST), by="room").by == "therapist"


@pytest.mark.both_engines
@pytest.mark.parametrize("owner", ["therapist", "room"])
def test_the_week_of_nobody_is_empty(receptionist, owner):
    make_bookable()

    page = receptionist.get(reverse("admin:board_week"), {owner: "\0"})

    assert page.context["board"].columns == []


def test_a_studio_without_a_location_says_so(receptionist):
    page = receptionist.get(BOARD)

    assert "There is no location yet whose day could be shown." in page.content.decode()
