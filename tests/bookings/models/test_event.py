import pytest
from django.db.models import ProtectedError

from bookings.enums import EventKind, Source, Status
from bookings.models import Event
from tests.factories import MONDAY_AT_TEN, make_booking, make_user

pytestmark = pytest.mark.django_db


def an_event(**values):
    return Event.objects.create(
        booking=make_booking(reference="ABC"),
        kind=EventKind.CHECKED_IN,
        at=MONDAY_AT_TEN,
        source=Source.DESK,
        from_status=Status.CONFIRMED,
        to_status=Status.CHECKED_IN,
        **values,
    )


def test_b7_an_event_says_what_happened_to_which_booking():
    assert str(an_event()) == "ABC: checked in"


def test_b7_a_booking_with_events_is_not_deleted():
    event = an_event()

    with pytest.raises(ProtectedError):
        event.booking.delete()


def test_b7_an_event_outlives_the_account_of_who_did_it():
    event = an_event(by=make_user())

    event.by.delete()

    event.refresh_from_db()
    assert event.by is None
