"""Midnights, and the starts that lie on the step."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bookings.scheduling.cells import grid_bits, midnight_bits, window_of
from bookings.scheduling.hours import WallClock, to_instant
from bookings.scheduling.timeline import Interval, Window, cells_of
from tests.bookings.scheduling.hours.clocks import (
    CAIRO_SPRING,
    DENVER_AUTUMN,
    DENVER_SPRING,
    HAVANA_AUTUMN,
    HOWE_AUTUMN,
    clock_around,
    utc,
)


def wall_times(zone, minutes):
    """How instants read on a wall clock, with their offset from UTC."""
    return [to_instant(minute).astimezone(ZoneInfo(zone)).strftime("%H:%M%z") for minute in minutes]


def midnights(zone, first, last):
    clock = WallClock(zone, first, last)
    window = window_of(clock, first, last, 0)
    bits = midnight_bits(clock, window)
    return [interval.start for interval in window.intervals(bits)]


def test_a2_a_midnight_is_where_a_local_date_begins():
    assert midnights("America/Denver", DENVER_AUTUMN, DENVER_AUTUMN + timedelta(days=1)) == [
        utc("2026-11-01 06:00"),
        utc("2026-11-02 07:00"),
    ]


def test_a2_a_midnight_that_clocks_skip_is_where_the_next_date_begins():
    assert midnights("Africa/Cairo", CAIRO_SPRING, CAIRO_SPRING) == [utc("2026-04-23 22:00")]


def test_a2_a_second_midnight_of_one_date_begins_no_other():
    assert midnights("America/Havana", HAVANA_AUTUMN, HAVANA_AUTUMN) == [utc("2026-11-01 04:00")]


def grid_of_night(zone, day, step, start, until):
    """How the grid reads between two UTC times."""
    clock = clock_around(zone, day)
    window = Window.covering(Interval(utc(start), utc(until)))
    cells = cells_of(grid_bits(clock, window, step))
    return wall_times(zone, [window.instant_of(cell) for cell in cells])


def test_t5_starts_lie_on_the_step_from_local_midnight():
    grid = grid_of_night(
        "Asia/Kathmandu", date(2026, 8, 3), 30, "2026-08-02 18:00", "2026-08-02 20:00"
    )

    assert grid == ["00:00+0545", "00:30+0545", "01:00+0545", "01:30+0545"]


def test_t5_both_passages_of_a_repeated_hour_offer_starts():
    grid = grid_of_night(
        "America/Denver", DENVER_AUTUMN, 30, "2026-11-01 07:00", "2026-11-01 09:30"
    )

    assert grid == ["01:00-0600", "01:30-0600", "01:00-0700", "01:30-0700", "02:00-0700"]


def test_t5_a_skipped_hour_offers_no_start():
    grid = grid_of_night(
        "America/Denver", DENVER_SPRING, 30, "2026-03-08 08:00", "2026-03-08 10:00"
    )

    assert grid == ["01:00-0700", "01:30-0700", "03:00-0600", "03:30-0600"]


def test_t5_a_change_of_half_an_hour_moves_the_grid_along():
    grid = grid_of_night(
        "Australia/Lord_Howe", HOWE_AUTUMN, 60, "2026-04-04 13:00", "2026-04-04 17:00"
    )

    assert grid == ["00:00+1100", "01:00+1100", "02:00+1030", "03:00+1030"]


def test_t5_a_step_that_does_not_divide_the_day_begins_again_at_midnight():
    grid = grid_of_night(
        "America/Denver", date(2026, 8, 3), 35, "2026-08-03 05:00", "2026-08-03 07:30"
    )

    assert grid == ["23:20-0600", "23:55-0600", "00:00-0600", "00:35-0600", "01:10-0600"]
