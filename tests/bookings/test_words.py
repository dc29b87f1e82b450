"""How the pages for staff spell times and states."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from bookings.enums import Status
from bookings.scheduling.hours import to_minute
from bookings.words import (
    SIGNS,
    is_repeated,
    spelled_time,
    spelled_wall,
    standing,
    time_words,
    where,
)
from tests.factories import at, make_booking

DENVER = ZoneInfo("America/Denver")


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 8, 3, 16, 0, tzinfo=UTC), "10:00"),
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), "01:30 -06:00"),
        (datetime(2026, 11, 1, 8, 30, tzinfo=UTC), "01:30 -07:00"),
        (datetime(2026, 11, 1, 9, 0, tzinfo=UTC), "02:00"),
        (datetime(2027, 3, 14, 9, 0, tzinfo=UTC), "03:00"),
    ],
)
def test_t5_a_time_that_clocks_show_twice_is_told_with_its_offset(instant, words):
    assert spelled_time(instant.astimezone(DENVER)) == words


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 11, 1, 8, 30, tzinfo=UTC), "01:30 -07:00"),
        (datetime(2026, 11, 2, 8, 30, tzinfo=UTC), "Mon 2 Nov, 01:30"),
    ],
)
@pytest.mark.django_db
def test_t5_a_time_on_another_day_than_spoken_of_has_its_day(instant, words):
    assert time_words(instant, make_booking(), on=date(2026, 11, 1)) == words


@pytest.mark.parametrize(("hour", "repeated"), [(0, False), (1, True), (2, False)])
def test_t4_an_hour_is_repeated_when_clocks_go_back(hour, repeated):
    assert is_repeated(datetime(2026, 11, 1, hour, 30), "America/Denver") is repeated


def test_every_state_has_a_sign():
    assert set(SIGNS) == set(Status)


@pytest.mark.django_db
@pytest.mark.parametrize(("minute", "words"), [("06:59", "held"), ("07:00", "held, time is up")])
def test_b3_a_hold_past_its_time_says_so(minute, words):
    booking = make_booking(status=Status.HELD, expires_at=at("2026-08-03 07:00"))

    assert standing(booking, now=to_minute(at(f"2026-08-03 {minute}"))) == words


@pytest.mark.django_db
def test_a_booking_in_one_line():
    assert where(make_booking()) == "Mon 3 Aug 2026, 10:00 -06:00, Therapist-1, Room-1"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Mon 3 Aug 2026, 14:30"), ("es", "lun 3 ago 2026, 14:30")],
)
def test_a_date_at_the_desk_is_written_as_its_language_does(language, words):
    with override(language):
        assert spelled_wall(datetime(2026, 8, 3, 14, 30)) == words
