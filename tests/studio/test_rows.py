"""Rows that are written without `save` are what it would have written."""

from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from bookings.enums import Source, Status
from bookings.models import Booking, Client, Event
from bookings.scheduling.hours import to_instant
from studio.rows import insert, inserted, update, write
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_booking

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_instant(SEVEN_ON_MONDAY)


def event(booking, **fields):
    return Event(booking=booking, kind="booked", at=NOW, source=Source.API, **fields)


def test_a_row_is_inserted_as_save_would():
    booking = make_booking()
    one, other = event(booking, details={"a": 1}), event(booking, details={"a": 1})

    insert(one)
    other.save()

    first, second = (dict(row) for row in Event.objects.order_by("pk").values())
    assert (first.pop("id"), second.pop("id")) == (one.pk, other.pk)
    assert first == second
    assert not one._state.adding


def test_an_instant_is_written_as_save_would_whatever_its_zone():
    booking = make_booking()
    in_denver = NOW.astimezone(ZoneInfo("America/Denver"))

    insert(Event(booking=booking, kind="booked", at=in_denver, source=Source.API))

    assert Event.objects.get(at=NOW).at == NOW


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


def test_what_nobody_waits_for_is_there_for_whatever_comes_next():
    booking = make_booking()

    write(event(booking, reason="one"))
    write(event(booking, reason="two"), event(booking, reason="three"))

    reasons = Event.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["one", "two", "three"]


def test_what_the_database_forbids_is_refused_by_the_end_of_the_transaction():
    again = make_booking()
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        write(again)

    assert Booking.objects.count() == 1


def test_b2_a_booking_that_another_one_keeps_out_is_not_inserted_and_costs_no_savepoint():
    booking = make_booking()
    again, free = Booking.objects.get(), Booking.objects.get()
    again.pk, again.reference = None, "AGAIN-AGAIN"
    free.pk, free.reference, free.status = None, "FREED-FREED", Status.CANCELLED

    assert not inserted(again)
    assert inserted(free)

    assert list(Booking.objects.order_by("pk")) == [booking, free]


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
