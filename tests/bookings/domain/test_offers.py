from datetime import date, timedelta

import pytest

from bookings.domain.offers import dates_now, offered, therapists_for
from bookings.scheduling.hours import to_minute
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_certification,
    make_location,
    make_qualification,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db


def test_session_types_are_offered_by_style_and_length():
    place = make_location()
    long, short, hands = (
        make_session_type(slug=slug, style=style, duration_minutes=minutes, locations=(place,))
        for slug, style, minutes in (("a", "bar", 90), ("b", "bar", 60), ("c", "hands", 30))
    )

    assert list(offered()) == [short, long, hands]


def test_a_retired_session_type_is_not_offered():
    make_session_type(locations=(make_location(),), active=False)

    assert list(offered()) == []


def test_a_session_type_is_not_offered_where_no_location_is_open():
    make_session_type(locations=(make_location(active=False),))
    make_session_type(locations=())

    assert list(offered()) == []


def test_a_session_type_is_offered_only_at_its_locations():
    here, there = make_location(), make_location()
    session_type = make_session_type(locations=(here,))

    assert list(offered(here)) == [session_type]
    assert list(offered(there)) == []


def test_a_therapist_can_be_asked_for_where_she_works():
    bookable = make_bookable()
    elsewhere = make_location()
    asked = {"first": MONDAY, "last": MONDAY}

    assert therapists_for(bookable.session_type, bookable.location, **asked) == [bookable.therapist]
    assert therapists_for(bookable.session_type, elsewhere, **asked) == []


@pytest.mark.parametrize(
    ("change", "can_be_asked_for"),
    [
        ({"expires_on": MONDAY}, True),
        ({"expires_on": MONDAY - timedelta(days=1)}, False),
        ({"issued_on": MONDAY + timedelta(days=6)}, True),
        ({"issued_on": MONDAY + timedelta(days=7)}, False),
        ({"revoked_on": MONDAY + timedelta(days=1)}, True),
        ({"revoked_on": MONDAY}, False),
        ({"issued_on": MONDAY + timedelta(2), "revoked_on": MONDAY + timedelta(2)}, False),
        ({"verified_on": None}, False),
    ],
)
def test_s6_a_therapist_can_be_asked_for_if_a_proof_counts_on_some_date(change, can_be_asked_for):
    bookable = make_bookable()
    bookable.therapist.certifications.update(**change)

    found = therapists_for(
        bookable.session_type,
        bookable.location,
        first=MONDAY,
        last=MONDAY + timedelta(days=6),
    )

    assert bool(found) is can_be_asked_for


def test_s6_a_higher_level_of_the_style_suffices():
    location, therapist = make_location(), make_therapist()
    one_foot, two_foot = (
        make_qualification(slug=f"bar-{level}", style="bar", level=level) for level in (1, 2)
    )
    make_shift(therapist=therapist, location=location)
    make_certification(therapist=therapist, qualification=two_foot)
    session_type = make_session_type(
        locations=(location,), therapists=(therapist,), requires_qualifications=(one_foot,)
    )

    assert therapists_for(session_type, location, first=MONDAY, last=MONDAY) == [therapist]


def test_it_can_be_two_dates_at_once():
    places = [make_location(timezone=f"Pacific/{name}") for name in ("Kiritimati", "Pago_Pago")]

    assert dates_now(places, to_minute(at("2026-08-03 12:00", "UTC"))) == {
        date(2026, 8, 3),
        date(2026, 8, 4),
    }


def test_without_a_location_it_is_the_date_of_utc():
    assert dates_now([], to_minute(at("2026-08-03 12:00", "UTC"))) == {MONDAY}
