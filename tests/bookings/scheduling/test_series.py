"""Starts of a series: one wall time on several dates (rules T4 and T5)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.series import shifted, starts_on, weekly_dates

DENVER = "America/Denver"


def minute(wall: str, fold: int = 0) -> int:
    return to_minute(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(DENVER), fold=fold))


def walls(starts: list[int]) -> list[str]:
    return [f"{to_instant(each).astimezone(ZoneInfo(DENVER)):%m-%d %H:%M}" for each in starts]


def test_every_two_weeks_over_the_end_of_a_year():
    assert weekly_dates(date(2026, 12, 18), 2, 3) == [
        date(2026, 12, 18),
        date(2027, 1, 1),
        date(2027, 1, 15),
    ]


@pytest.mark.parametrize(("weeks", "count"), [(0, 6), (9, 6), (1, 1), (1, 13)])
def test_no_series_goes_beyond_its_bounds(weeks: int, count: int):
    with pytest.raises(ValueError, match="no series"):
        weekly_dates(date(2026, 8, 3), weeks, count)


def test_t5_the_wall_time_stays_across_both_changes_of_the_clocks():
    dates = [date(2026, 10, 30), date(2026, 11, 6), date(2027, 3, 12), date(2027, 3, 19)]

    starts = starts_on(DENVER, dates, like=minute("2026-10-30T10:00"))

    assert walls(starts) == ["10-30 10:00", "11-06 10:00", "03-12 10:00", "03-19 10:00"]
    assert starts[1] - starts[0] == 7 * 24 * 60 + 60


def test_t4_a_skipped_time_is_the_first_instant_after_the_gap():
    dates = [date(2027, 3, 7), date(2027, 3, 14), date(2027, 3, 21)]

    starts = starts_on(DENVER, dates, like=minute("2027-03-07T02:30"))

    assert walls(starts) == ["03-07 02:30", "03-14 03:00", "03-21 02:30"]


def test_t4_a_repeated_time_is_its_first_passage_unless_the_second_was_chosen():
    dates = [date(2026, 10, 25), date(2026, 11, 1)]

    first = starts_on(DENVER, dates, like=minute("2026-10-25T01:30"))
    second = starts_on(DENVER, dates, like=minute("2026-11-01T01:30", fold=1))

    assert first[1] == minute("2026-11-01T01:30")
    assert second[1] == minute("2026-11-01T01:30", fold=1)


def test_chosen_dates_come_ascending_and_once():
    days = [date(2026, 8, 12), date(2026, 8, 3), date(2026, 8, 12)]

    assert walls(starts_on(DENVER, days, like=minute("2026-08-03T10:00"))) == [
        "08-03 10:00",
        "08-12 10:00",
    ]


def test_t4_a_shift_goes_by_the_wall_clock():
    old = [minute("2026-10-30T10:00"), minute("2026-11-06T10:00")]

    new = shifted(DENVER, old, minute("2026-10-30T10:00"), minute("2026-11-02T11:30"))

    assert walls(new) == ["11-02 11:30", "11-09 11:30"]
