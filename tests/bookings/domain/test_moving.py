"""Moving a booking (rules B5 and B6)."""

from decimal import Decimal

import pytest

from bookings.domain.moving import move
from bookings.domain.requests import Change, Seen
from bookings.enums import EventKind, Status
from bookings.errors import ChangedMeanwhile, RuleRefused, SlotUnavailable, TooLate, WrongState
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, held, minute, past
from tests.factories import (
    Bookable,
    at,
    make_bookable,
    make_certification,
    make_client,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
NOON = "2026-08-03 12:00"


def colleague(studio: Bookable) -> Therapist:
    """A second therapist who can give the studio's session."""
    therapist = make_therapist(slug="colleague")
    studio.session_type.therapists.add(therapist)
    licence = studio.session_type.requires_qualifications.get()
    make_certification(therapist=therapist, qualification=licence)
    for weekday in range(7):
        make_shift(therapist=therapist, location=studio.location, weekday=weekday)
    return therapist


def test_a_booking_moves_to_another_start_and_frees_its_old_one():
    studio = make_bookable()
    booking = booked(studio, TEN)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW)

    assert (moved.pk, moved.starts_at) == (booking.pk, at(NOON))
    assert booked(studio, TEN).status == Status.CONFIRMED


def test_b5_its_own_time_counts_as_free():
    booking = booked(make_bookable(), TEN)

    moved = move(booking, Change(starts_at=minute("2026-08-03 10:15")), caller=CLIENT, now=NOW)

    assert moved.starts_at == at("2026-08-03 10:15")


def test_b5_the_old_slot_is_kept_when_the_new_one_is_gone():
    studio = make_bookable()
    booking = booked(studio, TEN)
    booked(studio, NOON)

    with pytest.raises(SlotUnavailable) as caught:
        move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW)

    booking.refresh_from_db()
    assert booking.starts_at == at(TEN)
    assert len(caught.value.alternatives) == 5


def test_b5_every_rule_is_judged_again():
    studio = make_bookable()
    booking = booked(studio, TEN)
    studio.therapist.certifications.update(expires_on="2026-08-03")

    with pytest.raises(RuleRefused) as caught:
        move(booking, Change(starts_at=minute("2026-08-04 10:00")), caller=RECEPTION, now=NOW)

    assert caught.value.rule == Rule.CERTIFIED


def test_b5_another_session_type_is_a_move_and_takes_the_new_price():
    studio = make_bookable()
    longer = make_session_type(
        duration_minutes=90,
        price="180.00",
        locations=(studio.location,),
        therapists=(studio.therapist,),
    )
    booking = booked(studio, TEN)

    moved = move(booking, Change(session_type=longer), caller=CLIENT, now=NOW)

    assert (moved.session_type, moved.price) == (longer, Decimal("180.00"))
    assert (moved.starts_at, moved.ends_at) == (at(TEN), at("2026-08-03 11:30"))


def test_b4_a_move_within_the_session_type_keeps_price_and_length():
    studio = make_bookable()
    booking = booked(studio, TEN)
    studio.session_type.price, studio.session_type.duration_minutes = Decimal("999.00"), 120
    studio.session_type.save()

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW)

    assert (moved.price, moved.duration_minutes) == (Decimal("120.00"), 60)


def test_what_is_left_out_keeps_what_was():
    studio = make_bookable()
    booking = booked(studio, TEN)
    colleague(studio)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW)

    assert moved.therapist == studio.therapist


def test_any_therapist_can_be_asked_for():
    studio = make_bookable()
    booking = booked(studio, TEN, therapist=studio.therapist)
    other = colleague(studio)
    make_room(location=studio.location, equipment=tuple(studio.room.equipment.all()))
    booked(studio, NOON, therapist=studio.therapist)

    moved = move(
        booking, Change(starts_at=minute(NOON), any_therapist=True), caller=CLIENT, now=NOW
    )

    assert (moved.therapist, moved.therapist_requested) == (other, False)


def test_b7_a_move_is_recorded_with_before_and_after():
    booking = booked(make_bookable(), TEN)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW + 1)

    event = moved.events.get(kind=EventKind.MOVED)
    assert event.at == to_instant(NOW + 1)
    assert event.details["before"]["starts_at"] == at(TEN).isoformat()
    assert event.details["after"]["starts_at"] == at(NOON).isoformat()


def test_moving_to_where_it_is_records_nothing():
    booking = booked(make_bookable(), TEN)

    moved = move(booking, Change(starts_at=minute(TEN)), caller=CLIENT, now=NOW)

    assert not moved.events.filter(kind=EventKind.MOVED).exists()


def test_b3_a_hold_moves_and_keeps_its_time_limit():
    hold = held(make_bookable(), TEN)

    moved = move(hold, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW + 9)

    assert (moved.status, moved.expires_at) == (Status.HELD, to_instant(NOW + 10))


def test_b3_a_hold_past_its_time_does_not_move():
    hold = held(make_bookable(), TEN)

    with pytest.raises(WrongState):
        move(hold, Change(starts_at=minute(NOON)), caller=CLIENT, now=NOW + 10)


def test_b6_a_client_moves_until_the_hours_before_the_start():
    booking = booked(make_bookable(), TEN)
    deadline = minute(TEN) - 24 * 60

    with pytest.raises(TooLate):
        move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=deadline + 1)
    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=deadline)

    assert moved.starts_at == at(NOON)


def test_b6_a_client_moves_within_three_minutes_of_booking():
    now = minute(TEN) - 180
    booking = booked(make_bookable(), TEN, now=now)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=now + 3)

    assert moved.starts_at == at(NOON)


def test_b6_the_deadline_does_not_bind_reception():
    booking = booked(make_bookable(), TEN)

    moved = move(booking, Change(starts_at=minute(NOON)), caller=RECEPTION, now=minute(TEN) - 5)

    assert moved.starts_at == at(NOON)


@pytest.mark.parametrize(
    "status", [Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW, Status.EXPIRED]
)
def test_a_booking_that_is_over_does_not_move(status: Status):
    booking = booked(make_bookable(), TEN)
    booking.status = status
    booking.save()

    with pytest.raises(WrongState):
        move(booking, Change(starts_at=minute(NOON)), caller=RECEPTION, now=NOW)


def test_t5_a_client_keeps_a_start_that_reception_chose_off_the_step():
    studio = make_bookable(slot_step_minutes=30)
    booking = booked(studio, "2026-08-03 10:05", caller=RECEPTION)
    other = colleague(studio)

    moved = move(booking, Change(therapist=other), caller=CLIENT, now=NOW)

    assert (moved.therapist, moved.starts_at) == (other, at("2026-08-03 10:05"))


def test_a_move_goes_past_soft_rules_with_a_reason():
    booking = booked(make_bookable(), TEN)

    moved = move(
        booking,
        Change(starts_at=minute("2026-08-03 16:30")),
        caller=RECEPTION,
        now=NOW,
        override=past(Rule.WORKING),
    )

    event = moved.events.get(kind=EventKind.MOVED)
    assert (event.overridden, event.reason) == (["S2"], "The client asked for it.")


def test_h2_a_review_moved_nearer_is_decided_an_hour_before_its_new_start():
    booking = booked(make_bookable(), TEN, now=minute("2026-08-02 20:00"))
    booking.status = Status.PENDING_REVIEW
    booking.expires_at = to_instant(minute("2026-08-03 08:00"))
    booking.save()
    now = minute("2026-08-02 20:01")

    moved = move(booking, Change(starts_at=minute(NOON)), caller=CLIENT, now=now)

    assert (moved.status, moved.expires_at) == (Status.PENDING_REVIEW, at("2026-08-03 11:00"))


def test_reception_choosing_a_therapist_is_not_the_client_asking_for_her():
    studio = make_bookable()
    booking = booked(studio, TEN)
    other = colleague(studio)

    moved = move(booking, Change(therapist=other), caller=RECEPTION, now=NOW)

    assert (moved.therapist, moved.therapist_requested) == (other, False)


def test_s10_a_move_onto_another_session_of_the_client_is_refused():
    studio = make_bookable()
    client = make_client()
    colleague(studio)
    make_room(location=studio.location, equipment=tuple(studio.room.equipment.all()))
    booking = booked(studio, TEN, client=client)
    booked(studio, NOON, client=client)

    with pytest.raises(SlotUnavailable):
        move(
            booking,
            Change(starts_at=minute("2026-08-03 12:30"), any_therapist=True),
            caller=CLIENT,
            now=NOW,
        )


def test_a2_any_room_is_taken_unless_the_booking_is_to_keep_its_own():
    studio = make_bookable()
    booking = booked(studio, TEN)
    make_room(location=studio.location, slug="a-room", equipment=tuple(studio.room.equipment.all()))

    kept = move(booking, Change(starts_at=minute(NOON), keeps_room=True), caller=RECEPTION, now=NOW)
    left = move(booking, Change(starts_at=minute(NOON)), caller=RECEPTION, now=NOW)

    assert (kept.room, left.room.slug) == (studio.room, "a-room")


@pytest.mark.parametrize("to_colleague", [True, False])
def test_a_booking_that_somebody_else_has_moved_stays_where_they_put_it(to_colleague: bool):
    studio = make_bookable()
    booking = booked(studio, TEN, therapist=studio.therapist)
    seen = Seen(minute(TEN), therapist=studio.therapist, room=studio.room)
    theirs = Change(therapist=colleague(studio)) if to_colleague else Change(minute(NOON))
    move(booking, theirs, caller=RECEPTION, now=NOW)

    with pytest.raises(ChangedMeanwhile):
        move(
            booking,
            Change(starts_at=minute("2026-08-03 14:00")),
            caller=RECEPTION,
            now=NOW,
            seen=seen,
        )

    assert Booking.objects.get().starts_at == at(TEN if to_colleague else NOON)
