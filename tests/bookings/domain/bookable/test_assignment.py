"""Who takes a booking, and where (rules A1 to A3)."""

from datetime import timedelta

import pytest
from django.db import connection

from bookings.domain.bookable.availability import Situation, gather
from bookings.domain.bookable.question import Question
from bookings.domain.booking import book
from bookings.domain.moving import move
from bookings.domain.requests import Change, Details
from bookings.enums import Status
from bookings.errors import SlotUnavailable
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, booked, minute, wish
from tests.factories import (
    Bookable,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_equipment,
    make_room,
    make_shift,
    make_therapist,
)
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"


def add_therapist(
    studio: Bookable, slug: str, *, time_from: str = "09:00", time_until: str = "17:00"
) -> Therapist:
    """Another therapist who can give the studio's session every day."""
    therapist = make_therapist(slug=slug)
    studio.session_type.therapists.add(therapist)
    for qualification in studio.session_type.requires_qualifications.all():
        make_certification(therapist=therapist, qualification=qualification)
    for weekday in range(7):
        make_shift(
            therapist=therapist,
            location=studio.location,
            weekday=weekday,
            time_from=time_from,
            time_until=time_until,
        )
    return therapist


def add_room(studio: Bookable, slug: str, *more: str):
    """Another room with the bars, and with more equipment."""
    extra = tuple(make_equipment(slug=piece) for piece in more)
    return make_room(
        location=studio.location, slug=slug, equipment=(*studio.room.equipment.all(), *extra)
    )


def test_a1_the_therapist_with_the_fewest_booked_minutes_that_day_is_picked():
    studio = make_bookable()
    idle = add_therapist(studio, "zoe")
    add_room(studio, "other")
    booked(studio, "2026-08-03 14:00", therapist=studio.therapist)

    assert booked(studio, TEN).therapist == idle


def test_a1_minutes_of_another_day_do_not_count():
    studio = make_bookable()
    add_therapist(studio, "zoe")
    booked(studio, "2026-08-04 14:00", therapist=studio.therapist)

    assert booked(studio, TEN).therapist == studio.therapist


def test_a1_a_lapsed_hold_does_not_count():
    studio = make_bookable()
    add_therapist(studio, "zoe")
    make_booking(
        therapist=studio.therapist,
        room=studio.room,
        starts_at=at("2026-08-03 14:00"),
        status=Status.HELD,
        expires_at=to_instant(NOW),
    )

    assert booked(studio, TEN).therapist == studio.therapist


def test_a1_then_the_one_whose_idle_gap_is_smaller():
    studio = make_bookable(time_from="09:00")
    snug = add_therapist(studio, "zoe", time_from="09:45")

    assert booked(studio, TEN).therapist == snug


def test_a1_then_the_first_by_slug():
    studio = make_bookable()
    first = add_therapist(studio, "ana")

    assert booked(studio, TEN).therapist == first


def test_a1_the_booking_being_moved_does_not_count_against_its_therapist():
    studio = make_bookable()
    booking = booked(studio, TEN)
    add_therapist(studio, "zoe")

    moved = move(
        booking,
        Change(starts_at=minute("2026-08-03 12:00"), any_therapist=True),
        caller=CLIENT,
        now=NOW,
    )

    assert moved.therapist == studio.therapist


def test_a1_a_named_therapist_is_taken_however_busy():
    studio = make_bookable()
    add_therapist(studio, "ana")
    booked(studio, "2026-08-03 14:00", therapist=studio.therapist)

    booking = booked(studio, TEN, therapist=studio.therapist)

    assert (booking.therapist, booking.therapist_requested) == (studio.therapist, True)


def test_a2_a_room_with_the_least_spare_equipment_is_picked():
    studio = make_bookable()
    studio.room.equipment.add(make_equipment(slug="ropes"))
    plain = make_room(
        location=studio.location,
        slug="zzz",
        equipment=tuple(studio.session_type.requires_equipment.all()),
    )

    assert booked(studio, TEN).room == plain


def test_a2_a_bar_room_is_kept_for_bar_sessions():
    studio = make_bookable()
    studio.session_type.requires_equipment.clear()
    bare = make_room(location=studio.location, slug="zzz")

    assert booked(studio, TEN).room == bare


def test_a2_then_the_room_with_the_smaller_idle_gap():
    studio = make_bookable()
    snug = add_room(studio, "zzz")
    add_therapist(studio, "zoe")
    make_booking(room=snug, starts_at=at("2026-08-03 11:15"))

    assert booked(studio, TEN).room == snug


def test_a2_then_the_first_by_slug():
    studio = make_bookable()
    first = add_room(studio, "aaa")

    assert booked(studio, TEN).room == first


def test_a2_a_rooms_free_stretch_ends_at_local_midnight():
    studio = make_bookable(time_from="00:00", time_until="24:00")
    blocked_late = add_room(studio, "aaa")
    make_booking(room=blocked_late, starts_at=at("2026-08-03 01:15"))

    # From midnight to 00:00 nothing is idle in either room: the gap is 0, and the slug decides.
    assert booked(studio, "2026-08-03 00:00").room == blocked_late


def test_a3_a_pick_lost_to_a_writer_without_locks_goes_to_the_next_candidate(
    monkeypatch: pytest.MonkeyPatch,
):
    studio = make_bookable()
    other = add_therapist(studio, "zoe")
    spare = add_room(studio, "zzz")

    def gather_then_lose_the_race(question: Question) -> Situation:
        situation = gather(question)
        _insert_behind_the_back(studio)
        return situation

    monkeypatch.setattr("bookings.domain.bookable.ahead.gather", gather_then_lose_the_race)

    booking = book(wish(studio, TEN), Details(ADA), caller=CLIENT, now=NOW)

    assert (booking.therapist, booking.room) == (other, spare)


def test_a3_when_no_candidate_is_left_the_booking_fails(monkeypatch: pytest.MonkeyPatch):
    studio = make_bookable()

    def gather_then_lose_the_race(question: Question) -> Situation:
        situation = gather(question)
        _insert_behind_the_back(studio)
        return situation

    monkeypatch.setattr("bookings.domain.bookable.ahead.gather", gather_then_lose_the_race)

    with pytest.raises(SlotUnavailable):
        book(wish(studio, TEN), Details(ADA), caller=CLIENT, now=NOW)


def _insert_behind_the_back(studio: Bookable) -> Booking:
    assert connection.in_atomic_block
    return make_booking(
        therapist=studio.therapist,
        room=studio.room,
        session_type=studio.session_type,
        starts_at=at(TEN) + timedelta(minutes=30),
    )
