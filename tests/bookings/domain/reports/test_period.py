from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.domain.reports.period import Grain, Period, month_of, suited, week_of, year_of

DATES = st.dates(date(2000, 1, 1), date(2199, 12, 31))


def test_the_days_of_a_period():
    assert Period(date(2026, 8, 31), date(2026, 9, 1)).parts(Grain.DAY) == [
        Period(date(2026, 8, 31), date(2026, 8, 31)),
        Period(date(2026, 9, 1), date(2026, 9, 1)),
    ]


def test_weeks_begin_on_monday_and_the_outermost_are_cut_off():
    assert Period(date(2026, 8, 5), date(2026, 8, 18)).parts(Grain.WEEK) == [
        Period(date(2026, 8, 5), date(2026, 8, 9)),
        Period(date(2026, 8, 10), date(2026, 8, 16)),
        Period(date(2026, 8, 17), date(2026, 8, 18)),
    ]


def test_months_are_as_long_as_they_are():
    assert Period(date(2027, 12, 15), date(2028, 2, 29)).parts(Grain.MONTH) == [
        Period(date(2027, 12, 15), date(2027, 12, 31)),
        Period(date(2028, 1, 1), date(2028, 1, 31)),
        Period(date(2028, 2, 1), date(2028, 2, 29)),
    ]


def test_the_week_month_and_year_of_a_date():
    day = date(2026, 8, 5)

    assert week_of(day) == Period(date(2026, 8, 3), date(2026, 8, 9))
    assert month_of(day) == Period(date(2026, 8, 1), date(2026, 8, 31))
    assert year_of(day) == Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("days", "grain"),
    [(1, Grain.DAY), (31, Grain.DAY), (32, Grain.WEEK), (182, Grain.WEEK), (183, Grain.MONTH)],
)
def test_a_long_period_is_looked_at_less_finely(days, grain):
    first = date(2026, 1, 1)

    assert suited(Period(first, first + timedelta(days=days - 1))) is grain


@given(first=DATES, days=st.integers(0, 800), grain=st.sampled_from(Grain))
def test_the_parts_are_the_period_in_order(first, days, grain):
    period = Period(first, first + timedelta(days=days))

    parts = period.parts(grain)

    assert [day for part in parts for day in part.dates()] == list(period.dates())
