"""The evening before: who is sent tomorrow's list, and when."""

from datetime import UTC, datetime

import pytest

from bookings.domain.telling.agendas import queue_agendas
from bookings.enums import NotificationKind as Kind
from bookings.enums import Status
from bookings.models import Booking, Notification
from tests.bookings.domain.asking import booked, minute
from tests.factories import make_bookable, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

SIX, TEN_TOMORROW = "2026-08-06 18:00", "2026-08-07 10:00"


@pytest.fixture
def studio():
    """With a therapist whom mail reaches."""
    made = make_bookable()
    made.therapist.user = make_user(username="mei")
    made.therapist.user.email = "mei@example.org"
    made.therapist.user.save()
    made.therapist.save()
    return made


def agendas(wall):
    queue_agendas(now=minute(wall))
    return list(Notification.objects.filter(kind=Kind.THERAPIST_AGENDA))


def test_tomorrows_list_is_queued_at_six_by_the_locations_clock(studio):
    booked(studio, TEN_TOMORROW)

    assert agendas("2026-08-06 17:59") == []
    [row] = agendas(SIX)
    assert (row.therapist, row.booking) == (studio.therapist, None)
    assert row.start == datetime(2026, 8, 7, tzinfo=UTC)


def test_one_list_for_each_date_however_often_it_is_asked(studio):
    booked(studio, TEN_TOMORROW)

    assert len(agendas(SIX)) == len(agendas("2026-08-06 23:55")) == 1


def test_who_has_nothing_tomorrow_gets_no_list(studio):
    booked(studio, "2026-08-08 10:00")
    booked(studio, TEN_TOMORROW)
    Booking.objects.filter(date="2026-08-07").update(status=Status.CANCELLED)

    assert agendas(SIX) == []


@pytest.mark.parametrize("lacks", [{"email": ""}, {"is_active": False}])
def test_who_cannot_be_written_to_gets_no_list(studio, lacks):
    booked(studio, TEN_TOMORROW)
    for name, value in lacks.items():
        setattr(studio.therapist.user, name, value)
    studio.therapist.user.save()

    assert agendas(SIX) == []


def test_who_is_booked_only_later_in_the_evening_is_told_of_that_booking_alone(studio):
    booked(studio, TEN_TOMORROW, now=minute("2026-08-06 19:00"))

    assert agendas("2026-08-06 20:00") == []
