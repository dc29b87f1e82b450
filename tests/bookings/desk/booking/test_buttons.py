"""Buttons that fill something in; what no button of ours sends changes nothing."""

import pytest
from django.http import QueryDict

from bookings.desk.booking.buttons import filled_in, last_start
from bookings.scheduling.hours import to_minute
from tests.factories import at, make_location

pytestmark = pytest.mark.django_db

NOW = to_minute(at("2026-08-03 10:03"))


@pytest.fixture
def press():
    """Press a button on a form with a day and a time in it."""
    location = make_location()

    def press(button, typed="day=2026-08-03&time=09:00"):
        data = filled_in(QueryDict(typed), button, location, now=NOW)
        return {name: data.getlist(name) for name in data}

    return press


@pytest.mark.parametrize(
    "button",
    [
        "vanish",
        "at:",
        "at:soon",
        "at:2026-08-03T10:00",
        "at:0001-01-01T00:00+00:00",
        "at:9999-12-31T23:59-12:00",
    ],
)
def test_what_is_no_button_changes_nothing(press, button):
    assert press(button) == {"day": ["2026-08-03"], "time": ["09:00"]}


@pytest.mark.parametrize(
    ("instant", "filled"),
    [
        ("2026-08-03T12:15-06:00", {"day": ["2026-08-03"], "time": ["12:15"]}),
        ("2026-08-04T02:00+00:00", {"day": ["2026-08-03"], "time": ["20:00"]}),
        ("2026-11-01T01:30-06:00", {"day": ["2026-11-01"], "time": ["01:30"]}),
        (
            "2026-11-01T01:30-07:00",
            {"day": ["2026-11-01"], "time": ["01:30"], "second": ["on"]},
        ),
    ],
)
def test_t4_a_start_is_filled_in_as_the_clock_of_the_location_shows_it(press, instant, filled):
    assert press(f"at:{instant}") == filled


def test_a_start_forgets_the_second_passage_of_another_one(press):
    assert "second" not in press("at:2026-08-03T12:15-06:00", "second=on")


def test_s9_a_walk_in_keeps_a_reason_that_was_typed(press):
    filled = press("now", "reason=Her husband is here too&override=S2")

    assert filled["reason"] == ["Her husband is here too"]
    assert filled["override"] == ["S2", "S9"]
    assert (filled["day"], filled["time"]) == (["2026-08-03"], ["10:00"])


@pytest.mark.parametrize(("wall", "start"), [("10:03", "10:00"), ("10:05", "10:05")])
def test_s9_a_walk_in_began_in_the_last_five_minutes(wall, start):
    assert last_start(to_minute(at(f"2026-08-03 {wall}"))) == to_minute(at(f"2026-08-03 {start}"))


@pytest.mark.parametrize("day", ["", "soon", "9999-12-31"])
def test_a_day_that_is_none_becomes_today(press, day):
    assert press("day-after", f"day={day}&time=09:00") == {"day": ["2026-08-03"]}


def test_before_a_location_is_chosen_nothing_is_filled_in():
    assert filled_in(QueryDict("time=09:00"), "now", None, now=NOW).dict() == {"time": "09:00"}
