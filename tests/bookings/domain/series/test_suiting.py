"""Starts to which a booking and all that follow it can move; they agree with the preview."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.booking import cancellable_until
from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.domain.series.following_preview import preview_move
from bookings.domain.series.suiting import suiting_starts
from bookings.models import Booking
from bookings.scheduling.hours import DAY_MINUTES, to_minute
from tests.bookings.domain.asking import CLIENT, booked, minute, wish
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.factories import make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = minute("2026-09-21 08:00")
DAYS = ("2026-10-19", "2026-10-26", "2026-11-02")
"""Clocks are put back on the first of November."""


@pytest.fixture
def studio():
    """Every day from nine to five, on the hour."""
    return make_bookable(slot_step_minutes=60)


@pytest.fixture
def series(studio):
    return series_of(studio)


def series_of(studio, days=DAYS):
    starts = [minute(f"{day} 10:00") for day in days]
    asked, details = wish(studio, f"{days[0]} 10:00"), Details(make_client())
    return book_series(asked, starts, details, all_or_nothing=True, caller=CLIENT, now=NOW).bookings


def found(series, now=NOW, **options):
    return suiting_starts(series[0], caller=CLIENT, now=now, **options)


def previewed(series, days):
    """What is possible on some days around the first, looked at hour by hour and date by date."""
    own = to_minute(series[0].starts_at)
    starts = [own + day * DAY_MINUTES + hour * 60 for day in days for hour in range(-2, 8)]
    return [
        start
        for start in starts
        if start != own
        if all(each.is_possible for each in preview_move(series[0], start, caller=CLIENT, now=NOW))
    ]


def test_they_are_those_that_the_preview_calls_possible(studio, series):
    """Each date is a little busy at another time, and the clocks change between them."""
    add_room(studio, "second")
    booked(studio, "2026-10-19 12:00", now=NOW)
    booked(studio, "2026-10-26 14:00", now=NOW)
    booked(studio, "2026-11-02 09:00", now=NOW)
    booked(studio, "2026-11-03 11:00", now=NOW)
    booked(studio, "2026-11-02 15:00", client=series[0].client, now=NOW)

    starts = found(series)

    days = (-7, -1, 0, 1)
    near = {to_minute(series[0].starts_at) // DAY_MINUTES + day for day in days}
    assert [start for start in starts if start // DAY_MINUTES in near] == previewed(series, days)


def test_they_lie_within_a_week(series):
    starts = found(series)

    assert starts[0] == minute("2026-10-12 09:00")
    assert starts[-1] == minute("2026-10-26 16:00")


def test_their_own_times_are_free_for_one_another(series):
    assert minute(f"{DAYS[1]} 10:00") in found(series)


def test_s10_the_clients_other_sessions_count(studio, series):
    add_therapist(studio, "amy"), add_room(studio, "second")
    booked(studio, f"{DAYS[2]} 14:00", client=series[0].client, now=NOW)

    starts = found(series)

    assert minute(f"{DAYS[0]} 14:00") not in starts
    assert minute(f"{DAYS[0]} 13:00") in starts


def test_a_therapist_who_is_named_takes_them_at_their_own_time(studio, series):
    amy = add_therapist(studio, "amy", time_from="10:00")
    booked(studio, f"{DAYS[1]} 12:00", therapist=amy, now=NOW)

    starts = found(series, therapist=amy)

    assert minute(f"{DAYS[0]} 10:00") in starts
    assert minute(f"{DAYS[0]} 09:00") not in starts
    assert minute(f"{DAYS[0]} 12:00") not in starts


def test_each_keeps_its_own_therapist(studio, series):
    amy = add_therapist(studio, "amy", time_until="12:00")
    Booking.objects.filter(pk=series[1].pk).update(therapist=amy)

    starts = found(series)

    assert minute(f"{DAYS[0]} 11:00") in starts
    assert minute(f"{DAYS[0]} 13:00") not in starts


def test_b6_nothing_suits_what_cannot_be_moved_any_more(series):
    assert found(series, now=cancellable_until(series[0]) + 1) == []


@pytest.mark.parametrize("count", [2, 6])
def test_it_asks_no_more_of_the_database_for_many_dates(studio, count):
    days = [f"2026-{month}-{day}" for month in ("10", "11") for day in ("05", "12", "19")]
    series = series_of(studio, days[:count])

    with CaptureQueriesContext(connection) as queries:
        found(series)

    assert len(queries) == 3
