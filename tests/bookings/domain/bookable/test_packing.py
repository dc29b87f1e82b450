"""Bookings as numbers in a text."""

from datetime import timedelta
from operator import attrgetter

import pytest

from bookings.domain.bookable.packing import PLACES, TIMES, unpacked
from bookings.domain.bookable.taken import BookedRow
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import minute
from tests.factories import at, make_booking, make_room, make_session_type, make_therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def all_unpacked():
    [row] = Booking.objects.values_list("therapist_id").annotate(times=TIMES, places=PLACES)
    return sorted((BookedRow(*each) for each in unpacked(*row)), key=attrgetter("occupied_from"))


def test_what_is_packed_comes_out_again():
    mei, room = make_therapist(), make_room()
    barefoot = make_session_type(slug="bar", barefoot=True, duration_minutes=60)
    by_hand = make_session_type(
        slug="hands", barefoot=False, duration_minutes=1435, buffer_before_minutes=5
    )
    for session_type, start in ((barefoot, "2026-08-03 10:00"), (by_hand, "2026-08-04 08:00")):
        make_booking(
            therapist=mei, room=room, session_type=session_type, starts_at=at(start, "UTC")
        )

    first, second = (minute(start, "UTC") for start in ("2026-08-03 10:00", "2026-08-04 07:55"))

    whole = 60 + barefoot.buffer_after_minutes
    assert all_unpacked() == [
        (mei.pk, room.pk, first, first + whole, 60, True, "2026-08-03", None),
        (mei.pk, room.pk, second, second + 1440, 1435, False, "2026-08-04", None),
    ]


@pytest.mark.parametrize("days", [-1, 0, 1, 2])
def test_t7_a_date_is_told_by_its_day_of_the_month(days):
    """It may be the day before in UTC, or two later: a buffer can take most of a day itself."""
    booking = make_booking(starts_at=at("2027-02-28 00:30", "UTC"))
    counts_on = to_instant(booking.occupied_from).date() + timedelta(days=days)
    Booking.objects.filter(pk=booking.pk).update(date=counts_on)

    assert [row.day for row in all_unpacked()] == [counts_on.isoformat()]
