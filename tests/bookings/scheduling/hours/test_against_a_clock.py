"""Everything against a clock that is read off step by step."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling.cells import dates_bits, grid_bits, midnight_bits, shift_bits, window_of
from bookings.scheduling.hours import (
    DAY_MINUTES,
    DateSpan,
    Shift,
    WallClock,
    WallSpan,
    dates_between,
    day_number,
    local_date,
    to_minute,
    wall_minute,
)
from bookings.scheduling.timeline import Interval
from tests.bookings.scheduling.hours.clocks import HARD_DAYS, cells_showing
from tests.bookings.scheduling.hours.wall_oracle import WallOracle

hard_days = st.builds(
    lambda hard, days: (hard[0], hard[1] + timedelta(days=days)),
    st.sampled_from(HARD_DAYS),
    st.integers(-3, 3),
)
any_days = st.tuples(
    st.sampled_from(sorted(available_timezones())),
    st.dates(date(2012, 1, 1), date(2037, 12, 31)),
)
places_and_days = hard_days | any_days
cells_of_a_day = st.sampled_from([0, 30, 60, 90, 120, 150, 1380, 1410, 1435]) | st.integers(
    0, DAY_MINUTES // 5 - 1
).map(lambda cell: 5 * cell)


@st.composite
def weekly_shifts(draw, day):
    start = draw(cells_of_a_day)
    until = draw(cells_of_a_day.filter(lambda minute: minute != start) | st.just(DAY_MINUTES))
    bounds = st.none() | st.integers(-14, 14).map(lambda days: day + timedelta(days=days))
    weekday = (day + timedelta(days=draw(st.integers(-3, 3)))).weekday()
    return Shift(weekday, start, until, draw(bounds), draw(bounds))


@given(st.data(), places_and_days, st.integers(0, 12))
def test_t4_shifts_are_what_reading_the_clock_gives(data, place_and_day, days):
    zone, first = place_and_day
    last = first + timedelta(days=days)
    shifts = data.draw(st.lists(weekly_shifts(first), max_size=4))
    clock = WallClock(zone, first, last)
    window = window_of(clock, first, last, DAY_MINUTES)
    oracle = WallOracle(zone, first - timedelta(days=4), last + timedelta(days=5))

    bits = shift_bits(clock, window, shifts)

    assert window.intervals(bits) == oracle.working(shifts, window)


@given(places_and_days, st.integers(-9_000, 9_000), st.integers(5, 9_000))
def test_t4_spans_are_what_reading_the_clock_gives(place_and_day, start, length):
    zone, day = place_and_day
    clock = WallClock(zone, day, day)
    window = window_of(clock, day, day, DAY_MINUTES)
    oracle = WallOracle(zone, day - timedelta(days=14), day + timedelta(days=21))
    begin = day_number(day) * DAY_MINUTES + start // 5 * 5
    span = WallSpan(begin, begin + length // 5 * 5)

    interval = clock.span(span)

    read = Interval(oracle.as_start(span.start), oracle.as_end(span.until))
    assert window.union([interval]) == window.union([read])


@given(places_and_days, st.integers(0, 2))
def test_t4_dates_are_what_reading_the_clock_gives(place_and_day, days):
    zone, first = place_and_day
    last = first + timedelta(days=days)
    clock = WallClock(zone, first, last)
    window = window_of(clock, first, last, DAY_MINUTES)
    oracle = WallOracle(zone, first - timedelta(days=4), last + timedelta(days=5))

    for day in dates_between(first - timedelta(days=2), last + timedelta(days=2)):
        shown = oracle.cells_of_date(window, day)
        assert cells_showing(clock, window, day) == shown
        assert dates_bits(clock, window, DateSpan(day, day)) == shown


@given(places_and_days)
def test_a2_midnights_are_what_reading_the_clock_gives(place_and_day):
    zone, day = place_and_day
    clock = WallClock(zone, day, day)
    window = window_of(clock, day, day, DAY_MINUTES)
    oracle = WallOracle(zone, day - timedelta(days=4), day + timedelta(days=5))

    assert midnight_bits(clock, window) == oracle.date_changes(window)


@given(places_and_days, st.integers(1, DAY_MINUTES // 5).map(lambda cells: 5 * cells))
def test_t5_the_grid_is_what_reading_the_clock_gives(place_and_day, step):
    zone, day = place_and_day
    clock = WallClock(zone, day, day)
    window = window_of(clock, day, day, DAY_MINUTES)
    oracle = WallOracle(zone, day - timedelta(days=4), day + timedelta(days=5))

    assert grid_bits(clock, window, step) == oracle.cells_on_step(window, step)


@given(
    st.sampled_from(sorted(available_timezones())),
    st.datetimes(datetime(1975, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.integers(-2, 2),
)
def test_t1_a_clock_shows_what_the_zone_says(zone, instant, days):
    shown = instant.astimezone(ZoneInfo(zone))
    clock = WallClock(zone, instant.date(), instant.date())
    minute = to_minute(instant)

    assert clock.wall(minute) == wall_minute(shown.replace(tzinfo=None))
    assert clock.date(minute) == local_date(zone, minute) == shown.date()


def test_t2_every_zone_s_clocks_stand_and_change_on_multiples_of_five_minutes():
    """The premise of cells: it has held since 2012, and would fail here if a zone broke it."""
    day = date(2027, 6, 1)

    for zone in sorted(available_timezones()):
        for era in WallClock(zone, day, day).eras:
            assert era.offset % 5 == era.start % 5 == era.end % 5 == 0
