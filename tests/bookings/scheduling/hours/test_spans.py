"""Wall-clock spans: time off, extra shifts, closures, room blocks."""

import pytest

from bookings.scheduling.cells import window_of
from bookings.scheduling.hours import DAY_MINUTES, WallSpan
from bookings.scheduling.timeline import Interval
from tests.bookings.scheduling.hours.clocks import (
    DENVER_AUTUMN,
    DENVER_SPRING,
    clock_around,
    utc,
    wall,
)


def span_of(zone, day, start, until):
    return clock_around(zone, day).span(WallSpan(wall(start), wall(until)))


def test_t4_a_span_from_inside_the_gap_begins_after_it():
    span = span_of("America/Denver", DENVER_SPRING, "2026-03-08 02:30", "2026-03-08 12:00")

    assert span == Interval(utc("2026-03-08 09:00"), utc("2026-03-08 18:00"))


def test_t4_a_span_inside_the_repeated_hour_holds_both_passages():
    span = span_of("America/Denver", DENVER_AUTUMN, "2026-11-01 01:15", "2026-11-01 01:45")

    assert span == Interval(utc("2026-11-01 07:15"), utc("2026-11-01 08:45"))


def test_t4_a_span_of_months_covers_the_whole_window():
    clock = clock_around("America/Denver", DENVER_AUTUMN)
    window = window_of(clock, DENVER_AUTUMN, DENVER_AUTUMN, DAY_MINUTES)

    leave = clock.span(WallSpan(wall("2025-02-01 00:00"), wall("2031-06-01 00:00")))

    assert window.bits(leave.start, leave.end) == window.everything


def test_t4_a_span_from_long_ago_ends_at_its_wall_time():
    clock = clock_around("America/Denver", DENVER_AUTUMN)
    window = window_of(clock, DENVER_AUTUMN, DENVER_AUTUMN, 0)

    leave = clock.span(WallSpan(wall("2021-02-01 00:00"), wall("2026-11-01 01:30")))

    assert window.bits(leave.start, leave.end) == window.bits(
        window.origin, utc("2026-11-01 08:30")
    )


def test_t4_a_span_without_a_known_end_begins_at_its_wall_time():
    clock = clock_around("America/Denver", DENVER_AUTUMN)
    window = window_of(clock, DENVER_AUTUMN, DENVER_AUTUMN, 0)

    leave = clock.span(WallSpan(wall("2026-11-01 01:30"), wall("2099-01-01 00:00")))

    assert window.bits(leave.start, leave.end) == window.bits(utc("2026-11-01 07:30"), window.end)


@pytest.mark.parametrize(
    ("start", "until"),
    [
        pytest.param("2019-01-01 00:00", "2019-06-01 00:00", id="years before"),
        pytest.param("2033-01-01 00:00", "2033-06-01 00:00", id="years after"),
    ],
)
def test_a_span_of_another_year_touches_nothing(start, until):
    clock = clock_around("America/Denver", DENVER_AUTUMN)
    window = window_of(clock, DENVER_AUTUMN, DENVER_AUTUMN, DAY_MINUTES)

    span = clock.span(WallSpan(wall(start), wall(until)))

    assert window.bits(span.start, span.end) == 0
