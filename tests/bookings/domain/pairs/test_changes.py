"""Two who come together are moved and cancelled together: both, or neither (rules B5 and B6)."""

import pytest

from bookings.domain.cancelling import cancel, undo
from bookings.domain.moving import move, seen_at
from bookings.domain.pairs.changes import cancel_pair, move_pair, undo_pair
from bookings.domain.pairs.partners import together_with
from bookings.domain.requests import Change, Details, Person
from bookings.enums import EventKind, Status
from bookings.errors import (
    ChangedMeanwhile,
    PairUnavailable,
    RuleRefused,
    Together,
    TooLate,
    WrongState,
)
from bookings.models import Booking, Event
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, minute
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.pairs.pairing import (
    NOON,
    TEN,
    book_both,
    hold_both,
    stands,
    studio_for_two,
    wish_for_two,
)

pytestmark = pytest.mark.django_db

QUARTER_PAST = "2026-08-03 10:15"


@pytest.fixture
def studio():
    return studio_for_two()


def starts():
    return {start for _status, start, _name in stands()}


def test_b5_both_move_and_both_are_told(studio):
    first, second = book_both(wish_for_two(studio))

    move_pair(second, minute(NOON), caller=CLIENT, now=NOW)

    assert starts() == {minute(NOON)}
    moved = Event.objects.filter(kind=EventKind.MOVED).order_by("booking")
    assert [event.booking for event in moved] == [first, second]


def test_b5_their_own_times_count_as_free_for_one_another(studio):
    first, second = book_both(wish_for_two(studio))

    move_pair(first, minute(QUARTER_PAST), caller=CLIENT, now=NOW)

    assert starts() == {minute(QUARTER_PAST)}
    kept = [booking.therapist for booking in (first, second)]
    assert [row.therapist for row in Booking.objects.order_by("pk")] == kept


@pytest.mark.both_engines
def test_b5_two_can_change_places_while_they_move(studio):
    first, second = book_both(wish_for_two(studio))
    swapped = (Change(therapist=second.therapist), Change(therapist=first.therapist))

    move_pair(first, minute(QUARTER_PAST), changes=swapped, caller=CLIENT, now=NOW)

    assert starts() == {minute(QUARTER_PAST)}
    rows = Booking.objects.order_by("pk")
    assert [row.therapist for row in rows] == [second.therapist, first.therapist]


def test_b5_when_one_cannot_move_neither_does(studio):
    first, second = book_both(wish_for_two(studio))
    booked(studio, NOON, therapist=second.therapist)

    with pytest.raises(PairUnavailable) as refused:
        move_pair(first, minute(NOON), caller=CLIENT, now=NOW)

    assert refused.value.position == 2
    assert minute("2026-08-03 11:00") in [slot.starts_at for slot in refused.value.alternatives]
    assert [row.starts_at for row in (first, second)] == [
        row.starts_at for row in Booking.objects.filter(pair__isnull=False)
    ]


def test_with_anyone_they_move_where_their_own_therapists_are_taken(studio):
    first, second = book_both(wish_for_two(studio))
    add_therapist(studio, "amy")
    add_room(studio, "third")
    booked(studio, NOON, therapist=second.therapist)
    anyone = (Change(any_therapist=True), Change(any_therapist=True))

    moved = move_pair(first, minute(NOON), changes=anyone, caller=CLIENT, now=NOW)

    assert second.therapist not in {booking.therapist for booking in moved}


def test_who_wanted_to_lie_side_by_side_still_does_after_a_move():
    studio = studio_for_two(beside=True)
    first, _ = book_both(wish_for_two(studio, side_by_side=True))
    add_room(studio, "third")
    add_therapist(studio, "amy")
    booked(studio, NOON)  # in one of the two rooms, as no other is like them

    with pytest.raises(PairUnavailable, match="No two rooms beside each other"):
        move_pair(
            first,
            minute(NOON),
            changes=(Change(any_therapist=True), Change(any_therapist=True)),
            caller=CLIENT,
            now=NOW,
        )


def test_b6_two_are_moved_until_the_deadline(studio):
    first, _ = book_both(wish_for_two(studio))

    with pytest.raises(TooLate):
        move_pair(first, minute(NOON), caller=CLIENT, now=minute("2026-08-02 11:00"))

    assert starts() == {minute(TEN)}


def test_where_somebody_else_has_moved_them_nothing_is_lost(studio):
    first, _ = book_both(wish_for_two(studio))
    seen = seen_at(first)
    move_pair(first, minute(NOON), caller=RECEPTION, now=NOW)

    with pytest.raises(ChangedMeanwhile):
        move_pair(first, minute("2026-08-03 14:00"), caller=CLIENT, now=NOW, seen=seen)


def test_holds_of_two_move_and_keep_their_time_limit(studio):
    first, _ = hold_both(wish_for_two(studio))

    moved = move_pair(first, minute(NOON), caller=CLIENT, now=NOW + 2)

    assert {booking.expires_at for booking in moved} == {first.expires_at}


# One of them


def test_a_client_moves_neither_of_them_alone(studio):
    for booking in book_both(wish_for_two(studio)):
        with pytest.raises(Together):
            move(booking, Change(minute(NOON)), caller=CLIENT, now=NOW)

    assert starts() == {minute(TEN)}


def test_reception_moves_one_alone_only_when_it_means_to(studio):
    first, _ = book_both(wish_for_two(studio))

    with pytest.raises(Together):
        move(first, Change(minute(NOON)), caller=RECEPTION, now=NOW)
    move(first, Change(minute(NOON), alone=True), caller=RECEPTION, now=NOW)

    assert starts() == {minute(TEN), minute(NOON)}
    assert together_with(Booking.objects.get(pk=first.pk), now=NOW) is None


def test_reception_gives_one_of_them_another_therapist_at_the_same_start(studio):
    amy = add_therapist(studio, "amy")
    first, _ = book_both(wish_for_two(studio))

    assert move(first, Change(therapist=amy), caller=RECEPTION, now=NOW).therapist == amy


def test_whose_partner_is_gone_moves_as_anybody(studio):
    first, second = book_both(wish_for_two(studio))
    cancel(second, caller=CLIENT, now=NOW)

    move(first, Change(minute(NOON)), caller=CLIENT, now=NOW)

    assert minute(NOON) in starts()
    with pytest.raises(WrongState):
        move_pair(first, minute("2026-08-03 14:00"), caller=CLIENT, now=NOW)


# Cancelling


def test_b6_cancelling_one_leaves_the_other(studio):
    first, second = book_both(wish_for_two(studio))

    cancel(first, caller=CLIENT, now=NOW)

    assert [status for status, *_ in stands()] == ["cancelled", "confirmed"]
    assert together_with(second, now=NOW) is None


def test_b6_both_are_cancelled_at_once_and_twice_is_harmless(studio):
    first, second = book_both(wish_for_two(studio))

    cancel_pair(first, caller=CLIENT, now=NOW, reason="Ill")
    cancel_pair(second, caller=CLIENT, now=NOW)

    assert [status for status, *_ in stands()] == ["cancelled", "cancelled"]
    assert Event.objects.filter(kind=EventKind.CANCELLED, reason="Ill").count() == 2


def test_when_one_has_come_already_neither_is_cancelled(studio):
    first, second = book_both(wish_for_two(studio))
    Booking.objects.filter(pk=second.pk).update(status=Status.CHECKED_IN)

    with pytest.raises(WrongState):
        cancel_pair(first, caller=CLIENT, now=NOW)

    assert [status for status, *_ in stands()] == ["confirmed", "checked_in"]


def test_b6_both_come_back(studio):
    first, second = book_both(wish_for_two(studio))
    cancel_pair(first, caller=CLIENT, now=NOW)

    undo_pair(second, caller=CLIENT, now=NOW + 3)

    assert [status for status, *_ in stands()] == ["confirmed", "confirmed"]


def test_b6_after_three_minutes_neither_comes_back(studio):
    first, _ = book_both(wish_for_two(studio))
    cancel_pair(first, caller=CLIENT, now=NOW)

    with pytest.raises(TooLate):
        undo_pair(first, caller=CLIENT, now=NOW + 4)


def test_b6_neither_comes_back_when_one_of_their_times_has_gone(studio):
    first, second = book_both(wish_for_two(studio))
    cancel_pair(first, caller=CLIENT, now=NOW)
    booked(studio, TEN, therapist=second.therapist)

    with pytest.raises(PairUnavailable):
        undo_pair(first, caller=CLIENT, now=NOW + 1)
    with pytest.raises(RuleRefused):
        undo_pair(first, caller=RECEPTION, now=NOW + 1)

    assert [status for status, *_ in stands()] == ["cancelled", "cancelled", "confirmed"]


def test_of_two_who_were_cancelled_together_none_comes_back_alone(studio):
    first, _ = book_both(wish_for_two(studio))
    cancel_pair(first, caller=CLIENT, now=NOW)

    with pytest.raises(Together):
        undo(first, caller=CLIENT, now=NOW + 1)


def test_one_who_was_cancelled_alone_comes_back_alone(studio):
    first, second = book_both(wish_for_two(studio), second=Details(Person("Bo", "bo@example.org")))
    cancel(second, caller=CLIENT, now=NOW)

    undo(second, caller=CLIENT, now=NOW + 1)

    assert together_with(first, now=NOW + 1) == second
    with pytest.raises(WrongState):
        undo_pair(first, caller=CLIENT, now=NOW + 1)
