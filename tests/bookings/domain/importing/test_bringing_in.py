"""Bookings that a file brings: every rule but S9, for many as quickly as for one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.importing.bringing_in import bring_in
from bookings.domain.schedule import changing_schedule
from bookings.enums import LIVE, Source, Status
from bookings.models import Booking
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import NOW, booked, held, minute
from tests.bookings.domain.importing.stating import (
    TEN,
    brought,
    brought_one,
    make_colleague,
    make_same_room,
    not_at_work,
    stated,
)
from tests.factories import (
    Bookable,
    at,
    make_bookable,
    make_booking,
    make_location,
    make_room,
    make_room_block,
    make_shift,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_a_booking_copies_what_one_of_today_copies():
    studio = make_bookable(buffer_before_minutes=10, buffer_after_minutes=15)

    booking = brought_one(stated(studio))

    asked = booked(studio, "2026-08-03 13:00")
    own = {"id", "reference", "starts_at", "occupied_from", "occupied_until", "client_id"}
    doors = {"source", "therapist_requested"}
    compared = {field.attname for field in Booking._meta.concrete_fields} - own - doors
    assert {name: getattr(booking, name) for name in compared} == {
        name: getattr(asked, name) for name in compared
    }
    assert booking.starts_at == datetime(2026, 8, 3, 16, tzinfo=UTC)
    assert booking.occupied_from == minute("2026-08-03 09:50")
    assert booking.occupied_until == minute("2026-08-03 11:15")
    assert booking.source == Source.FILE


def test_s9_does_not_judge_what_was_or_lies_beyond_the_horizon():
    studio = make_bookable()

    was, will_be = brought(
        stated(studio, "2021-08-02 10:00", Status.COMPLETED), stated(studio, "2035-08-06 10:00")
    )

    assert [was, will_be] == list(Booking.objects.order_by("starts_at"))
    assert isinstance(was, Booking)
    assert was.booked_at == was.starts_at


def test_a_start_may_lie_off_the_step_of_the_location():
    booking = brought_one(stated(make_bookable(), "2026-08-03 10:05"))

    assert booking.starts_at == at("2026-08-03 10:05")


def not_offered(studio: Bookable) -> None:
    studio.session_type.therapists.clear()


def branch_closed(studio: Bookable) -> None:
    studio.location.active = False
    studio.location.save()


def with_somebody_else(studio: Bookable) -> None:
    other_room = make_room(location=studio.location)
    make_booking(therapist=studio.therapist, room=other_room, session_type=studio.session_type)


def room_taken(studio: Bookable) -> None:
    make_booking(room=studio.room, session_type=studio.session_type)


def room_blocked(studio: Bookable) -> None:
    make_room_block(room=studio.room, wall_from="2026-08-03 10:55", wall_until="2026-08-03 12:00")


def bars_gone(studio: Bookable) -> None:
    studio.room.equipment.clear()


def licence_lapsed(studio: Bookable) -> None:
    studio.therapist.certifications.update(expires_on=date(2026, 8, 2))


def on_one_leg(studio: Bookable) -> None:
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-04 00:00",
        barefoot_only=True,
    )


def tired(studio: Bookable) -> None:
    studio.therapist.max_barefoot_minutes_per_day = 55
    studio.therapist.save()


@pytest.mark.parametrize("status", LIVE)
@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (not_offered, Rule.OFFERED),
        (branch_closed, Rule.OFFERED),
        (not_at_work, Rule.WORKING),
        (with_somebody_else, Rule.THERAPIST_FREE),
        (room_taken, Rule.ROOM_FREE),
        (room_blocked, Rule.ROOM_FREE),
        (bars_gone, Rule.EQUIPPED),
        (licence_lapsed, Rule.CERTIFIED),
        (on_one_leg, Rule.BAREFOOT_ALLOWED),
        (tired, Rule.BAREFOOT_CAP),
    ],
)
def test_every_other_rule_judges_whatever_takes_time(spoil, rule, status):
    studio = make_bookable()
    spoil(studio)

    assert brought(stated(studio, status=status, room=studio.room)) == [rule]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.DECLINED, Status.EXPIRED])
def test_no_rule_judges_what_takes_no_time(status):
    studio = make_bookable()
    not_offered(studio)
    with_somebody_else(studio)

    assert brought_one(stated(studio, status=status, room=studio.room)).status == status


def test_a_room_of_another_location_belongs_elsewhere():
    studio = make_bookable()

    assert brought(stated(studio, room=make_room())) == [Rule.OFFERED]


def test_s3_judges_bookings_of_one_file_against_each_other():
    studio = make_bookable()
    make_same_room(studio)

    first, touching, overlapping = brought(
        stated(studio, "2026-08-03 10:00"),
        stated(studio, "2026-08-03 11:00"),
        stated(studio, "2026-08-03 11:55"),
    )

    assert isinstance(first, Booking)
    assert isinstance(touching, Booking)
    assert overlapping == Rule.THERAPIST_FREE


def test_s3_sees_across_the_end_of_what_is_judged_together():
    studio = make_bookable(time_from="00:00", time_until="24:00")

    found = brought(
        stated(studio, "2026-08-03 12:00"),
        stated(studio, "2027-08-04 00:00"),
        stated(studio, "2027-08-03 23:30"),
    )

    assert Rule.THERAPIST_FREE in found


def test_s3_sees_across_locations():
    studio = make_bookable()
    uptown = make_location()
    room = make_room(location=uptown, equipment=tuple(studio.room.equipment.all()))
    studio.session_type.locations.add(uptown)
    make_shift(therapist=studio.therapist, location=uptown)

    found = brought(stated(studio), stated(studio, location=uptown, room=room))

    assert found.count(Rule.THERAPIST_FREE) == 1


def test_s8_counts_the_bookings_of_the_file():
    studio = make_bookable()
    studio.therapist.max_barefoot_minutes_per_day = 120
    studio.therapist.save()

    *_, third, other_day = brought(
        stated(studio, "2026-08-03 09:00"),
        stated(studio, "2026-08-03 10:00"),
        stated(studio, "2026-08-03 11:00"),
        stated(studio, "2026-08-04 11:00"),
    )

    assert third == Rule.BAREFOOT_CAP
    assert isinstance(other_day, Booking)


def test_a_booking_without_a_room_takes_one_that_the_others_leave():
    studio = make_bookable()
    other = make_same_room(studio)
    somebody = make_colleague(studio)

    open_, named = brought(
        stated(studio, TEN), stated(studio, TEN, therapist=somebody, room=studio.room)
    )

    assert isinstance(open_, Booking)
    assert isinstance(named, Booking)
    assert (open_.room_id, named.room_id) == (other.pk, studio.room.pk)


def test_what_has_lapsed_stops_nobody():
    studio = make_bookable()
    hold = held(studio, TEN, now=NOW - settings.HOLD_MINUTES)

    booking = brought_one(stated(studio))

    hold.refresh_from_db()
    assert (hold.status, booking.status) == (Status.EXPIRED, Status.CONFIRMED)


def test_the_number_of_queries_does_not_grow_with_the_bookings():
    studio = make_bookable()
    days = [date(2026, 8, 3) + timedelta(weeks=week) for week in range(4)]

    def queries(*hours: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            found = brought(
                *(stated(studio, f"{day} {hour:02}:00") for day in days for hour in hours)
            )
        assert all(isinstance(one, Booking) for one in found)
        return len(asked)

    queries(9)  # makes the client
    assert queries(10) == queries(11, 12, 13, 14, 15)


def test_bookings_of_many_years_are_told_of_as_they_are_done():
    studio = make_bookable()
    told: list[tuple[int, int]] = []

    days = ["2026-08-03", "2020-08-03", "2015-08-03"]
    with changing_schedule():
        bring_in(
            [stated(studio, f"{day} 10:00") for day in days],
            now=NOW,
            tell=lambda done, total: told.append((done, total)),
        )

    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
