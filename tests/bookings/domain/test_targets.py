"""Where a booking could be put (rule B5): what the board shows while it is being moved."""

from datetime import date
from random import Random

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import strategies as st

from bookings.domain.moving import MOVABLE, is_movable, move
from bookings.domain.requests import NO_OVERRIDE, Change, Override
from bookings.domain.targets import ELSEWHERE, Targets, Verdict, targets
from bookings.errors import RuleRefused
from bookings.models import Booking
from bookings.scheduling.slots import OVERRIDABLE, Rule
from studio.premises.models import Room
from tests.bookings.domain.asking import NOW, RECEPTION, booked, minute
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.oracle import minutes_of
from tests.bookings.domain.random_studios import random_studio, with_studios_at_random
from tests.factories import MONDAY, make_bookable, make_client, make_time_off
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
NOON = "2026-08-03 12:00"


def verdict_at(found: Targets, column: str, wall: str) -> Verdict:
    """What stands in a column at a wall-clock time in Denver."""
    return found.at(column, minute(wall))


def on_monday(booking: Booking, *, by_room: bool = False, now: int = NOW) -> Targets:
    return targets(booking, MONDAY, by_room=by_room, now=now)


def test_b5_its_own_time_is_open():
    booking = booked(make_bookable(), TEN)

    found = on_monday(booking)

    assert verdict_at(found, "therapist-1", "2026-08-03 10:30") == Verdict(room="room-1")


def test_s3_another_booking_of_the_therapist_is_in_the_way_up_to_its_edges():
    studio = make_bookable()
    booking = booked(studio, TEN)
    add_room(studio, "room-2")
    booked(studio, NOON)

    found = on_monday(booking)

    assert verdict_at(found, "therapist-1", "2026-08-03 11:00").is_open
    assert verdict_at(found, "therapist-1", "2026-08-03 11:05") == Verdict(Rule.THERAPIST_FREE)
    assert verdict_at(found, "therapist-1", "2026-08-03 12:55") == Verdict(Rule.THERAPIST_FREE)
    assert verdict_at(found, "therapist-1", "2026-08-03 13:00").is_open


def test_s2_outside_of_the_shift_a_reason_is_wanted():
    booking = booked(make_bookable(), TEN)

    found = on_monday(booking)

    wanted = Verdict(past=(Rule.WORKING,), room="room-1")
    assert verdict_at(found, "therapist-1", "2026-08-03 16:05") == wanted


def test_s9_an_hour_ago_wants_a_reason_and_two_days_ago_is_refused():
    booking = booked(make_bookable(), TEN)

    found = on_monday(booking, now=minute("2026-08-03 09:30"))
    too_old = targets(booking, MONDAY, by_room=False, now=minute("2026-08-05 10:00"))

    past = Verdict(past=(Rule.NOTICE_AND_HORIZON,), room="room-1")
    assert verdict_at(found, "therapist-1", "2026-08-03 09:00") == past
    assert verdict_at(too_old, "therapist-1", TEN) == Verdict(Rule.NOTICE_AND_HORIZON)


def test_s10_another_session_of_the_client_wants_a_reason():
    studio, client = make_bookable(), make_client()
    add_room(studio, "room-2")
    add_therapist(studio, "zoe")
    booked(studio, NOON, client=client)
    booking = booked(studio, TEN, client=client)

    found = on_monday(booking)

    with_reason = verdict_at(found, "zoe", "2026-08-03 12:30")
    assert (with_reason.refused_by, with_reason.past) == (None, (Rule.CLIENT_FREE,))


def test_it_keeps_its_room_where_it_can_and_gets_another_elsewhere():
    studio = make_bookable()
    add_therapist(studio, "zoe")
    booking = booked(studio, TEN, therapist=studio.therapist)
    add_room(studio, "a-room-that-a2-would-pick")
    booked(studio, NOON, therapist=studio.therapist)
    Booking.objects.exclude(pk=booking.pk).update(room=studio.room)

    found = on_monday(booking)

    assert verdict_at(found, "zoe", "2026-08-03 11:00").room == "room-1"
    assert verdict_at(found, "zoe", NOON).room == "a-room-that-a2-would-pick"


def test_by_room_it_keeps_its_therapist():
    studio = make_bookable()
    add_therapist(studio, "zoe")
    add_room(studio, "room-2")
    booking = booked(studio, TEN, therapist=studio.therapist)
    booked(studio, NOON, therapist=studio.therapist)

    found = on_monday(booking, by_room=True)

    assert sorted(found.columns) == ["room-1", "room-2"]
    assert verdict_at(found, "room-2", TEN) == Verdict(room="room-2")
    assert verdict_at(found, "room-2", NOON) == Verdict(Rule.THERAPIST_FREE)


def test_whoever_does_not_give_the_session_has_no_column():
    studio = make_bookable()
    booking = booked(studio, TEN)
    add_therapist(studio, "zoe")
    studio.session_type.therapists.remove(Therapist.objects.get(slug="zoe"))

    found = on_monday(booking)

    assert list(found.columns) == ["therapist-1"]
    assert verdict_at(found, "zoe", TEN) == ELSEWHERE


def test_as_many_queries_for_a_full_day_as_for_an_empty_one(django_assert_num_queries):
    studio = make_bookable()
    booking = booked(studio, TEN)
    with CaptureQueriesContext(transaction.get_connection()) as alone:
        on_monday(booking)
    for number in range(5):
        add_room(studio, f"more-{number}")
        therapist = add_therapist(studio, f"more-{number}")
        make_time_off(
            therapist=therapist,
            location=studio.location,
            wall_from="2026-08-03 09:00",
            wall_until="2026-08-03 10:00",
        )
        booked(studio, NOON, therapist=therapist)

    with django_assert_num_queries(len(alone)):
        on_monday(booking)


@with_studios_at_random(50, by_room=st.booleans())
def test_b5_a_move_does_what_its_target_says(rng: Random, by_room: bool) -> None:
    with transaction.atomic():
        studio = random_studio(rng)
        for booking in Booking.objects.filter(status__in=MOVABLE)[:1]:
            if is_movable(booking, now=studio.now):
                Booking.objects.update(client=booking.client)
                booking.refresh_from_db()
                judge_and_try(rng, booking, studio.day, by_room=by_room, now=studio.now)
        transaction.set_rollback(True)


def judge_and_try(rng: Random, booking: Booking, day: date, *, by_room: bool, now: int) -> None:
    """Every column is without a gap; of its stretches some are tried, at their edges."""
    found = targets(booking, day, by_room=by_room, now=now)
    every = [m for m in minutes_of(booking.location.timezone, day) if m % 5 == 0]
    edges = []
    for slug, column in found.columns.items():
        starts = [s for each in column for s in range(each.starts.start, each.starts.end, 5)]
        assert starts == every
        edges += [
            (slug, start, each.verdict)
            for each in column
            for start in (each.starts.start, each.starts.end - 5)
        ]
    for slug, start, verdict in rng.sample(edges, min(8, len(edges))):
        assert outcome(booking, slug, start, by_room=by_room, now=now) == verdict


def outcome(booking: Booking, column: str, start: int, *, by_room: bool, now: int) -> Verdict:
    """What `move` says: refused though every soft rule is gone past, or which of them it needs."""
    if by_room:
        change = Change(starts_at=start, room=Room.objects.get(slug=column))
    else:
        therapist = Therapist.objects.get(slug=column)
        change = Change(starts_at=start, therapist=therapist, keeps_room=True)
    tried = tried_with(booking, change, OVERRIDABLE, now=now)
    if isinstance(tried, Rule):
        return Verdict(refused_by=tried)
    needed = tuple(
        rule
        for rule in Rule
        if rule in OVERRIDABLE
        and isinstance(tried_with(booking, change, OVERRIDABLE - {rule}, now=now), Rule)
    )
    assert tried_with(booking, change, frozenset(needed), now=now) == tried
    return Verdict(past=needed, room=tried)


def tried_with(booking: Booking, change: Change, rules: frozenset[Rule], *, now: int) -> Rule | str:
    """The room it was moved to, before all was taken back; or the rule that refused it."""
    override = Override(rules, "They asked for it.") if rules else NO_OVERRIDE
    with transaction.atomic():
        try:
            moved = move(booking, change, caller=RECEPTION, now=now, override=override)
        except RuleRefused as refused:
            return refused.rule
        transaction.set_rollback(True)
    return moved.room.slug
