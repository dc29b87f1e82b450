"""Many rows at once are the rows that the ORM would have written."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings.domain.importing.inserting import insert
from bookings.enums import EventKind, Source, Status
from bookings.models import Booking, Event
from tests.factories import at, make_booking

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def copy_of(booking: Booking, reference: str, **values: object) -> Booking:
    """The same, and not saved yet."""
    fields = {field.attname: getattr(booking, field.attname) for field in Booking._meta.fields}
    return Booking(**fields | {"id": None, "reference": reference} | values)


def test_a_row_reads_back_as_it_was_given():
    booking = make_booking(status=Status.CANCELLED)
    events = [
        Event(
            booking=booking,
            kind=EventKind.MOVED,
            at=at("2026-08-01 08:00") + timedelta(microseconds=number),
            source=Source.FILE,
            from_status="",
            to_status=Status.CANCELLED,
            reason="comma, \t tab, \\N and %s",
            overridden=["S2"] if number else [],
            details={"before": {"price": "1.00"}, "none": None} if number else {},
        )
        for number in range(2)
    ]
    Event.objects.all().delete()

    insert(events)
    insert([copy_of(booking, "AAAAA-BBBBB")])

    told = [field.attname for field in Event._meta.fields if not field.primary_key]
    assert list(Event.objects.order_by("at").values(*told)) == [
        {name: getattr(event, name) for name in told} for event in events
    ]
    (same,) = Booking.objects.filter(reference="AAAAA-BBBBB").values()
    (other,) = Booking.objects.filter(pk=booking.pk).values()
    assert same == other | {"id": same["id"], "reference": "AAAAA-BBBBB"}


def test_nothing_is_nothing():
    insert([])


def test_b2_the_database_refuses_an_overlap_of_these_too():
    booking = make_booking()

    with pytest.raises(IntegrityError, match="booked_once"), transaction.atomic():
        insert([copy_of(booking, "AAAAA-BBBBB")])

    assert Booking.objects.get() == booking
