"""Bookings that a file brings: every rule but S9, and what is recorded of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.callers import Caller
from bookings.domain.checks import findings
from bookings.domain.clients.merging import merge
from bookings.domain.expiring import expire_lapsed
from bookings.domain.importing.bringing_in import bring_in
from bookings.domain.importing.incoming import Incoming
from bookings.domain.reception import step_back
from bookings.domain.requests import Person
from bookings.domain.schedule import changing_schedule
from bookings.enums import LIVE, EventKind, Source, Status
from bookings.models import Booking, Client, Event
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.slots import Rule
from studio.premises.models import Room
from tests.bookings.domain.asking import NOW, RECEPTION, booked, held, minute
from tests.factories import (
    Bookable,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_client,
    make_location,
    make_room,
    make_room_block,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

ADA = Person("Ada L.", "ada@example.org", "+1 303 555 0161")
TEN = "2026-08-03 10:00"


def make_colleague(studio: Bookable) -> Therapist:
    """Somebody else who can give the studio's session on Mondays."""
    colleague = make_therapist()
    (licence,) = studio.session_type.requires_qualifications.all()
    make_certification(therapist=colleague, qualification=licence)
    make_shift(therapist=colleague, location=studio.location)
    studio.session_type.therapists.add(colleague)
    return colleague


def make_same_room(studio: Bookable) -> Room:
    """Another room with the same equipment."""
    return make_room(location=studio.location, equipment=tuple(studio.room.equipment.all()))


def stated(
    studio: Bookable, wall: str = TEN, status: Status = Status.CONFIRMED, **values: Any
) -> Incoming:
    """A booking as a file states it, with Ada and in no particular room."""
    location = values.get("location", studio.location)
    stated = {
        "location": location,
        "session_type": studio.session_type,
        "therapist": studio.therapist,
        "starts_at": minute(wall, location.timezone),
        "person": ADA,
    }
    return Incoming(status=status, **stated | values)


def brought(*incoming: Incoming) -> list[Booking | Rule]:
    """What became of them."""
    with changing_schedule():
        expire_lapsed(now=NOW)
        return bring_in(incoming, now=NOW)


def brought_one(incoming: Incoming) -> Booking:
    """The one booking, which no rule refused."""
    (booking,) = brought(incoming)
    assert isinstance(booking, Booking)
    return Booking.objects.get(pk=booking.pk)


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


def not_at_work(studio: Bookable) -> None:
    studio.therapist.shifts.all().delete()


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


@pytest.mark.parametrize(
    ("status", "recorded"),
    [
        (Status.HELD, ["held"]),
        (Status.PENDING_REVIEW, ["booked"]),
        (Status.CONFIRMED, ["booked"]),
        (Status.CHECKED_IN, ["booked", "checked_in"]),
        (Status.COMPLETED, ["booked", "completed"]),
        (Status.NO_SHOW, ["booked", "no_show"]),
        (Status.CANCELLED, ["booked", "cancelled"]),
        (Status.DECLINED, ["booked", "declined"]),
        (Status.EXPIRED, ["held", "expired"]),
    ],
)
def test_b7_events_tell_how_a_booking_came_to_its_state(status, recorded):
    studio = make_bookable()

    booking = brought_one(stated(studio, status=status, room=studio.room))

    events = list(booking.events.order_by("pk"))
    assert [event.kind for event in events] == recorded
    assert {(event.source, event.at) for event in events} == {(Source.FILE, to_instant(NOW))}
    assert not list(findings())


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.CANCELLED])
def test_b7_what_nobody_came_to_was_held_before(status):
    studio = make_bookable()

    booking = brought_one(stated(studio, status=status, room=studio.room, person=None))

    assert [event.kind for event in booking.events.order_by("pk")] == ["held", status]


@pytest.mark.parametrize("status", [Status.CHECKED_IN, Status.NO_SHOW, Status.COMPLETED])
def test_reception_can_step_back_from_what_a_file_says(status):
    booking = brought_one(stated(make_bookable(), status=status))

    stepped = step_back(booking, caller=Caller(source=Source.DESK, is_staff=True), now=NOW)

    assert stepped.status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("status", "wall", "minutes"),
    [
        (Status.HELD, TEN, 10),
        (Status.PENDING_REVIEW, TEN, 24 * 60),
        (Status.PENDING_REVIEW, "2026-07-31 09:00", 60),
        (Status.PENDING_REVIEW, "2026-07-03 10:00", 10),
    ],
)
def test_what_waits_for_something_has_a_limit_ahead(status, wall, minutes):
    booking = brought_one(stated(make_bookable(), wall, status))

    assert booking.expires_at == to_instant(NOW + minutes)


def test_one_name_and_address_in_files_is_one_client():
    studio = make_bookable()
    brought_one(stated(studio, "2026-08-03 09:00"))

    brought(stated(studio, "2026-08-03 10:00"), stated(studio, "2026-08-03 11:00"))

    (client,) = Client.objects.all()
    assert (client.name, client.email, client.phone) == (ADA.name, ADA.email, ADA.phone)
    assert client.bookings.count() == 3


def test_p1_a_file_joins_no_client_of_another_door():
    studio = make_bookable()
    theirs = make_booking(client=make_client(name="Ada", email="ada@example.org")).client

    booking = brought_one(stated(studio, person=Person("Ada", "ada@example.org")))

    assert booking.client != theirs


def test_a_client_of_a_file_who_was_merged_is_whom_they_were_merged_into():
    studio = make_bookable()
    first = brought_one(stated(studio))
    assert first.client
    kept = make_client(name="Ada Lovelace")
    merge(kept, first.client, caller=RECEPTION, now=NOW)

    assert brought_one(stated(studio, "2026-08-03 12:00")).client == kept


def test_people_without_an_address_are_not_taken_for_one():
    studio = make_bookable()
    erased = Person("Erased")

    brought(
        stated(studio, "2026-08-03 09:00", Status.COMPLETED, person=erased),
        stated(studio, "2026-08-03 10:00", Status.COMPLETED, person=erased),
    )

    assert Client.objects.count() == 2


def test_a_hold_may_have_no_client():
    assert brought_one(stated(make_bookable(), status=Status.HELD, person=None)).client is None


def restated(
    studio: Bookable, stored: Booking, status: Status = Status.CONFIRMED, **values: Any
) -> Incoming:
    """What a file says now of a booking that is there."""
    stored = Booking.objects.select_related(
        "location", "session_type", "therapist", "room", "client"
    ).get(pk=stored.pk)
    start = {"starts_at": to_minute(stored.starts_at)}
    return stated(studio, status=status, stored=stored, **start | values)


def test_b7_a_new_state_of_a_stored_booking_is_recorded():
    studio = make_bookable()
    stored = brought_one(stated(studio))

    changed = brought_one(restated(studio, stored, Status.COMPLETED))

    assert (changed.pk, changed.status) == (stored.pk, Status.COMPLETED)
    event = Event.objects.latest("pk")
    assert (event.kind, event.from_status) == (EventKind.COMPLETED, Status.CONFIRMED)
    assert event.details == {}


@pytest.mark.parametrize("after", Status)
@pytest.mark.parametrize("before", Status)
def test_b7_whatever_a_file_changes_leaves_a_history_without_gaps(before, after):
    studio = make_bookable()
    stored = brought_one(stated(studio, status=before, room=studio.room))

    changed = brought_one(restated(studio, stored, after, room=studio.room))

    assert changed.status == after
    assert not list(findings())


@pytest.mark.parametrize("before", Status)
def test_reception_can_step_back_from_what_a_file_has_changed(before):
    studio = make_bookable()
    stored = brought_one(stated(studio, status=before, room=studio.room))
    changed = brought_one(restated(studio, stored, Status.COMPLETED, room=studio.room))

    step_back(changed, caller=Caller(source=Source.DESK, is_staff=True), now=NOW)

    assert not list(findings())


def test_a_stored_booking_that_only_changes_its_state_is_not_judged():
    studio = make_bookable()
    stored = brought_one(stated(studio))
    not_at_work(studio)

    assert brought_one(restated(studio, stored, Status.COMPLETED)).status == Status.COMPLETED


def test_a_stored_booking_that_takes_its_time_again_is_judged():
    studio = make_bookable()
    stored = brought_one(stated(studio, status=Status.CANCELLED, room=studio.room))
    not_at_work(studio)

    assert brought(restated(studio, stored)) == [Rule.WORKING]


def test_a_stored_booking_can_go_to_another_therapist_and_room():
    studio = make_bookable()
    colleague, room = make_colleague(studio), make_same_room(studio)
    stored = brought_one(stated(studio, room=studio.room))

    changed = brought_one(restated(studio, stored, therapist=colleague, room=room))

    assert (changed.pk, changed.therapist, changed.room) == (stored.pk, colleague, room)
    event = Event.objects.latest("pk")
    assert (event.kind, event.from_status) == (EventKind.MOVED, Status.CONFIRMED)
    assert event.details["before"]["therapist"] == studio.therapist.slug
    assert event.details["after"]["therapist"] == colleague.slug


def test_stored_bookings_can_change_places():
    studio = make_bookable()
    colleague, room = make_colleague(studio), make_same_room(studio)
    one = brought_one(stated(studio, room=studio.room))
    other = brought_one(stated(studio, therapist=colleague, room=room))

    brought(
        restated(studio, one, therapist=colleague, room=room),
        restated(studio, other, room=studio.room),
    )

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.therapist, one.room) == (colleague, room)
    assert (other.therapist, other.room) == (studio.therapist, studio.room)


def test_b4_a_stored_booking_keeps_its_own_length():
    studio = make_bookable()
    colleague = make_colleague(studio)
    stored = brought_one(stated(studio, "2026-08-03 16:00"))
    studio.session_type.duration_minutes = 90
    studio.session_type.save()

    changed = brought_one(restated(studio, stored, therapist=colleague))

    assert (changed.therapist, changed.duration_minutes) == (colleague, 60)


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


def test_many_stored_bookings_are_changed_by_as_few_queries_as_one():
    studio = make_bookable()
    brought(*(stated(studio, f"2026-08-03 {hour:02}:00") for hour in range(9, 14)))
    parts = ("location", "session_type", "therapist", "room")
    first, *others = Booking.objects.select_related(*parts)

    def queries(*stored: Booking) -> int:
        with CaptureQueriesContext(connection) as asked:
            brought(
                *(
                    Incoming(
                        studio.location,
                        studio.session_type,
                        studio.therapist,
                        to_minute(one.starts_at),
                        Status.COMPLETED,
                        stored=one,
                    )
                    for one in stored
                )
            )
        return len(asked)

    assert queries(first) == queries(*others)
    assert {*Booking.objects.values_list("status", flat=True)} == {Status.COMPLETED}


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
