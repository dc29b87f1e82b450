"""Queries that are written once give what Django's own would give, and write what it would."""

import pytest
from django.db import IntegrityError, transaction

from bookings.enums import Source, Status
from bookings.models import Booking, Client, Event
from bookings.scheduling.hours import to_instant
from studio.premises.models import Location, Room
from studio.queries import Written, insert, update
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_booking, make_location, make_room

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_instant(SEVEN_ON_MONDAY)


def event(booking, **fields):
    return Event(booking=booking, kind="booked", at=NOW, source=Source.API, **fields)


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


def test_a_row_is_inserted_as_save_would():
    booking = make_booking()
    one, other = event(booking, details={"a": 1}), event(booking, details={"a": 1})

    insert(one)
    other.save()

    first, second = (dict(row) for row in Event.objects.order_by("pk").values())
    assert (first.pop("id"), second.pop("id")) == (one.pk, other.pk)
    assert first == second
    assert not one._state.adding


def test_several_rows_are_inserted_at_once(django_assert_num_queries):
    booking = make_booking()

    with django_assert_num_queries(1):
        insert(event(booking, reason="one"), event(booking, reason="two"))
    insert()

    assert list(Event.objects.order_by("pk").values_list("reason", flat=True)) == ["one", "two"]


def test_what_the_database_forbids_is_refused():
    booking = make_booking()
    again = Booking.objects.get()
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)

    assert list(Booking.objects.all()) == [booking]


def test_only_the_named_fields_are_updated():
    booking = make_booking(status=Status.CONFIRMED)
    booking.notes, booking.status = "Left knee.", Status.CANCELLED

    update(booking, "notes")

    found = Booking.objects.get()
    assert (found.notes, found.status) == ("Left knee.", Status.CONFIRMED)


def test_a_new_client_is_found_by_what_was_inserted():
    client = Client(name="Ada Lovelace", email="Ada@Example.org")
    client.fold()

    insert(client)

    assert list(Client.objects.matching("lovelace")) == [client]
