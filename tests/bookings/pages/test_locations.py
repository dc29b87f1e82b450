from datetime import date

import pytest

from tests.bookings.pages.visiting import text, times_url
from tests.factories import (
    MONDAY,
    make_bookable,
    make_closure_of_dates,
    make_closure_of_times,
    make_inspection,
    make_location,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db

PLACE = "/locations/location-1/"


def test_the_only_place_is_shown_at_once(client):
    make_location()

    answer = client.get("/locations/")

    assert (answer.status_code, answer.url) == (302, PLACE)


def test_of_several_places_one_is_chosen(client):
    make_location()
    make_location()
    make_location(slug="shut", active=False)

    page = client.get("/locations/").content.decode()

    assert f'href="{PLACE}"' in page
    assert 'href="/locations/location-2/"' in page
    assert "/locations/shut/" not in page


def test_before_there_is_a_place_the_page_says_so(client):
    assert "Our address will be here soon." in text(client.get("/locations/"))


@pytest.mark.parametrize("slug", ["shut", "unknown"])
def test_a_place_that_is_not_open_is_not_there(client, slug):
    make_location(slug="shut", active=False)

    assert client.get(f"/locations/{slug}/").status_code == 404


def test_hours_are_those_of_the_shifts(client):
    make_shift(therapist=make_therapist(), location=make_location(), time_until="17:30")

    page = text(client.get(PLACE))

    assert "Monday August 3 · today 9 a.m. – 5:30 p.m. Tuesday August 4 Closed" in page


def test_a_closed_day_says_why_and_what_is_usual(client):
    location = make_location()
    make_shift(therapist=make_therapist(), location=location)
    closure = make_closure_of_dates(location=location, first_day=MONDAY, last_day=MONDAY)
    closure.reason = "Painting"
    closure.save()

    page = text(client.get(PLACE))

    assert "Monday August 3 · today Closed Painting Usually: 9 a.m. – 5 p.m." in page
    assert "Closed soon Aug. 3, 2026 Painting" in page


def test_coming_closures_are_told_in_the_place_s_own_time(client):
    location = make_location(timezone="Asia/Tokyo")
    make_closure_of_dates(
        location=location, first_day=date(2026, 8, 10), last_day=date(2026, 8, 12)
    )
    make_closure_of_times(
        location=location, wall_from="2026-08-20 13:00", wall_until="2026-08-20 18:00"
    )

    page = text(client.get(PLACE))

    assert "Aug. 10, 2026 – Aug. 12, 2026" in page
    assert "Aug. 20, 2026, 1 p.m. – 6 p.m." in page


def test_the_way_there_is_a_plain_link(client):
    make_location()

    page = client.get(PLACE).content.decode()

    assert 'href="https://www.openstreetmap.org/search?query=1%20Main%20Street"' in page
    assert 'href="tel:+13035550100"' in page
    assert "<iframe" not in page


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (MONDAY, "Inspected; may be used until Aug. 3, 2026"),
        (date(2026, 8, 2), "Not in use: an inspection was due on Aug. 2, 2026"),
    ],
)
def test_s5_a_room_says_what_its_inspection_is_worth(client, due_on, words):
    bookable = make_bookable()
    make_inspection(room=bookable.room, equipment=bookable.room.equipment.get(), due_on=due_on)

    assert f"Room-1 Ceiling-Bars {words}" in text(client.get(PLACE))


def test_a_place_leads_to_its_sessions_its_people_and_their_times(client):
    bookable = make_bookable()

    page = client.get(PLACE).content.decode()

    assert f'href="{times_url(bookable)}"' in page
    assert 'href="/sessions/session-1/"' in page
    assert 'href="/therapists/therapist-1/"' in page
    assert 'href="/book/location-1/"' in page
