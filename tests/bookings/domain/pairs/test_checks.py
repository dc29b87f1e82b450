"""Each invariant of two together, broken once."""

import pytest

from bookings.domain.pairs.checks import wrong_pairs
from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.domain.pairs.pairing import book_both, studio_for_two, wish_for_two
from tests.factories import at, make_location, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_two_who_are_booked_are_sound():
    book_both(wish_for_two(studio_for_two()))

    assert list(wrong_pairs()) == []


def test_half_a_pair_is_found():
    first, second = book_both(wish_for_two(studio_for_two()))
    Booking.objects.filter(pk=second.pk).update(pair=None, pair_position=None)

    assert list(wrong_pairs()) == [(f"pair {first.pair}", "binds 1 bookings, not 2")]


def test_one_who_is_only_held_while_the_other_is_booked_is_found():
    _, second = book_both(wish_for_two(studio_for_two()))
    Booking.objects.filter(pk=second.pk).update(
        status=Status.HELD, expires_at=at("2026-08-03 08:00")
    )

    assert list(wrong_pairs()) == [(str(second), "is held, though its partner is booked")]


def test_rooms_beside_each_other_at_two_locations_are_found():
    room = make_room(slug="here")
    room.beside.add(make_room(location=make_location(slug="uptown"), slug="there"))

    assert list(wrong_pairs()) == [
        ("room here", "is beside there, at another location"),
        ("room there", "is beside here, at another location"),
    ]
