"""What keeps a therapist from working and a room from being used."""

import pytest

from bookings.domain.bookable.frame import Days
from bookings.domain.bookable.hindrances import Hinders, hindrances
from tests.factories import (
    MONDAY,
    make_closure_of_dates,
    make_closure_of_times,
    make_location,
    make_room,
    make_room_block,
    make_therapist,
    make_time_off,
)
from therapists.models import TimeOff

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, NOON = "2026-08-03 10:00", "2026-08-03 12:00"


@pytest.fixture
def monday():
    return Days.between(make_location(slug="here"), MONDAY, MONDAY)


def found(days, **asked):
    """Each hindrance with its owner's name, the hour it begins at and its hours."""
    origin = days.window.origin
    return {
        (each.kind, each.name, (span.start - origin) // 60, (span.end - span.start) // 60)
        for each in hindrances(days, **asked)
        for span in days.window.intervals(each.cells)
    }


def test_all_kinds_come_with_one_query(monday, django_assert_num_queries):
    mei, room = make_therapist(slug="mei"), make_room(location=monday.location, slug="cedar")
    make_closure_of_dates(location=monday.location, first_day=MONDAY, last_day=MONDAY)
    make_closure_of_times(location=monday.location, wall_from=TEN, wall_until=NOON)
    make_time_off(therapist=mei, location=monday.location, wall_from=TEN, wall_until=NOON)
    make_room_block(room=room, wall_from=TEN, wall_until=NOON)

    with django_assert_num_queries(1):
        assert found(monday, therapists=[mei.pk], rooms=[room.pk]) == {
            (Hinders.CLOSED, "Here", 0, 24),
            (Hinders.CLOSED, "Here", 10, 2),
            (Hinders.TIME_OFF, "Mei", 10, 2),
            (Hinders.BLOCKED, "Cedar", 10, 2),
        }


def test_what_concerns_others_is_left_out(monday):
    elsewhere = make_location()
    make_closure_of_dates(location=elsewhere, first_day=MONDAY, last_day=MONDAY)
    make_time_off(therapist=make_therapist(), location=elsewhere, wall_from=TEN, wall_until=NOON)
    make_room_block(room=make_room(location=monday.location), wall_from=TEN, wall_until=NOON)

    assert found(monday) == set()


def test_t4_time_off_is_read_on_the_wall_clock_it_was_given_in(monday):
    mei, east = make_therapist(slug="mei"), make_location(timezone="America/New_York")
    make_time_off(therapist=mei, location=east, wall_from=TEN, wall_until=NOON)

    assert found(monday, therapists=[mei.pk]) == {(Hinders.TIME_OFF, "Mei", 8, 2)}


@pytest.mark.parametrize("sees_private", [True, False])
def test_s7_what_may_not_be_seen_is_not_asked_for(monday, sees_private):
    mei = make_therapist(slug="mei")
    make_time_off(
        therapist=mei,
        location=monday.location,
        wall_from=TEN,
        wall_until=NOON,
        barefoot_only=True,
    )
    visible = TimeOff.objects.all() if sees_private else TimeOff.objects.none()

    kinds = {kind for kind, *_ in found(monday, therapists=[mei.pk], time_off=visible)}

    assert kinds == ({Hinders.NOT_BAREFOOT} if sees_private else set())
