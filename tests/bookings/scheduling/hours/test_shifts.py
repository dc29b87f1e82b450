"""When shifts begin and end, whatever the clocks do in their night."""

from datetime import date, timedelta

import pytest

from bookings.scheduling.cells import shift_bits, window_of
from bookings.scheduling.hours import DAY_MINUTES, WallClock
from bookings.scheduling.slots import SessionLength
from bookings.scheduling.timeline import Interval, cells_of
from tests.bookings.scheduling.hours.clocks import (
    APIA_SKIPPED,
    CAIRO_AUTUMN,
    CAIRO_SPRING,
    CHATHAM_SPRING,
    DENVER_AUTUMN,
    DENVER_SPRING,
    HAVANA_AUTUMN,
    HAVANA_SPRING,
    HOWE_AUTUMN,
    HOWE_SPRING,
    MONDAY,
    ST_JOHNS_AUTUMN,
    SUNDAY,
    clock_around,
    intervals_of,
    shift_on,
    utc,
    weekly,
)

# Shifts in gaps and folds


@pytest.mark.parametrize(
    ("zone", "day", "start", "instant"),
    [
        ("America/Denver", DENVER_SPRING, "02:30", "2026-03-08 09:00"),
        ("Australia/Lord_Howe", HOWE_SPRING, "02:15", "2026-10-03 15:30"),
        ("Pacific/Chatham", CHATHAM_SPRING, "03:00", "2026-09-26 14:00"),
        ("Africa/Cairo", CAIRO_SPRING, "00:30", "2026-04-23 22:00"),
        ("America/Havana", HAVANA_SPRING, "00:00", "2026-03-08 05:00"),
    ],
)
def test_t4_a_start_in_the_spring_gap_means_the_first_instant_after_it(zone, day, start, instant):
    assert shift_on(zone, day, start, "08:00").start == utc(instant)


@pytest.mark.parametrize(
    ("zone", "day", "until", "instant"),
    [
        ("America/Denver", DENVER_SPRING, "02:30", "2026-03-08 09:00"),
        ("Australia/Lord_Howe", HOWE_SPRING, "02:15", "2026-10-03 15:30"),
        ("Pacific/Chatham", CHATHAM_SPRING, "03:00", "2026-09-26 14:00"),
        ("Africa/Cairo", CAIRO_SPRING, "00:30", "2026-04-23 22:00"),
        ("America/Havana", HAVANA_SPRING, "00:00", "2026-03-08 05:00"),
    ],
)
def test_t4_an_end_in_the_spring_gap_means_the_first_instant_after_it(zone, day, until, instant):
    assert shift_on(zone, day - timedelta(days=1), "20:00", until).end == utc(instant)


def test_t4_a_shift_inside_the_spring_gap_is_empty():
    shift = shift_on("America/Denver", DENVER_SPRING, "02:15", "02:45")

    assert shift == Interval(utc("2026-03-08 09:00"), utc("2026-03-08 09:00"))


@pytest.mark.parametrize(
    ("zone", "day", "start", "instant"),
    [
        ("America/Denver", DENVER_AUTUMN, "01:30", "2026-11-01 07:30"),
        ("Australia/Lord_Howe", HOWE_AUTUMN, "01:45", "2026-04-04 14:45"),
        ("Africa/Cairo", CAIRO_AUTUMN, "23:30", "2026-10-29 20:30"),
        ("America/Havana", HAVANA_AUTUMN, "00:00", "2026-11-01 04:00"),
    ],
)
def test_t4_a_start_in_the_repeated_hour_means_its_first_occurrence(zone, day, start, instant):
    assert shift_on(zone, day, start, "08:00").start == utc(instant)


@pytest.mark.parametrize(
    ("zone", "day", "until", "instant"),
    [
        ("America/Denver", DENVER_AUTUMN, "01:00", "2026-11-01 08:00"),
        ("America/Denver", DENVER_AUTUMN, "01:30", "2026-11-01 08:30"),
        ("Australia/Lord_Howe", HOWE_AUTUMN, "01:45", "2026-04-04 15:15"),
        ("America/Havana", HAVANA_AUTUMN, "00:00", "2026-11-01 05:00"),
    ],
)
def test_t4_an_end_in_the_repeated_hour_means_its_second_occurrence(zone, day, until, instant):
    assert shift_on(zone, day - timedelta(days=1), "20:00", until).end == utc(instant)


def test_t4_an_end_in_an_hour_repeated_before_midnight_means_its_second_occurrence():
    assert shift_on("Africa/Cairo", CAIRO_AUTUMN, "20:00", "23:30").end == utc("2026-10-29 21:30")


def test_t4_a_shift_inside_the_repeated_hour_lasts_until_its_second_passage():
    shift = shift_on("America/Denver", DENVER_AUTUMN, "01:15", "01:45")

    assert shift == Interval(utc("2026-11-01 07:15"), utc("2026-11-01 08:45"))


@pytest.mark.parametrize(
    ("zone", "evening", "hours"),
    [
        pytest.param("America/Denver", date(2026, 8, 3), 8, id="an ordinary night"),
        pytest.param("America/Denver", DENVER_SPRING - timedelta(days=1), 7, id="spring"),
        pytest.param("America/Denver", DENVER_AUTUMN - timedelta(days=1), 9, id="autumn"),
        pytest.param("Europe/Berlin", date(2026, 3, 28), 7, id="spring in Berlin"),
        pytest.param("Europe/Berlin", date(2026, 10, 24), 9, id="autumn in Berlin"),
        pytest.param("Asia/Kathmandu", date(2026, 3, 28), 8, id="clocks that never change"),
        pytest.param(
            "Australia/Lord_Howe", HOWE_SPRING - timedelta(days=1), 7.5, id="spring, half an hour"
        ),
        pytest.param(
            "Australia/Lord_Howe", HOWE_AUTUMN - timedelta(days=1), 8.5, id="autumn, half an hour"
        ),
    ],
)
def test_t4_the_length_of_a_night_is_elapsed_time(zone, evening, hours):
    shift = shift_on(zone, evening, "22:00", "06:00")

    assert shift.end - shift.start == hours * 60


# Shifts over midnight


def test_t4_24_00_and_00_00_end_at_the_same_midnight_on_an_ordinary_day():
    day = date(2026, 8, 3)

    assert shift_on("America/Denver", day, "18:00", "24:00") == shift_on(
        "America/Denver", day, "18:00", "00:00"
    )


def test_t4_24_00_is_the_first_instant_of_the_next_date_where_midnight_comes_twice():
    eve = HAVANA_AUTUMN - timedelta(days=1)

    assert shift_on("America/Havana", eve, "18:00", "24:00").end == utc("2026-11-01 04:00")
    assert shift_on("America/Havana", eve, "18:00", "00:00").end == utc("2026-11-01 05:00")


def test_t4_24_00_is_the_first_instant_of_the_next_date_where_midnight_is_skipped():
    eve = CAIRO_SPRING - timedelta(days=1)

    assert shift_on("Africa/Cairo", eve, "18:00", "24:00").end == utc("2026-04-23 22:00")


def test_t4_24_00_comes_after_an_hour_that_is_repeated_before_midnight():
    shift = shift_on("Africa/Cairo", CAIRO_AUTUMN, "22:00", "24:00")

    assert shift == Interval(utc("2026-10-29 19:00"), utc("2026-10-29 22:00"))


def test_t4_24_00_is_the_first_midnight_where_clocks_return_to_the_evening():
    eve = ST_JOHNS_AUTUMN - timedelta(days=1)

    assert shift_on("America/St_Johns", eve, "22:00", "24:00").end == utc("2010-11-07 02:30")


def test_t4_the_whole_day_is_00_00_until_24_00():
    assert shift_on("America/Denver", DENVER_AUTUMN, "00:00", "24:00") == Interval(
        utc("2026-11-01 06:00"), utc("2026-11-02 07:00")
    )


def test_t4_a_shift_on_a_date_that_never_was_is_empty():
    shift = shift_on("Pacific/Apia", APIA_SKIPPED, "09:00", "17:00")

    assert shift.start == shift.end == utc("2011-12-30 10:00")


def test_t4_a_shift_of_the_evening_before_reaches_into_the_window():
    monday = date(2026, 8, 3)
    clock = clock_around("America/Denver", monday)
    window = window_of(clock, monday, monday, 0)

    bits = shift_bits(clock, window, [weekly(SUNDAY, "22:00", "06:00")])

    assert window.intervals(bits) == [Interval(utc("2026-08-03 06:00"), utc("2026-08-03 12:00"))]


def test_t4_a_shift_of_the_last_evening_is_cut_off_at_the_window_s_end():
    monday = date(2026, 8, 3)
    clock = clock_around("America/Denver", monday)
    window = window_of(clock, monday, monday, 0)

    bits = shift_bits(clock, window, [weekly(MONDAY, "22:00", "06:00")])

    assert window.intervals(bits) == [Interval(utc("2026-08-04 04:00"), utc("2026-08-04 06:00"))]


def test_s2_shifts_that_touch_are_one_stretch():
    split = [weekly(MONDAY, "09:00", "12:00"), weekly(MONDAY, "12:00", "17:00")]

    assert intervals_of(split, "America/Denver", date(2026, 8, 3)) == [
        Interval(utc("2026-08-03 15:00"), utc("2026-08-03 23:00"))
    ]


def test_s2_shifts_that_overlap_are_one_stretch():
    shifts = [weekly(MONDAY, "09:00", "13:00"), weekly(MONDAY, "12:00", "17:00")]

    assert intervals_of(shifts, "America/Denver", date(2026, 8, 3)) == [
        Interval(utc("2026-08-03 15:00"), utc("2026-08-03 23:00"))
    ]


def test_s2_a_split_shift_is_two_stretches():
    shifts = [weekly(MONDAY, "09:00", "12:00"), weekly(MONDAY, "13:00", "17:00")]

    assert intervals_of(shifts, "America/Denver", date(2026, 8, 3)) == [
        Interval(utc("2026-08-03 15:00"), utc("2026-08-03 18:00")),
        Interval(utc("2026-08-03 19:00"), utc("2026-08-03 23:00")),
    ]


@pytest.mark.parametrize("midnight", ["24:00", "00:00"])
def test_s2_shifts_that_touch_at_midnight_are_one_stretch(midnight):
    shifts = [weekly(SUNDAY, "20:00", midnight), weekly(MONDAY, "00:00", "02:00")]

    assert intervals_of(shifts, "America/Denver", date(2026, 8, 3)) == [
        Interval(utc("2026-08-03 02:00"), utc("2026-08-03 08:00"))
    ]


def test_s2_a_session_may_begin_before_midnight_and_end_in_the_next_day_s_shift():
    monday = date(2026, 8, 3)
    clock = clock_around("America/Denver", monday)
    window = window_of(clock, monday, monday, DAY_MINUTES)
    shifts = [weekly(MONDAY, "20:00", "24:00"), weekly(MONDAY + 1, "00:00", "02:00")]
    session = SessionLength(duration=90, buffer_before=0, buffer_after=15)

    starts = session.starts_within(shift_bits(clock, window, shifts))

    instants = [window.instant_of(cell) for cell in cells_of(starts)]
    assert utc("2026-08-04 05:45") in instants  # 23:45
    assert instants[-1] == utc("2026-08-04 06:15")  # 00:15, so that it ends at 02:00


def test_s2_a_night_without_a_shift_on_the_next_day_takes_no_session_over_midnight():
    monday = date(2026, 8, 3)
    clock = clock_around("America/Denver", monday)
    window = window_of(clock, monday, monday, DAY_MINUTES)
    session = SessionLength(duration=90, buffer_before=0, buffer_after=0)

    starts = session.starts_within(shift_bits(clock, window, [weekly(MONDAY, "20:00", "24:00")]))

    assert starts.bit_length() - 1 == window.cell_of(utc("2026-08-04 04:30"))  # 22:30


# Shifts of every week


def test_a_weekly_shift_comes_back_every_week_at_the_same_wall_time():
    clock = WallClock("America/Denver", date(2026, 10, 19), date(2026, 11, 15))
    window = window_of(clock, date(2026, 10, 19), date(2026, 11, 15), 0)

    bits = shift_bits(clock, window, [weekly(MONDAY, "09:00", "17:00")])

    assert window.intervals(bits) == [
        Interval(utc("2026-10-19 15:00"), utc("2026-10-19 23:00")),
        Interval(utc("2026-10-26 15:00"), utc("2026-10-26 23:00")),
        Interval(utc("2026-11-02 16:00"), utc("2026-11-03 00:00")),
        Interval(utc("2026-11-09 16:00"), utc("2026-11-10 00:00")),
    ]


def test_a_shift_holds_on_its_first_and_its_last_date():
    clock = WallClock("America/Denver", date(2026, 8, 3), date(2026, 8, 30))
    window = window_of(clock, date(2026, 8, 3), date(2026, 8, 30), 0)
    shift = weekly(MONDAY, "09:00", "17:00", first=date(2026, 8, 10), last=date(2026, 8, 17))

    bits = shift_bits(clock, window, [shift])

    assert window.intervals(bits) == [
        Interval(utc("2026-08-10 15:00"), utc("2026-08-10 23:00")),
        Interval(utc("2026-08-17 15:00"), utc("2026-08-17 23:00")),
    ]


def test_t4_the_last_date_of_a_shift_bounds_its_start_and_not_its_night():
    night = weekly(MONDAY, "22:00", "06:00", last=date(2026, 8, 3))

    assert intervals_of([night], "America/Denver", date(2026, 8, 3)) == [
        Interval(utc("2026-08-04 04:00"), utc("2026-08-04 12:00"))
    ]


def test_a_shift_whose_dates_lie_elsewhere_gives_nothing():
    over = weekly(MONDAY, "09:00", "17:00", last=date(2026, 8, 2))
    to_come = weekly(MONDAY, "09:00", "17:00", first=date(2026, 8, 10))

    assert intervals_of([over, to_come], "America/Denver", date(2026, 8, 3)) == []


def test_no_shifts_give_nothing():
    assert intervals_of([], "America/Denver", date(2026, 8, 3)) == []


@pytest.mark.parametrize(
    ("zone", "day", "start", "until", "begin", "end"),
    [
        pytest.param(
            *("America/Havana", HAVANA_AUTUMN, "00:00", "08:00"),
            *("2026-11-01 04:00", "2026-11-01 13:00"),
            id="from the first of two midnights",
        ),
        pytest.param(
            *("America/Havana", HAVANA_SPRING, "00:00", "08:00"),
            *("2026-03-08 05:00", "2026-03-08 12:00"),
            id="from a skipped midnight",
        ),
        pytest.param(
            *("Africa/Cairo", CAIRO_AUTUMN - timedelta(days=1), "23:45", "23:15"),
            *("2026-10-28 20:45", "2026-10-29 21:15"),
            id="until the second passage of the next evening",
        ),
        pytest.param(
            *("Africa/Cairo", CAIRO_SPRING - timedelta(days=1), "23:45", "00:30"),
            *("2026-04-23 21:45", "2026-04-23 22:00"),
            id="until a skipped half past midnight",
        ),
    ],
)
def test_t4_a_weekly_shift_meets_a_change_as_any_shift_does(zone, day, start, until, begin, end):
    shift = weekly(day.weekday(), start, until)

    assert intervals_of([shift], zone, day, margin=2 * DAY_MINUTES) == [
        Interval(utc(begin), utc(end))
    ]
