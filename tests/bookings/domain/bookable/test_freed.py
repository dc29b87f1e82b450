"""What can be taken back is offered to nobody who waits, and can be taken back."""

import pytest

from bookings.domain.bookable.freed import freed_lately
from bookings.domain.cancelling import cancel, undo
from bookings.domain.moving import move
from bookings.domain.requests import Change
from bookings.domain.schedule import changing_schedule
from bookings.domain.waitlist.matching import match
from bookings.enums import Status
from bookings.errors import TooLate
from bookings.models import Booking
from tests.bookings.domain.asking import CLIENT, NOW, booked, held, minute
from tests.bookings.domain.waitlist.waiting import FOR_GOOD, held_for, waits
from tests.factories import (
    make_bookable,
    make_certification,
    make_extra_shift,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, TUESDAY_TEN = "2026-08-03 10:00", "2026-08-04 10:00"
LAST_MINUTE = NOW + FOR_GOOD - 1
STANDS = [(TEN, "")]


@pytest.fixture
def studio():
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


def match_each_minute():
    """As the worker does while what happened NOW can be taken back; how many offers it made."""
    return sum(match(now=now) for now in range(NOW, NOW + FOR_GOOD))


def test_b6_a_cancellation_is_taken_back_in_its_last_minute_though_somebody_waits(studio):
    entry, booking = waits(studio), booked(studio, TEN)
    cancel(booking, caller=CLIENT, now=NOW)
    assert match_each_minute() == 0

    restored = undo(booking, caller=CLIENT, now=LAST_MINUTE)
    match(now=NOW + FOR_GOOD)

    assert (restored.status, held_for(entry)) == (Status.CONFIRMED, [])


def test_b6_a_minute_later_it_is_offered_without_any_other_change(studio):
    entry, booking = waits(studio), booked(studio, TEN)
    cancel(booking, caller=CLIENT, now=NOW)
    match_each_minute()

    assert match(now=NOW + FOR_GOOD) == 1

    assert held_for(entry) == STANDS
    with pytest.raises(TooLate):
        undo(booking, caller=CLIENT, now=NOW + FOR_GOOD)


def test_what_was_moved_away_from_can_be_moved_back_to_for_as_long(studio):
    entry, booking = waits(studio), booked(studio, TEN)
    move(booking, Change(starts_at=minute(TUESDAY_TEN)), caller=CLIENT, now=NOW)
    assert match_each_minute() == 0

    move(booking, Change(starts_at=minute(TEN)), caller=CLIENT, now=LAST_MINUTE)

    assert match(now=NOW + FOR_GOOD) == 0
    assert held_for(entry) == []


def test_what_a_shorter_session_leaves_is_kept_as_long():
    studio = make_bookable(time_from="10:00", time_until="11:30", slot_step_minutes=30)
    places, therapists = (studio.location,), (studio.therapist,)
    long, half = (
        make_session_type(duration_minutes=minutes, locations=places, therapists=therapists)
        for minutes in (90, 30)
    )
    booking = booked(studio, TEN, session_type=long)
    waits(studio)
    move(booking, Change(session_type=half), caller=CLIENT, now=NOW)

    assert match_each_minute() == 0
    assert match(now=NOW + FOR_GOOD) == 1


@pytest.mark.parametrize("rooms", [1, 2])
def test_neither_therapist_nor_room_of_it_is_given_to_anybody(rooms):
    studio = make_bookable(time_from="10:00", time_until="11:00")
    booking = booked(studio, TEN)
    other = make_therapist()
    studio.session_type.therapists.add(other)
    for qualification in studio.session_type.requires_qualifications.all():
        make_certification(therapist=other, qualification=qualification)
    make_shift(therapist=other, location=studio.location, time_from="10:00", time_until="11:00")
    if rooms == 2:
        make_room(location=studio.location, equipment=tuple(studio.room.equipment.all()))
    entry = waits(studio)
    cancel(booking, caller=CLIENT, now=NOW)

    offered = match_each_minute()

    undo(booking, caller=CLIENT, now=LAST_MINUTE)
    assert offered == rooms - 1
    assert [offer.booking.therapist for offer in entry.offers.all()] == [other] * offered


def test_s8_nor_are_the_barefoot_minutes_of_it():
    studio = make_bookable(time_from="10:00", time_until="14:00", slot_step_minutes=60)
    studio.therapist.max_barefoot_minutes_per_day = 60
    studio.therapist.save()
    booking = booked(studio, TEN)
    waits(studio)
    cancel(booking, caller=CLIENT, now=NOW)

    assert match_each_minute() == 0
    assert undo(booking, caller=CLIENT, now=LAST_MINUTE).status == Status.CONFIRMED


def test_a_new_shift_opens_at_once_beside_it(studio):
    entry, booking = waits(studio), booked(studio, TEN)
    cancel(booking, caller=CLIENT, now=NOW)
    match(now=NOW)

    with changing_schedule():
        make_extra_shift(
            therapist=studio.therapist,
            location=studio.location,
            wall_from="2026-08-03 15:00",
            wall_until="2026-08-03 16:00",
        )
    match(now=NOW)

    assert held_for(entry) == [("2026-08-03 15:00", "")]


def test_a_hold_that_is_given_back_opens_at_once(studio):
    hold, entry = held(studio, TEN), waits(studio)
    cancel(hold, caller=CLIENT, now=NOW)

    match(now=NOW)

    assert held_for(entry) == STANDS


def test_what_was_taken_back_has_left_nothing(studio):
    booking = booked(studio, TEN)
    cancel(booking, caller=CLIENT, now=NOW)
    assert [each.until for each in freed_lately(now=NOW)] == [LAST_MINUTE]

    undo(booking, caller=CLIENT, now=NOW)

    assert freed_lately(now=NOW) == []


def test_in_between_nothing_is_looked_at(studio, django_assert_num_queries):
    booking = booked(studio, TEN)
    waits(studio)
    cancel(booking, caller=CLIENT, now=NOW)
    match(now=NOW)

    with django_assert_num_queries(2):
        match(now=LAST_MINUTE)

    assert Booking.objects.count() == 1
