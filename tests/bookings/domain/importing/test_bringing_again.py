"""Bookings that a file brings again: what changes of what is stored."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.callers import Caller
from bookings.domain.checks import findings
from bookings.domain.importing.incoming import Incoming
from bookings.domain.reception import step_back
from bookings.enums import EventKind, Source, Status
from bookings.models import Booking, Event
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import NOW
from tests.bookings.domain.importing.stating import (
    brought,
    brought_one,
    make_colleague,
    make_same_room,
    not_at_work,
    restated,
    stated,
)
from tests.factories import (
    make_bookable,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


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
