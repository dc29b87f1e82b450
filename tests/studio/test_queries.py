"""Queries that are written once give what Django's own would give."""

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from studio.premises.models import Location, Room
from studio.queries import Written, ask
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_booking, make_location, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_instant(SEVEN_ON_MONDAY)


def test_it_gives_the_rows_for_the_values_that_it_is_asked_with():
    here, there = make_location(slug="here"), make_location(slug="there")
    by_slug = Written(lambda slug: Location.objects.filter(slug=slug), str)

    assert (by_slug("here"), by_slug("there"), by_slug("nowhere")) == ([here], [there], [])
    assert by_slug.first("nowhere") is None


def test_it_tells_two_values_of_one_type_apart():
    here, there = make_location(), make_location()
    room = make_room(location=here)
    rooms = Written(lambda pk, place: Room.objects.filter(pk=pk, location=place), int, int)

    assert (rooms(room.pk, here.pk), rooms(room.pk, there.pk)) == ([room], [])


def test_its_rows_bring_along_what_is_selected_with_them(django_assert_num_queries):
    booking = make_booking()
    read = Written(
        lambda pk: Booking.objects.select_related("therapist__user", "room").filter(pk=pk), int
    )

    [found] = read(booking.pk)

    with django_assert_num_queries(0):
        assert (found.therapist, found.therapist.user, found.room) == (
            booking.therapist,
            None,
            booking.room,
        )
    assert (found.price, found.starts_at, found.date, found.barefoot) == (
        booking.price,
        booking.starts_at,
        booking.date,
        booking.barefoot,
    )


def test_it_gives_single_columns_as_values_list_does():
    booking = make_booking()
    starts = Written(lambda: Booking.objects.values_list("starts_at", flat=True))
    both = Written(lambda: Booking.objects.values_list("date", "price"))

    assert (starts(), both()) == ([booking.starts_at], [(booking.date, booking.price)])


def test_a_value_that_the_query_reckons_with_is_refused():
    late = Written(lambda pk: Location.objects.filter(pk__gt=pk + 1), int)

    with pytest.raises(AssertionError, match="is none of the values"):
        late(1)


def test_a_transaction_that_has_to_be_taken_back_is_asked_no_more():
    make_booking()

    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            ask("SELECT 1")
