"""A booking of a series and all that follow it: cancelled or moved together, or not at all."""

from datetime import date

import pytest

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import cancel
from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.domain.series.following import (
    cancel_following,
    move_following,
    undo_following,
)
from bookings.errors import RuleRefused, SeriesUnavailable, TooLate
from bookings.models import Booking
from bookings.scheduling.hours import to_instant, to_minute
from tests.bookings.domain.asking import ADA, CLIENT, RECEPTION, booked, minute, wish
from tests.bookings.domain.bookable.test_assignment import add_therapist
from tests.bookings.domain.health.answering import answers, usual_questions
from tests.factories import Bookable, make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = minute("2026-09-21 08:00")
DAYS = ("2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09")
"""Clocks are put back on the first of November."""


@pytest.fixture
def studio() -> Bookable:
    return make_bookable()


@pytest.fixture
def series(studio: Bookable) -> tuple[Booking, ...]:
    starts = [minute(f"{day} 10:00") for day in DAYS]
    asked = wish(studio, f"{DAYS[0]} 10:00")
    return book_series(
        asked, starts, Details(ADA), all_or_nothing=True, caller=CLIENT, now=NOW
    ).bookings


def walls() -> list[str]:
    """When each booking is, by its place in the series."""
    rows = Booking.objects.filter(series__isnull=False).order_by("series_position")
    return [f"{each.starts_at.astimezone(each.location.zone):%m-%d %H:%M}" for each in rows]


def states() -> list[str]:
    rows = Booking.objects.filter(series__isnull=False).order_by("series_position")
    return list(rows.values_list("status", flat=True))


BEFORE = ["10-19 10:00", "10-26 10:00", "11-02 10:00", "11-09 10:00"]


def test_cancelling_all_that_follow_leaves_those_before(series):
    cancelled = cancel_following(series[1], caller=CLIENT, now=NOW)

    assert cancelled == list(series[1:])
    assert states() == ["confirmed", "cancelled", "cancelled", "cancelled"]


def test_b6_each_that_is_past_its_own_deadline_is_marked_late(series):
    late = cancellable_until(series[1]) + 1

    cancelled = cancel_following(series[1], caller=CLIENT, now=late)

    assert [each.late_cancellation for each in cancelled] == [True, False, False]


def test_b6_a_client_cancels_nothing_once_the_first_of_them_has_begun(series):
    with pytest.raises(TooLate):
        cancel_following(series[0], caller=CLIENT, now=to_minute(series[0].starts_at))

    assert states() == ["confirmed"] * 4


def test_cancelling_all_that_follow_twice_is_harmless(series):
    cancel_following(series[1], caller=CLIENT, now=NOW)

    again = cancel_following(series[1], caller=CLIENT, now=NOW + 1)

    assert [each.cancelled_at for each in again] == [to_instant(NOW)]


def test_without_a_series_only_the_booking_itself_is_cancelled(studio, series):
    alone = booked(studio, f"{DAYS[0]} 12:00", now=NOW)

    assert cancel_following(alone, caller=CLIENT, now=NOW) == [alone]
    assert states() == ["confirmed"] * 4


def test_undo_takes_back_what_was_cancelled_together(series):
    cancel(series[3], caller=CLIENT, now=NOW)
    cancel_following(series[1], caller=CLIENT, now=NOW + 1)

    undo_following(series[1], caller=CLIENT, now=NOW + 2)

    assert states() == ["confirmed", "confirmed", "confirmed", "cancelled"]


def test_undo_restores_none_when_one_is_taken_meanwhile(studio, series):
    cancel_following(series[1], caller=CLIENT, now=NOW)
    booked(studio, f"{DAYS[2]} 10:30", now=NOW)

    with pytest.raises(SeriesUnavailable):
        undo_following(series[1], caller=CLIENT, now=NOW + 1)

    assert states() == ["confirmed", "cancelled", "cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("to", "after"),
    [
        ("2026-10-26 10:30", ["10-19 10:00", "10-26 10:30", "11-02 10:30", "11-09 10:30"]),
        ("2026-10-26 09:15", ["10-19 10:00", "10-26 09:15", "11-02 09:15", "11-09 09:15"]),
        ("2026-11-02 10:00", ["10-19 10:00", "11-02 10:00", "11-09 10:00", "11-16 10:00"]),
    ],
)
def test_t4_all_that_follow_move_as_far_on_the_wall_clock(series, to: str, after: list[str]):
    """Half an hour and a week ahead they take one another's own times."""
    moved = move_following(series[1], minute(to), caller=CLIENT, now=NOW)

    assert moved == list(series[1:])
    assert walls() == after


def test_b5_all_stay_where_one_cannot_move(studio, series):
    booked(studio, f"{DAYS[3]} 14:30", now=NOW)

    with pytest.raises(SeriesUnavailable, match=r"2026|Nov"):
        move_following(series[1], minute(f"{DAYS[1]} 14:00"), caller=CLIENT, now=NOW)

    assert walls() == BEFORE


def test_reception_is_told_which_date_and_which_rule(studio, series):
    booked(studio, f"{DAYS[3]} 14:30", caller=RECEPTION, client=make_client(), now=NOW)

    with pytest.raises(RuleRefused, match=r"Nov.*The therapist has another booking then"):
        move_following(series[1], minute(f"{DAYS[1]} 14:00"), caller=RECEPTION, now=NOW)

    assert walls() == BEFORE


def test_b6_a_client_moves_nothing_after_the_deadline_of_the_first(series):
    late = cancellable_until(series[1]) + 1

    with pytest.raises(TooLate):
        move_following(series[1], minute(f"{DAYS[1]} 14:00"), caller=CLIENT, now=late)

    assert walls() == BEFORE


def test_all_that_follow_go_to_another_therapist(studio, series):
    amy = add_therapist(studio, "amy")

    move_following(
        series[2], to_minute(series[2].starts_at), therapist=amy, caller=RECEPTION, now=NOW
    )

    rows = Booking.objects.order_by("series_position")
    assert [each.therapist == amy for each in rows] == [False, False, True, True]


def test_those_of_another_client_stay(series):
    Booking.objects.filter(pk=series[3].pk).update(client=make_client(name="Bo"))

    cancel_following(series[1], caller=CLIENT, now=NOW)

    assert states() == ["confirmed", "cancelled", "cancelled", "confirmed"]


def test_b5_each_that_moves_is_judged_for_its_new_date_by_what_was_answered(studio):
    usual_questions()
    starts = [minute(f"{day} 10:00") for day in DAYS]
    # 275 days before the 27th of October, the last day of the widest window.
    details = Details(ADA, answers=answers(surgery=date(2026, 1, 25)))
    asked = wish(studio, f"{DAYS[0]} 10:00")
    made = book_series(asked, starts, details, all_or_nothing=True, caller=CLIENT, now=NOW).bookings
    assert states() == ["pending_review", "pending_review", "confirmed", "confirmed"]

    move_following(made[2], minute("2026-10-27 10:00"), caller=CLIENT, now=NOW)

    assert states() == ["pending_review", "pending_review", "pending_review", "confirmed"]
    cancel_following(made[0], caller=CLIENT, now=NOW + 1)
    undo_following(made[0], caller=CLIENT, now=NOW + 2)
    assert states() == ["pending_review", "pending_review", "pending_review", "confirmed"]
