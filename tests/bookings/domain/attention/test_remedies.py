"""Rule B8: the therapists, rooms and times that could take a booking, and no others."""

from datetime import date
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bookings.domain.attention.remedies import Remedies, Taker, remedies
from bookings.domain.attention.resolving import Entry, attention, hand_over
from bookings.domain.moving import move, seen_at
from bookings.domain.requests import Change
from bookings.errors import RuleRefused
from bookings.models import Booking
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import NOW, RECEPTION, booked, minute, past
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.random_studios import random_studio, with_studios_at_random
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_closure_of_dates,
    make_room_block,
    make_time_off,
)
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, NOON = "2026-08-03 10:00", "2026-08-03 12:00"


@pytest.fixture
def made():
    """A therapist who works every day from nine to five, and her room."""
    return make_bookable(slot_step_minutes=30)


def ill(made, wall_from="2026-08-03 00:00", wall_until="2026-08-04 00:00"):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from=wall_from,
        wall_until=wall_until,
    )


def of(booking) -> Remedies:
    return remedies([booking], now=NOW)[booking.pk]


def times(slots):
    return [(slot.starts_at, slot.therapists) for slot in slots]


def test_b8_others_can_take_it_at_its_own_start_in_its_own_room(made):
    booking, zoe = booked(made, TEN), add_therapist(made, "zoe")
    add_room(made, "a-room-that-a2-would-pick")
    ill(made)

    assert of(booking).takers == [Taker(zoe, made.room)]


def test_b8_the_best_of_the_others_stands_first(made):
    booking = booked(made, TEN)
    busy, idle = add_therapist(made, "amy"), add_therapist(made, "zoe")
    add_room(made, "room-2")
    booked(made, NOON, therapist=busy)
    ill(made)

    assert [taker.therapist for taker in of(booking).takers] == [idle, busy]


def test_b8_her_own_other_room_goes_before_other_therapists(made):
    booking, zoe = booked(made, TEN), add_therapist(made, "zoe")
    other = add_room(made, "room-2")
    make_room_block(room=made.room, wall_from="2026-08-03 10:30", wall_until="2026-08-03 11:00")

    assert of(booking).takers == [Taker(made.therapist, other), Taker(zoe, other)]


def test_b8_the_nearest_times_with_its_own_therapist_are_an_hour_apart(made):
    booking = booked(made, TEN)
    ill(made, wall_until="2026-08-03 11:40")

    assert times(of(booking).with_own) == [
        (minute("2026-08-03 12:00"), ("therapist-1",)),
        (minute("2026-08-03 13:00"), ("therapist-1",)),
        (minute("2026-08-03 14:00"), ("therapist-1",)),
    ]


def test_b8_the_nearest_times_with_others_are_not_those_of_her_own(made):
    booking, _zoe = booked(made, TEN), add_therapist(made, "zoe", time_from="12:30")
    ill(made, wall_until="2026-08-03 11:40")

    found = of(booking)

    shown = {slot.starts_at for slot in found.with_own}
    assert [slot.starts_at for slot in found.with_others if slot.starts_at in shown] == []
    assert found.with_others[0] == (minute("2026-08-03 12:30"), ("therapist-1", "zoe"))


def test_b8_a_closed_day_leaves_times_of_the_days_around(made):
    booking = booked(made, TEN)
    monday = date(2026, 8, 3)
    make_closure_of_dates(location=made.location, first_day=monday, last_day=monday)

    found = of(booking)

    assert found.takers == []
    assert [slot.starts_at for slot in found.with_own] == [
        minute("2026-08-02 14:00"),
        minute("2026-08-02 15:00"),
        minute("2026-08-02 16:00"),
    ]


def test_b8_a_time_farther_than_a_week_is_not_offered(made):
    booking = booked(made, TEN)
    ill(made, "2026-07-01 00:00", "2026-08-11 00:00")

    assert of(booking) == Remedies()


def test_s10_times_at_which_the_client_has_another_session_are_not_offered(made):
    robin = make_client()
    zoe = add_therapist(made, "zoe")
    add_room(made, "room-2")
    booking = booked(made, TEN, client=robin, therapist=made.therapist)
    booked(made, "2026-08-03 12:30", client=robin, therapist=zoe)
    ill(made, wall_until="2026-08-03 12:00")

    assert [slot.starts_at for slot in of(booking).with_own] == [
        minute("2026-08-03 13:30"),
        minute("2026-08-03 14:30"),
        minute("2026-08-03 15:30"),
    ]


def test_s10_a_client_who_has_another_session_by_now_can_be_given_to_nobody(made):
    robin, zoe = make_client(), add_therapist(made, "zoe")
    add_room(made, "room-2")
    booking = booked(made, TEN, client=robin, therapist=made.therapist)
    other = make_booking(
        therapist=zoe,
        room=add_room(made, "room-3"),
        session_type=made.session_type,
        starts_at=at(NOON),
    )
    Booking.objects.filter(pk=other.pk).update(client=robin)
    add_therapist(made, "amy")
    ill(made)
    assert len(of(booking).takers) == 2

    Booking.objects.filter(pk=other.pk).update(
        starts_at=at(TEN), occupied_from=minute(TEN), occupied_until=minute(TEN) + 60
    )

    assert of(booking).takers == []


def test_s10_a_second_session_that_was_accepted_can_be_given_away(made):
    robin, amy = make_client(), add_therapist(made, "amy")
    add_room(made, "room-2")
    booked(made, TEN, client=robin, therapist=made.therapist)
    booking = booked(
        made, TEN, client=robin, therapist=amy, caller=RECEPTION, override=past(Rule.CLIENT_FREE)
    )
    zoe = add_therapist(made, "zoe")
    amy.active = False
    amy.save()

    assert [taker.therapist for taker in of(booking).takers] == [zoe]


def test_b8_a_therapist_who_stays_longer_can_stay_longer_in_another_room(made):
    booking = booked(made, "2026-08-03 19:00", caller=RECEPTION, override=past(Rule.WORKING))
    other = add_room(made, "room-2")
    made.room.active = False
    made.room.save()

    assert of(booking).takers == [Taker(made.therapist, other)]


def test_b8_nothing_is_asked_where_nothing_needs_attention(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert remedies([], now=NOW) == {}


def test_b8_the_number_of_queries_does_not_grow_with_the_bookings(made):
    bookings = [booked(made, f"2026-08-{day:02} 10:00") for day in range(3, 23, 2)]
    ill(made)

    def queries(chosen):
        with CaptureQueriesContext(connection) as captured:
            remedies(chosen, now=NOW)
        return len(captured)

    assert queries(bookings[:1]) == queries(bookings)


@with_studios_at_random(60)
def test_b8_what_is_offered_can_be_done_at_once_and_nobody_else_can_take_it(rng: Random) -> None:
    with transaction.atomic():
        studio = random_studio(rng)
        entries = [entry for entry in attention(now=studio.now) if entry.rules]
        found = remedies([entry.booking for entry in entries], now=studio.now)

        for entry in entries:
            ways = found[entry.booking.pk]
            for taker in ways.takers:
                assert given_to(entry, taker.therapist, studio.now) == taker
            takers = {taker.therapist for taker in ways.takers}
            for therapist in Therapist.objects.exclude(pk__in=[each.pk for each in takers]):
                assert given_to(entry, therapist, studio.now) is None
            for slot in (*ways.with_own, *ways.with_others):
                for slug in slot.therapists:
                    assert moved_to(entry, slot.starts_at, slug, studio.now)
        transaction.set_rollback(True)


def given_to(entry: Entry, therapist: Therapist, now: int) -> Taker | None:
    """Who takes it where, when it is tried and taken back; None if it was refused."""
    booking = entry.booking
    with transaction.atomic():
        try:
            moved = hand_over(booking, therapist, seen=seen_at(booking), caller=RECEPTION, now=now)
        except RuleRefused:
            return None
        assert booking.pk not in {each.booking.pk for each in attention(now=now)}
        transaction.set_rollback(True)
    return Taker(moved.therapist, moved.room)


def moved_to(entry: Entry, start: int, slug: str, now: int) -> bool:
    """Whether it can be moved to another start with a therapist; tried and taken back."""
    change = Change(starts_at=start, therapist=Therapist.objects.get(slug=slug), keeps_room=True)
    with transaction.atomic():
        moved = move(entry.booking, change, caller=RECEPTION, now=now)
        assert moved.pk not in {each.booking.pk for each in attention(now=now)}
        transaction.set_rollback(True)
    return True
