"""What moving all that follow would come to, date by date; it agrees with the move itself."""

import pytest

from bookings.domain.booking import cancellable_until
from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.domain.series.following import move_following
from bookings.domain.series.following_preview import preview_move
from bookings.domain.series.preview import NOT_FREE
from bookings.errors import BookingError, ClientBusy, TooLate
from bookings.models import Booking
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import CLIENT, RECEPTION, booked, minute, past, wish
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.factories import Bookable, make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = minute("2026-09-21 08:00")
DAYS = ("2026-10-19", "2026-10-26", "2026-11-02")
"""Clocks are put back on the first of November."""


@pytest.fixture
def studio() -> Bookable:
    return make_bookable()


@pytest.fixture
def series(studio: Bookable) -> tuple[Booking, ...]:
    starts = [minute(f"{day} 10:00") for day in DAYS]
    asked = wish(studio, f"{DAYS[0]} 10:00")
    details = Details(make_client())
    return book_series(asked, starts, details, all_or_nothing=True, caller=CLIENT, now=NOW).bookings


def told(found):
    return [str(each.words) for each in found]


@pytest.mark.parametrize("time", ["10:30", "09:15", "14:00"])
def test_t4_every_date_is_shown_with_its_new_start(series, time: str):
    """Half an hour later each takes its own old time, too."""
    found = preview_move(series[0], minute(f"{DAYS[0]} {time}"), caller=CLIENT, now=NOW)

    assert [each.booking for each in found] == list(series)
    assert [each.start for each in found] == [minute(f"{day} {time}") for day in DAYS]
    assert all(each.is_possible for each in found)


def test_a_week_later_they_take_one_anothers_times(series):
    found = preview_move(series[0], minute(f"{DAYS[1]} 10:00"), caller=CLIENT, now=NOW)

    assert told(found) == ["", "", ""]


def test_what_stands_in_the_way_is_said_of_its_date(studio, series):
    booked(studio, f"{DAYS[1]} 14:30", now=NOW)

    found = preview_move(series[0], minute(f"{DAYS[0]} 14:00"), caller=CLIENT, now=NOW)

    assert told(found) == ["", str(NOT_FREE), ""]


def test_reception_is_told_the_rule_and_goes_past_it(series):
    late = minute(f"{DAYS[0]} 16:45")

    [one, *_] = preview_move(series[0], late, caller=RECEPTION, now=NOW)
    found = preview_move(series[0], late, caller=RECEPTION, now=NOW, override=past(Rule.WORKING))

    assert (one.rule, one.overridable) == (Rule.WORKING, True)
    assert told(found) == ["", "", ""]


def test_b6_the_deadline_of_each_counts(series):
    late = cancellable_until(series[0]) + 1

    found = preview_move(series[0], minute(f"{DAYS[0]} 14:00"), caller=CLIENT, now=late)

    assert told(found) == [str(TooLate.message), "", ""]


def test_s10_the_clients_other_sessions_count(studio, series):
    add_therapist(studio, "amy"), add_room(studio, "second")
    booked(studio, f"{DAYS[2]} 14:30", client=series[0].client, now=NOW)

    found = preview_move(series[0], minute(f"{DAYS[0]} 14:00"), caller=CLIENT, now=NOW)

    assert told(found) == ["", "", str(ClientBusy.message)]


def test_another_therapist_is_judged_instead(studio, series):
    amy = add_therapist(studio, "amy")
    add_room(studio, "second")
    booked(studio, f"{DAYS[1]} 10:00", therapist=amy, now=NOW)

    found = preview_move(
        series[0], minute(f"{DAYS[0]} 10:00"), therapist=amy, caller=CLIENT, now=NOW
    )

    assert told(found) == ["", str(NOT_FREE), ""]


@pytest.mark.parametrize("time", ["08:45", "09:00", "10:45", "12:15", "13:30", "16:00", "16:15"])
def test_it_agrees_with_the_move_itself(studio, series, time: str):
    for day, other in zip(DAYS, ("12:00", "14:00", "11:00"), strict=True):
        booked(studio, f"{day} {other}", now=NOW)
    start = minute(f"{DAYS[0]} {time}")

    is_possible = all(
        each.is_possible for each in preview_move(series[0], start, caller=CLIENT, now=NOW)
    )

    try:
        move_following(series[0], start, caller=CLIENT, now=NOW)
    except BookingError:
        assert not is_possible
    else:
        assert is_possible
