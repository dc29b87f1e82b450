"""Instants, numbers and local dates, and the window of a question."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling.cells import dates_bits, shift_bits, window_of
from bookings.scheduling.hours import (
    DAY_MINUTES,
    DateSpan,
    dates_between,
    day_number,
    day_of,
    local_date,
    to_instant,
    to_minute,
)
from bookings.scheduling.timeline import Interval
from tests.bookings.scheduling.hours.clocks import (
    APIA_SKIPPED,
    CAIRO_AUTUMN,
    CAIRO_SPRING,
    DENVER_AUTUMN,
    DENVER_SPRING,
    HOWE_AUTUMN,
    HOWE_SPRING,
    ST_JOHNS_AUTUMN,
    cells_showing,
    clock_around,
    utc,
    weekly,
)

# Instants and numbers


def test_t6_seconds_are_dropped():
    instant = datetime(2026, 8, 3, 10, 15, 59, 999_999, tzinfo=UTC)

    assert to_instant(to_minute(instant)) == datetime(2026, 8, 3, 10, 15, tzinfo=UTC)


def test_t6_seconds_before_1970_are_dropped_too():
    assert to_minute(datetime(1969, 12, 31, 23, 59, 30, tzinfo=UTC)) == -1


def test_t1_an_instant_is_one_minute_whatever_zone_it_is_given_in():
    denver = datetime(2026, 8, 3, 4, 0, tzinfo=ZoneInfo("America/Denver"))

    assert to_minute(denver) == utc("2026-08-03 10:00")


@given(st.dates())
def test_day_numbers_and_dates_undo_each_other(day):
    assert day_of(day_number(day)) == day


def test_dates_between_holds_both_ends():
    assert list(dates_between(date(2026, 2, 27), date(2026, 3, 1))) == [
        date(2026, 2, 27),
        date(2026, 2, 28),
        date(2026, 3, 1),
    ]


# Local dates


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Denver", date(2026, 8, 2)),
        ("UTC", date(2026, 8, 3)),
        ("Pacific/Kiritimati", date(2026, 8, 3)),
    ],
)
def test_t1_the_local_date_is_what_the_place_s_clocks_show(zone, day):
    assert local_date(zone, utc("2026-08-03 05:00")) == day
    assert clock_around(zone, date(2026, 8, 3)).date(utc("2026-08-03 05:00")) == day


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        pytest.param("America/Denver", date(2026, 8, 3), 24, id="an ordinary day"),
        pytest.param("America/Denver", DENVER_SPRING, 23, id="spring"),
        pytest.param("America/Denver", DENVER_AUTUMN, 25, id="autumn"),
        pytest.param("Australia/Lord_Howe", HOWE_SPRING, 23.5, id="spring, half an hour"),
        pytest.param("Australia/Lord_Howe", HOWE_AUTUMN, 24.5, id="autumn, half an hour"),
        pytest.param("Africa/Cairo", CAIRO_SPRING, 23, id="spring at midnight"),
        pytest.param("Africa/Cairo", CAIRO_AUTUMN, 25, id="autumn at midnight"),
        pytest.param("Pacific/Apia", APIA_SKIPPED, 0, id="a date that never was"),
    ],
)
def test_t4_a_local_date_is_as_long_as_the_clocks_show_it(zone, day, hours):
    clock = clock_around(zone, day)
    window = window_of(clock, day, day, DAY_MINUTES)

    assert cells_showing(clock, window, day).bit_count() == hours * 12


def test_t4_a_date_that_clocks_return_to_is_two_stretches():
    eve, day = ST_JOHNS_AUTUMN - timedelta(days=1), ST_JOHNS_AUTUMN
    clock = clock_around("America/St_Johns", day)
    window = window_of(clock, day, day, DAY_MINUTES)

    # One minute after midnight the clocks go back; the cell of that minute shows both dates.
    assert window.intervals(cells_showing(clock, window, eve) & ~cells_showing(clock, window, day))[
        -1
    ] == Interval(utc("2010-11-07 02:35"), utc("2010-11-07 03:30"))
    assert window.intervals(cells_showing(clock, window, day))[:2] == [
        Interval(utc("2010-11-07 02:30"), utc("2010-11-07 02:35")),
        Interval(utc("2010-11-07 03:30"), utc("2010-11-08 03:30")),
    ]


def test_dates_are_whole_local_days_with_both_ends():
    clock = clock_around("America/Denver", date(2026, 8, 3))
    window = window_of(clock, date(2026, 8, 3), date(2026, 8, 5), DAY_MINUTES)

    bits = dates_bits(clock, window, DateSpan(date(2026, 8, 3), date(2026, 8, 4)))

    assert window.intervals(bits) == [Interval(utc("2026-08-03 06:00"), utc("2026-08-05 06:00"))]


def test_dates_without_bounds_are_the_whole_window():
    clock = clock_around("America/Denver", DENVER_AUTUMN)
    window = window_of(clock, DENVER_AUTUMN, DENVER_AUTUMN, DAY_MINUTES)

    assert dates_bits(clock, window, DateSpan(date.min, date.max)) == window.everything


def test_dates_back_to_front_are_none():
    clock = clock_around("America/Denver", date(2026, 8, 3))
    window = window_of(clock, date(2026, 8, 3), date(2026, 8, 3), DAY_MINUTES)

    assert dates_bits(clock, window, DateSpan(date(2026, 8, 4), date(2026, 8, 3))) == 0


# The window of a question


def test_a_window_holds_its_local_dates_and_the_margin_around():
    clock = clock_around("America/Denver", DENVER_AUTUMN)

    window = window_of(clock, DENVER_AUTUMN, DENVER_AUTUMN, 60)

    assert Interval(window.origin, window.end) == Interval(
        utc("2026-11-01 05:00"), utc("2026-11-02 08:00")
    )


def test_a_window_holds_both_stretches_of_a_date():
    clock = clock_around("America/St_Johns", ST_JOHNS_AUTUMN)

    window = window_of(clock, ST_JOHNS_AUTUMN, ST_JOHNS_AUTUMN, 0)

    assert Interval(window.origin, window.end) == Interval(
        utc("2010-11-07 02:30"), utc("2010-11-08 03:30")
    )


def test_the_window_of_a_date_that_never_was_is_its_margin():
    clock = clock_around("Pacific/Apia", APIA_SKIPPED)

    window = window_of(clock, APIA_SKIPPED, APIA_SKIPPED, 60)

    assert Interval(window.origin, window.end) == Interval(
        utc("2011-12-30 09:00"), utc("2011-12-30 11:00")
    )


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "America/Denver", "Pacific/Kiritimati"])
@pytest.mark.parametrize("day", [date(2026, 12, day) for day in range(22, 32)])
def test_a_clock_knows_enough_beyond_the_end_of_its_year(zone, day):
    clock = clock_around(zone, day)
    window = window_of(clock, day, day, 2 * DAY_MINUTES)
    nights = [weekly(weekday, "23:55", "23:50") for weekday in range(7)]

    gaps = window.everything & ~shift_bits(clock, window, nights)

    assert gaps.bit_count() == len(window.intervals(gaps)) == 5


def test_a_clock_knows_the_changes_of_the_year_before_when_they_matter():
    new_year = date(2012, 1, 1)
    clock = clock_around("Pacific/Apia", new_year)
    window = window_of(clock, new_year, new_year, 2 * DAY_MINUTES)

    the_29th = cells_showing(clock, window, APIA_SKIPPED - timedelta(days=1))

    assert window.intervals(the_29th) == [
        Interval(utc("2011-12-29 10:00"), utc("2011-12-30 10:00"))
    ]
