"""When therapists work at a location."""

from datetime import timedelta

import pytest

from bookings.domain.bookable.frame import Days
from bookings.domain.bookable.working import working_time
from tests.factories import (
    MONDAY,
    make_extra_shift,
    make_location,
    make_shift,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def hours(days, therapist):
    """Her working time, in minutes after the first date's midnight."""
    bits = working_time(days, [therapist.pk])[therapist.pk]
    origin = days.window.origin
    return [(each.start - origin, each.end - origin) for each in days.window.intervals(bits)]


@pytest.fixture
def monday():
    return Days.between(make_location(), MONDAY, MONDAY)


def test_s2_weekly_and_extra_shifts_that_touch_are_one(monday, django_assert_num_queries):
    mei, location = make_therapist(), monday.location
    make_shift(therapist=mei, location=location, time_from="09:00", time_until="12:00")
    make_extra_shift(
        therapist=mei,
        location=location,
        wall_from="2026-08-03 12:00",
        wall_until="2026-08-03 14:00",
    )

    with django_assert_num_queries(1):
        assert hours(monday, mei) == [(9 * 60, 14 * 60)]


def test_s2_shifts_elsewhere_of_others_or_of_other_days_do_not_count(monday):
    mei, location = make_therapist(), monday.location
    make_shift(therapist=mei, location=make_location())
    make_shift(therapist=make_therapist(), location=location)
    make_shift(therapist=mei, location=location, weekday=3)
    make_shift(therapist=mei, location=location, last=MONDAY - timedelta(days=1))
    make_extra_shift(
        therapist=mei,
        location=location,
        wall_from="2026-08-04 00:00",
        wall_until="2026-08-04 02:00",
    )

    assert hours(monday, mei) == []


def test_t4_a_shift_of_the_night_before_reaches_into_the_day(monday):
    mei = make_therapist()
    make_shift(
        therapist=mei, location=monday.location, weekday=6, time_from="22:00", time_until="02:00"
    )

    assert hours(monday, mei) == [(0, 120)]


def test_of_nobody_there_is_none(monday):
    make_shift(therapist=make_therapist(), location=monday.location)

    assert not working_time(monday, [])
