from datetime import date

import pytest

from bookings.domain.bookable.question import Question
from bookings.pages.month import Month, month_of
from tests.bookings.domain.asking import booked
from tests.bookings.domain.pairs.pairing import question_of, studio_for_two, wish_for_two
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import MONDAY, make_bookable

pytestmark = pytest.mark.django_db


def month(day: date | None = None, *, timezone: str = "America/Denver") -> Month:
    bookable = make_bookable(timezone=timezone, time_from="00:00", time_until="24:00")
    question = Question(
        location=bookable.location,
        session_type=bookable.session_type,
        first=MONDAY,
        last=MONDAY,
        now=SEVEN_ON_MONDAY,
    )
    return month_of(question, day=day, month=None)


def test_weeks_begin_where_the_language_begins_them():
    shown = month()

    assert [day.strftime("%a") for day in shown.weekdays] == [
        *("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
    ]
    assert [day.date.day if day else None for day in shown.weeks[0]] == [2, 3, 4, 5, 6, 7, 8]


def test_days_of_other_months_stay_empty():
    last_week = month(date(2026, 9, 1)).weeks[-1]

    assert [day.date.day if day else None for day in last_week] == [27, 28, 29, 30, *[None] * 3]


def test_each_day_says_how_many_times_are_open():
    today, tomorrow = (day for day in month().weeks[0][1:3] if day)

    # After two hours of notice from nine on; a session may run into the next date.
    assert (today.count, today.is_chosen) == (4 * 15, True)
    assert (tomorrow.count, tomorrow.is_chosen) == (4 * 24, False)


def test_a_month_for_two_has_the_times_at_which_both_can_come():
    studio = studio_for_two()
    booked(studio, "2026-08-03 10:00")
    question = question_of(wish_for_two(studio), now=SEVEN_ON_MONDAY)

    shown = month_of(question, day=MONDAY, month=None)

    times = [time.astimezone(studio.location.zone).hour for _part, at in shown.parts for time in at]
    assert times[:4] == [9, 11, 11, 11]


def test_nothing_before_today_is_led_to():
    shown = month()

    assert (shown.previous, shown.following) == (None, date(2026, 9, 1))


def test_nothing_behind_the_horizon_is_led_to():
    shown = month(date(2026, 11, 1))

    assert (shown.previous, shown.following) == (date(2026, 10, 1), None)


@pytest.mark.parametrize(
    ("zone", "day", "changes"),
    [
        ("America/Denver", date(2026, 11, 1), True),
        ("America/Denver", date(2026, 10, 31), False),
        ("America/Santiago", date(2026, 9, 5), False),  # from 24:00 to 01:00 of the next date
        ("America/Santiago", date(2026, 9, 6), True),
        ("Australia/Lord_Howe", date(2026, 10, 4), True),  # by half an hour
        ("Asia/Tokyo", date(2026, 11, 1), False),
    ],
)
def test_t5_it_is_known_on_which_days_the_clocks_change(zone, day, changes):
    assert month(day, timezone=zone).clocks_change is changes
