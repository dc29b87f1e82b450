from datetime import timedelta
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.domain.reports.lead_time import lead_time, median, spread
from bookings.enums import Source, Status
from tests.bookings.domain.reports.asking import scope_of
from tests.factories import MONDAY_AT_TEN, make_booking

both_engines = [pytest.mark.django_db, pytest.mark.both_engines]


def booked(status=Status.CONFIRMED, source=Source.SITE, buffer=0, **ahead):
    make_booking(
        status=status,
        source=source,
        buffer_before_minutes=buffer,
        booked_at=MONDAY_AT_TEN - timedelta(**ahead),
    )


@pytest.mark.django_db
@pytest.mark.both_engines
def test_days_are_whole_days_from_booking_to_start():
    booked(hours=23, minutes=59)
    booked(hours=24)
    booked(days=7, buffer=30)
    booked(days=100, seconds=30)
    booked(hours=-1)  # a walk-in

    found = lead_time(scope_of())

    counts = {step.first: step.count for step in found.steps if step.count}
    assert counts == {0: 2, 1: 1, 4: 1, 61: 1}
    assert found.median == 1
    assert found.count == 5


@pytest.mark.django_db
def test_what_was_never_made_and_what_a_file_brought_is_left_out():
    booked(days=2)
    booked(Status.CANCELLED, days=2)
    booked(Status.EXPIRED, days=2)
    booked(source=Source.FILE, days=2)

    assert lead_time(scope_of()).count == 2


def test_the_steps_leave_no_day_out():
    steps = spread(dict.fromkeys(range(200), 1)).steps

    assert [(step.first, step.last) for step in steps] == [
        (0, 0),
        (1, 1),
        (2, 3),
        (4, 7),
        (8, 14),
        (15, 30),
        (31, 60),
        (61, None),
    ]
    assert sum(step.count for step in steps) == 200


def test_nothing_has_no_median():
    assert spread({}).median is None


@given(st.lists(st.integers(0, 400), min_size=1))
def test_the_median_is_that_of_the_single_values(days):
    assert median([(day, 1) for day in days]) == plain_median(days)
