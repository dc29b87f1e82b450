"""Rule B8: what needs attention, and how it leaves the list."""

import pytest

from bookings.domain.attention.resolving import attention, hand_over, keep
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.health.settling import answer
from bookings.domain.moving import seen_at
from bookings.domain.reception import step
from bookings.domain.requests import Seen
from bookings.enums import EventKind, Source, Status
from bookings.errors import ChangedMeanwhile, RuleRefused
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import NOW, RECEPTION, booked, minute, past
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.health.answering import answers, reviewer, usual_questions
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_room_block,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, NOON = "2026-08-03 10:00", "2026-08-03 12:00"
S2 = Rule.WORKING
CLIENT = Caller(source=Source.SITE)


@pytest.fixture
def made():
    """A therapist who works every day from nine to five, and her room."""
    return make_bookable()


def ill(made, day="2026-08-03"):
    return make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from=f"{day} 00:00",
        wall_until=f"{day} 23:55",
    )


def made_by_hand(made, starts_at, **values):
    return make_booking(
        therapist=made.therapist,
        room=made.room,
        session_type=made.session_type,
        starts_at=at(starts_at),
        **values,
    )


def waiting(made, starts_at, expires_at):
    return made_by_hand(made, starts_at, status=Status.PENDING_REVIEW, expires_at=at(expires_at))


def test_h2_a_review_without_answers_waits_for_its_client(made):
    usual_questions()
    broken = waiting(made, "2026-08-03 10:00", "2026-08-03 08:00")
    answered = waiting(made, NOON, "2026-08-03 08:00")
    answer(answered, answers(surgery="not_sure"), caller=CLIENT, now=NOW)
    confirmed = made_by_hand(made, "2026-08-03 11:00")
    ill(made)

    awaited = {entry.booking: entry.awaits_answers for entry in attention(now=NOW)}

    assert awaited == {broken: True, answered: False, confirmed: False}


def listed():
    return [(entry.booking, entry.rules) for entry in attention(now=NOW)]


def give(booking, therapist=None):
    return hand_over(booking, therapist, seen=seen_at(booking), caller=RECEPTION, now=NOW)


def test_b8_nothing_needs_attention_where_everything_fits(made):
    booked(made, TEN)

    assert attention(now=NOW) == []


def test_b8_what_is_due_first_stands_first(made):
    soon, late = booked(made, TEN), booked(made, "2026-08-05 10:00")
    review = waiting(made, "2026-08-06 10:00", "2026-08-01 08:00")
    ill(made)
    ill(made, "2026-08-05")

    assert listed() == [(review, ()), (soon, (S2,)), (late, (S2,))]


def test_h2_a_review_stands_in_the_list_until_its_deadline(made):
    waiting(made, TEN, "2026-07-31 08:00")
    review = waiting(made, NOON, "2026-07-31 08:01")

    [entry] = attention(now=NOW)

    assert (entry.booking, entry.decide_until) == (review, at("2026-07-31 08:01"))
    assert not entry.can_be_kept


@pytest.mark.parametrize("kind", [EventKind.APPROVED, EventKind.DECLINED])
@pytest.mark.parametrize("note", ["", "Stay off the left hip"])
def test_h2_a_review_that_is_decided_leaves_the_list_with_or_without_a_note(made, kind, note):
    review = waiting(made, TEN, "2026-08-03 09:00")

    step(review, kind, caller=reviewer(), now=NOW, reason=note)

    assert listed() == []


def test_h2_a_review_that_is_affected_too_stands_there_once(made):
    review = waiting(made, TEN, "2026-08-01 08:00")
    ill(made)

    assert listed() == [(review, (S2,))]


def test_b3_a_hold_needs_no_attention(made):
    made_by_hand(made, TEN, status=Status.HELD, expires_at=at("2026-07-31 08:05"))
    ill(made)

    assert attention(now=NOW) == []


def test_b8_a_cancelled_booking_leaves_the_list(made):
    booking = booked(made, TEN)
    ill(made)

    cancel(booking, caller=RECEPTION, now=NOW, reason="She is ill")

    assert attention(now=NOW) == []


def test_b8_a_kept_booking_leaves_the_list_and_says_why(made):
    booking = booked(made, TEN)
    ill(made)

    keep(booking, [S2], caller=RECEPTION, now=NOW, reason="She comes in for it")

    assert attention(now=NOW) == []
    event = booking.events.get(kind=EventKind.KEPT)
    assert (event.overridden, event.reason) == (["S2"], "She comes in for it")


def test_b8_a_hard_rule_cannot_be_kept(made):
    booking = booked(made, TEN)
    made.room.active = False
    made.room.save()

    with pytest.raises(RuleRefused) as refused:
        keep(booking, [Rule.OFFERED], caller=RECEPTION, now=NOW, reason="It will do")

    assert (refused.value.rule, refused.value.overridable) == (Rule.OFFERED, False)
    assert not booking.events.filter(kind=EventKind.KEPT).exists()


def test_b8_a_rule_that_nobody_has_seen_cannot_be_kept(made):
    booking = booked(made, TEN)
    made.therapist.max_barefoot_minutes_per_day = 30
    made.therapist.save()
    ill(made)

    with pytest.raises(ChangedMeanwhile):
        keep(booking, [S2], caller=RECEPTION, now=NOW, reason="She comes in for it")


def test_b8_keeping_what_fits_again_is_harmless(made):
    booking = booked(made, TEN)

    keep(booking, [S2], caller=RECEPTION, now=NOW, reason="She comes in for it")

    assert not booking.events.filter(kind=EventKind.KEPT).exists()


def test_b8_a_booking_is_given_to_another_therapist_in_its_own_room(made):
    booking, zoe = booked(made, TEN), add_therapist(made, "zoe")
    add_room(made, "a-room-that-a2-would-pick")
    ill(made)

    moved = give(booking, zoe)

    assert (moved.therapist, moved.room) == (zoe, made.room)
    assert (moved.starts_at, moved.session_type) == (booking.starts_at, booking.session_type)
    assert attention(now=NOW) == []


def test_b8_whoever_can_take_it_takes_it(made):
    booking, zoe = booked(made, TEN), add_therapist(made, "zoe")
    ill(made)

    assert give(booking).therapist == zoe


def test_b8_a_booking_stays_with_its_therapist_if_another_room_is_all_it_takes(made):
    booking = booked(made, TEN)
    add_therapist(made, "a-therapist-that-a1-would-pick")
    other = add_room(made, "room-2")
    make_room_block(room=made.room, wall_from="2026-08-03 09:00", wall_until="2026-08-03 11:00")

    moved = give(booking)

    assert (moved.therapist, moved.room) == (made.therapist, other)


def test_b8_when_nobody_can_take_it_the_booking_stays_as_it_was(made):
    booking = booked(made, TEN)
    ill(made)

    with pytest.raises(RuleRefused) as refused:
        give(booking)

    assert refused.value.rule == S2
    booking.refresh_from_db()
    assert (booking.therapist, booking.status) == (made.therapist, Status.CONFIRMED)


def test_b8_a_booking_that_was_moved_meanwhile_is_not_given_away(made):
    booking, zoe = booked(made, TEN), add_therapist(made, "zoe")
    ill(made)

    with pytest.raises(ChangedMeanwhile):
        hand_over(booking, zoe, seen=Seen(minute(NOON)), caller=RECEPTION, now=NOW)


def test_s10_a_second_session_that_was_accepted_stays_accepted(made):
    robin, amy = make_client(), add_therapist(made, "amy")
    add_room(made, "room-2")
    booked(made, TEN, client=robin, therapist=made.therapist)
    booking = booked(
        made, TEN, client=robin, therapist=amy, caller=RECEPTION, override=past(Rule.CLIENT_FREE)
    )
    zoe = add_therapist(made, "zoe")
    amy.active = False
    amy.save()

    moved = give(booking)

    assert moved.therapist == zoe
    event = moved.events.get(kind=EventKind.MOVED)
    assert (event.overridden, event.reason) == (["S10"], "The client asked for it.")


def test_b8_a_therapist_who_stays_longer_stays_longer_in_another_room(made):
    booking = booked(made, "2026-08-03 19:00", caller=RECEPTION, override=past(S2))
    other = add_room(made, "room-2")
    made.room.active = False
    made.room.save()

    moved = give(booking)

    assert (moved.therapist, moved.room) == (made.therapist, other)
    assert attention(now=NOW) == []


def test_b8_that_one_therapist_stays_longer_says_nothing_about_another(made):
    booking = booked(made, "2026-08-03 19:00", caller=RECEPTION, override=past(S2))
    zoe = add_therapist(made, "zoe")
    made.therapist.active = False
    made.therapist.save()

    with pytest.raises(RuleRefused):
        give(booking, zoe)
