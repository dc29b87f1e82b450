from datetime import date
from decimal import Decimal

import pytest

from bookings.domain.place import Piece, Place, RoomThere, SessionThere, place
from tests.factories import (
    make_equipment,
    make_inspection,
    make_location,
    make_room,
    make_session_type,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_a_place_has_rooms_and_what_stands_in_them():
    here, bars, table = make_location(), make_equipment(), make_equipment(slug="table")
    cedar = make_room(location=here, slug="cedar", equipment=(table, bars))
    make_room(location=here, slug="empty")
    make_room(location=here, active=False)
    make_room(equipment=(bars,))
    make_inspection(room=cedar, equipment=bars, due_on=date(2027, 6, 30))

    assert place(here, []).rooms == [
        RoomThere("Cedar", [Piece("Ceiling-Bars", date(2027, 6, 30)), Piece("Table", None)]),
        RoomThere("Empty"),
    ]


def test_a_place_has_sessions_and_who_offers_them_there():
    here, ana, mei, gone = make_location(), *(make_therapist(slug=s) for s in ("ana", "mei", "leo"))
    for slug, style, minutes in (("b", "mat", 60), ("a", "bar", 90), ("c", "bar", 60)):
        make_session_type(
            slug=slug,
            style=style,
            duration_minutes=minutes,
            price="99.50",
            locations=(here,),
            therapists=(mei, ana, gone) if slug == "c" else (),
        )
    make_session_type(locations=(make_location(),))
    make_session_type(locations=(here,), active=False)

    found = place(here, [ana.pk, mei.pk])

    price = Decimal("99.50")
    assert found.sessions == [
        SessionThere("c", "C", 60, price, [("ana", "Ana"), ("mei", "Mei")]),
        SessionThere("a", "A", 90, price),
        SessionThere("b", "B", 60, price),
    ]
    assert found.therapists == [("ana", "Ana"), ("mei", "Mei")]


def test_an_empty_place_has_nothing():
    assert place(make_location(), []) == Place([], [])


@pytest.mark.parametrize("count", [1, 4])
def test_all_of_it_takes_one_query(count, django_assert_num_queries):
    here = make_location()
    for _ in range(count):
        make_room(location=here)
        make_session_type(locations=(here,))

    with django_assert_num_queries(1):
        found = place(here, [])

    assert (len(found.rooms), len(found.sessions)) == (count, count)
