from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling.hours import (
    DAY_MINUTES,
    DateSpan,
    Shift,
    WallClock,
    WallSpan,
    dates_between,
    dates_bits,
    day_number,
    day_of,
    grid_bits,
    local_date,
    midnight_bits,
    shift_bits,
    to_instant,
    to_minute,
    wall_minute,
    window_of,
)
from bookings.scheduling.slots import SessionLength
from bookings.scheduling.timeline import Bits, Interval, Window, cells_of
from tests.bookings.scheduling.wall_oracle import WallOracle

MONDAY, SATURDAY, SUNDAY = 0, 5, 6

# Nights on which clocks change, by the date that shows it.
DENVER_SPRING = date(2026, 3, 8)  # 02:00 becomes 03:00
DENVER_AUTUMN = date(2026, 11, 1)  # 02:00 becomes 01:00
HOWE_SPRING = date(2026, 10, 4)  # 02:00 becomes 02:30
HOWE_AUTUMN = date(2026, 4, 5)  # 02:00 becomes 01:30
CHATHAM_SPRING = date(2026, 9, 27)  # 02:45 becomes 03:45
CAIRO_SPRING = date(2026, 4, 24)  # 00:00 becomes 01:00
CAIRO_AUTUMN = date(2026, 10, 29)  # 24:00 becomes 23:00
HAVANA_SPRING = date(2026, 3, 8)  # 00:00 becomes 01:00
HAVANA_AUTUMN = date(2026, 11, 1)  # 01:00 becomes 00:00
APIA_SKIPPED = date(2011, 12, 30)  # never was
ST_JOHNS_AUTUMN = date(2010, 11, 7)  # 00:01 becomes 23:01 of the day before

HARD_DAYS = [
    ("America/Denver", DENVER_SPRING),
    ("America/Denver", DENVER_AUTUMN),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Pacific/Chatham", CHATHAM_SPRING),
    ("Pacific/Chatham", date(2026, 4, 5)),
    ("Australia/Lord_Howe", HOWE_SPRING),
    ("Australia/Lord_Howe", HOWE_AUTUMN),
    ("Africa/Cairo", CAIRO_SPRING),
    ("Africa/Cairo", CAIRO_AUTUMN),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("America/Havana", HAVANA_SPRING),
    ("America/Havana", HAVANA_AUTUMN),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Pacific/Kiritimati", date(2026, 12, 31)),
    ("Etc/GMT+12", date(2026, 12, 27)),
    ("Pacific/Apia", APIA_SKIPPED),
]


def cells_showing(clock: WallClock, window: Window, day: date) -> Bits:
    """The cells of one local date."""
    return dates_bits(clock, window, DateSpan(day, day))


def utc(text):
    """The minute of a UTC time such as "2026-11-01 08:00"."""
    return to_minute(datetime.fromisoformat(text).replace(tzinfo=UTC))


def wall(text):
    """What a wall clock shows, such as "2026-11-01 08:00", as a number."""
    return wall_minute(datetime.fromisoformat(text))


def minute_of_day(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def weekly(weekday, start, until, first=None, last=None):
    return Shift(weekday, minute_of_day(start), minute_of_day(until), first, last)


def clock_around(zone, day):
    return WallClock(zone, day, day)


def shift_on(zone, day, start, until):
    """The instants of a shift that starts on a date, at the times its wall clock shows."""
    return clock_around(zone, day).shift_on(weekly(day.weekday(), start, until), day)


def intervals_of(shifts, zone, day, *, margin=DAY_MINUTES):
    """The unbroken stretches of working time in the window of a date."""
    clock = clock_around(zone, day)
    window = window_of(clock, day, day, margin)
    return window.intervals(shift_bits(clock, window, shifts))


def wall_times(zone, minutes):
    """How instants read on a wall clock, with their offset from UTC."""
    return [to_instant(minute).astimezone(ZoneInfo(zone)).strftime("%H:%M%z") for minute in minutes]


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


# Wall-clock spans: time off, extra shifts, closures, room blocks


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


# Midnights and the grid


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


# Everything against a clock that is read off step by step


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
