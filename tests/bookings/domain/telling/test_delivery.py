"""How a notification is claimed, marked and tried again."""

import pytest

from bookings.domain.telling.delivery import (
    LEASE_MINUTES,
    PAUSES,
    claim,
    give_back,
    is_anything_due,
    mark_failed,
    mark_sent,
    send_again,
    withdraw_untrue,
)
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Notification
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import NOW, booked
from tests.factories import make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

DUE = NOW + 4
"""When a booking made at NOW is confirmed."""


@pytest.fixture
def row():
    """The confirmation of a booking; its reminders are due days later."""
    return booked(make_bookable(), "2026-08-07 10:00").notifications.get(kind=Kind.CONFIRMED)


def test_nothing_is_due_before_its_minute(row):
    assert not is_anything_due(DUE - 1)
    assert claim(DUE - 1, 10) == []
    assert is_anything_due(DUE)
    assert claim(DUE, 10) == [row]


def test_no_more_is_claimed_than_asked_for_the_oldest_first(row):
    Notification.objects.exclude(pk=row.pk).update(due_at=to_instant(DUE))
    Notification.objects.filter(lead_hours=3).update(due_at=to_instant(DUE - 2))

    assert [each.lead_hours for each in claim(DUE, 2)] == [3, 0]
    assert [each.lead_hours for each in claim(DUE, 2)] == [48]


def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(row):
    claim(DUE, 10)

    assert claim(DUE + LEASE_MINUTES - 1, 10) == []
    assert not is_anything_due(DUE + LEASE_MINUTES - 1)
    assert claim(DUE + LEASE_MINUTES, 10) == [row]


def test_what_is_given_back_is_due_at_once_without_an_attempt(row):
    give_back(claim(DUE, 10))

    [again] = claim(DUE, 10)
    assert again.attempts == 0


def test_p4_what_has_left_does_not_leave_again(row):
    mark_sent(claim(DUE, 10)[0], now=DUE)

    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts) == (State.SENT, to_instant(DUE), 1)
    assert claim(DUE + 10 * LEASE_MINUTES, 10) == []


def test_a_message_that_is_refused_is_tried_again_after_growing_pauses_and_then_dead(row):
    now = DUE
    tried_after: list[int] = []
    while claimed := claim(now, 1):
        mark_failed(claimed[0], "SMTPDataError 451", now=now)
        row.refresh_from_db()
        if row.state == State.QUEUED:
            assert not is_anything_due(now + PAUSES[len(tried_after)] - 1)
            now += PAUSES[len(tried_after)]
            tried_after.append(now)

    assert tried_after == [DUE + sum(PAUSES[: count + 1]) for count in range(len(PAUSES))]
    assert (row.state, row.attempts) == (State.DEAD, len(PAUSES) + 1)
    assert row.last_error == "SMTPDataError 451"


def test_a_final_refusal_is_dead_at_once(row):
    state = mark_failed(claim(DUE, 1)[0], "SMTPRecipientsRefused 550", now=DUE, is_final=True)

    row.refresh_from_db()
    assert state == row.state == State.DEAD
    assert not is_anything_due(DUE + sum(PAUSES))


def test_a_dead_message_can_be_sent_again_with_all_its_attempts(row):
    mark_failed(claim(DUE, 1)[0], "SMTPRecipientsRefused 550", now=DUE, is_final=True)

    assert send_again(Notification.objects.all(), now=DUE + 60) == 1

    [again] = claim(DUE + 60, 10)
    assert (again.pk, again.attempts, again.last_error) == (row.pk, 0, "")


def test_what_is_not_true_any_more_does_not_leave(row):
    withdraw_untrue(claim(DUE, 1)[0])

    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert not is_anything_due(DUE + LEASE_MINUTES)


def test_a_worker_whose_lease_is_over_changes_nothing_of_what_another_has(row):
    [slow] = claim(DUE, 1)
    [other] = claim(DUE + LEASE_MINUTES, 1)

    mark_failed(slow, "TimeoutError", now=DUE + LEASE_MINUTES, is_final=True)
    withdraw_untrue(slow)
    give_back([slow])

    row.refresh_from_db()
    assert (row.state, row.attempts, row.leased_until) == (State.QUEUED, 0, other.leased_until)


def test_that_a_message_left_is_true_whoever_has_its_row_by_now(row):
    [slow] = claim(DUE, 1)
    claim(DUE + LEASE_MINUTES, 1)

    mark_sent(slow, now=DUE + LEASE_MINUTES)

    row.refresh_from_db()
    assert row.state == State.SENT
