"""What is queued to be told after a change, and what is not (rule P4)."""

import pytest
from django.db import transaction

from bookings.domain.attention.resolving import hand_over
from bookings.domain.cancelling import cancel, undo
from bookings.domain.moving import move, seen_at
from bookings.domain.reception import step
from bookings.domain.requests import Change
from bookings.enums import EventKind
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Client, Notification
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, held, minute
from tests.factories import make_bookable, make_shift, make_therapist, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, NOON = "2026-08-07 10:00", "2026-08-07 12:00"
HOUR = 60


def waiting(booking, *kinds):
    """What has not left yet, as (kind, due minute, lead hours)."""
    rows = booking.notifications.filter(state=State.QUEUED).order_by("due_at", "kind")
    found = [(row.kind, row.due_at, row.lead_hours) for row in rows]
    return [each for each in found if each[0] in kinds] if kinds else found


def deliver(booking, *kinds):
    """Mark what waits as sent, as the worker does."""
    rows = booking.notifications.filter(state=State.QUEUED)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    rows.update(state=State.SENT, sent_at=to_instant(NOW + 4))


def news(booking):
    """The client's news that wait."""
    return [
        kind
        for kind, _due, _lead in waiting(booking)
        if kind not in (Kind.REMINDER, Kind.FOLLOW_UP) and not kind.startswith("therapist")
    ]


def with_an_account(therapist):
    """A therapist whom mail reaches."""
    user = make_user(username=therapist.slug)
    user.email = f"{therapist.slug}@example.org"
    user.save()
    therapist.user = user
    therapist.save()
    return therapist


def test_p4_a_booking_queues_its_confirmation_for_when_it_cannot_be_undone_any_more():
    booking = booked(make_bookable(), TEN)

    assert waiting(booking, Kind.CONFIRMED) == [(Kind.CONFIRMED, to_instant(NOW + 4), 0)]


def test_a_hold_tells_nobody_anything():
    assert waiting(held(make_bookable(), TEN)) == []


def test_reminders_are_due_the_hours_before_the_start_that_the_location_says():
    studio = make_bookable()
    studio.location.reminder_hours = [24, 2]
    studio.location.save()

    booking = booked(studio, TEN)

    assert waiting(booking, Kind.REMINDER) == [
        (Kind.REMINDER, to_instant(minute(TEN) - hours * HOUR), hours) for hours in (24, 2)
    ]


def test_who_books_inside_the_time_of_a_reminder_gets_none():
    booking = booked(make_bookable(), TEN, now=minute(TEN) - 48 * HOUR)

    assert [lead for _kind, _due, lead in waiting(booking, Kind.REMINDER)] == [3]


def test_who_wants_no_reminders_gets_none():
    studio = make_bookable()
    booking = booked(studio, TEN)
    Client.objects.update(wants_reminders=False)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW)

    assert waiting(moved, Kind.REMINDER) == []


def test_p4_what_is_cancelled_before_anything_left_says_nothing():
    booking = booked(make_bookable(), TEN)

    cancel(booking, caller=CLIENT, now=NOW + 3)

    assert waiting(booking) == []


def test_p4_a_cancellation_that_is_undone_says_nothing():
    booking = booked(make_bookable(), TEN)
    deliver(booking, Kind.CONFIRMED)
    cancel(booking, caller=CLIENT, now=NOW + 10)
    assert waiting(booking) == [(Kind.CANCELLED, to_instant(NOW + 14), 0)]

    undo(booking, caller=CLIENT, now=NOW + 13)

    assert news(booking) == []
    assert len(waiting(booking, Kind.REMINDER)) == 2


def test_a_move_takes_the_reminders_along():
    booking = booked(make_bookable(), TEN)
    deliver(booking, Kind.CONFIRMED)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW + 10)

    assert news(moved) == [Kind.MOVED]
    assert [due for _kind, due, _lead in waiting(moved, Kind.REMINDER)] == [
        to_instant(minute(NOON) - hours * HOUR) for hours in (48, 3)
    ]


def test_a_move_before_the_confirmation_left_changes_what_it_says():
    booking = booked(make_bookable(), TEN)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW + 1)

    row = moved.notifications.get(state=State.QUEUED, kind=Kind.CONFIRMED)
    assert row.start == to_instant(minute(NOON))
    assert news(moved) == [Kind.CONFIRMED]


def test_moving_there_and_back_at_once_says_nothing():
    booking = booked(make_bookable(), TEN)
    deliver(booking, Kind.CONFIRMED)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW + 10)
    back = move(moved, Change(starts_at=minute(TEN)), caller=CLIENT, now=NOW + 11)

    assert news(back) == []
    assert len(waiting(back, Kind.REMINDER)) == 2


def test_each_of_two_moves_to_the_same_start_is_told():
    booking = booked(make_bookable(), TEN)
    deliver(booking, Kind.CONFIRMED)
    for start in (NOON, TEN, NOON):
        booking = move(booking, Change(starts_at=minute(start)), caller=CLIENT, now=NOW + 10)
        assert news(booking) == [Kind.MOVED]
        deliver(booking, Kind.MOVED)

    assert booking.notifications.filter(kind=Kind.MOVED, state=State.SENT).count() == 3


def test_a_reminder_that_has_been_sent_is_not_sent_again():
    booking = booked(make_bookable(), TEN)
    deliver(booking)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW + 10)
    back = move(moved, Change(starts_at=minute(TEN)), caller=CLIENT, now=NOW + 11)

    assert waiting(back, Kind.REMINDER) == []


def test_what_a_worker_has_in_hand_counts_as_told():
    booking = booked(make_bookable(), TEN)
    booking.notifications.filter(kind=Kind.CONFIRMED).update(leased_until=to_instant(NOW + 20))

    cancel(booking, caller=CLIENT, now=NOW + 10)

    assert news(booking) == [Kind.CONFIRMED, Kind.CANCELLED]


def test_a_quiet_receptionist_tells_the_client_herself():
    booking = booked(make_bookable(), TEN)
    deliver(booking, Kind.CONFIRMED)
    quiet = RECEPTION.__class__(source=RECEPTION.source, is_staff=True, is_quiet=True)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=quiet, now=NOW + 10)

    assert news(moved) == []
    assert moved.notifications.get(kind=Kind.MOVED).state == State.TOLD
    cancel(moved, caller=RECEPTION, now=NOW + 20)
    assert news(moved) == [Kind.CANCELLED]


def test_who_has_no_address_is_not_written_to():
    booking = booked(make_bookable(), TEN)
    Client.objects.update(folded_email="", email="")

    move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW)

    assert waiting(booking) == []


def test_a_therapist_with_an_account_is_told_of_her_bookings():
    studio = make_bookable()
    with_an_account(studio.therapist)

    booking = booked(studio, TEN)

    assert len(waiting(booking, Kind.THERAPIST_BOOKED)) == 1


def test_a_booking_that_changes_hands_is_told_to_both():
    studio = make_bookable()
    leaving = with_an_account(studio.therapist)
    taking = with_an_account(make_therapist())
    studio.session_type.requires_qualifications.clear()
    studio.session_type.therapists.add(taking)
    for weekday in range(7):
        make_shift(therapist=taking, location=studio.location, weekday=weekday)
    booking = booked(studio, TEN, therapist=leaving)
    deliver(booking, Kind.CONFIRMED, Kind.THERAPIST_BOOKED)

    hand_over(booking, taking, seen=seen_at(booking), caller=RECEPTION, now=NOW + 10)

    rows = booking.notifications.filter(state=State.QUEUED, therapist__isnull=False)
    assert {(row.kind, row.therapist) for row in rows} == {
        (Kind.THERAPIST_CANCELLED, leaving),
        (Kind.THERAPIST_BOOKED, taking),
    }
    assert news(booking) == [Kind.MOVED]


def test_a_no_show_is_not_asked_how_it_was():
    studio = make_bookable()
    studio.location.follow_up_hours = 4
    studio.location.save()
    booking = booked(studio, TEN)
    assert len(waiting(booking, Kind.FOLLOW_UP)) == 1

    step(booking, EventKind.NO_SHOW, caller=RECEPTION, now=minute(TEN) + 15)

    assert waiting(booking) == []


def test_moving_to_where_it_stands_queues_nothing():
    booking = booked(make_bookable(), TEN)
    before = Notification.objects.count()

    move(booking, Change(starts_at=minute(TEN)), caller=CLIENT, now=NOW)

    assert Notification.objects.count() == before


def test_p4_a_message_is_written_in_the_transaction_of_its_change():
    studio = make_bookable()

    with transaction.atomic():
        booked(studio, TEN)
        transaction.set_rollback(True)

    assert not Notification.objects.exists()
