"""Wall-clock times as people type them into forms (rules T2 and T4)."""

from datetime import datetime

import pytest
from django import forms

from studio.premises.fields import DayMinuteFormField, WallTimeFormField, format_wall


@pytest.mark.parametrize(
    ("typed", "minute"), [("00:00", 0), ("8:45", 525), ("08:45", 525), ("24:00", 1440)]
)
def test_t4_a_time_of_day_is_read_as_minutes(typed, minute):
    assert DayMinuteFormField().clean(typed) == minute


@pytest.mark.parametrize("typed", ["24:05", "12:60", "12", "noon", "12:5", "-1:00", "12:03"])
def test_t2_what_is_no_time_of_day_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        DayMinuteFormField().clean(typed)


def test_t4_the_end_of_the_day_is_shown_as_24_00():
    assert DayMinuteFormField().prepare_value(1440) == "24:00"


@pytest.mark.parametrize(
    "typed", ["2026-08-03T10:05", "2026-08-03 10:05", "2026-08-03T10:05:00", " 2026-08-03 10:05 "]
)
def test_t4_a_wall_clock_time_is_read_without_a_zone(typed):
    assert WallTimeFormField().clean(typed) == datetime(2026, 8, 3, 10, 5)


@pytest.mark.parametrize(
    "typed",
    ["2026-08-03 10:03", "2026-08-03 10:05:30", "2026-08-03T10:05Z", "2026-02-30 10:05", "10:05"],
)
def test_t2_what_is_no_wall_clock_time_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        WallTimeFormField().clean(typed)


def test_t2_a_wall_clock_time_is_shown_in_minutes():
    assert format_wall(datetime(2026, 8, 3, 10, 5)) == "2026-08-03 10:05"
