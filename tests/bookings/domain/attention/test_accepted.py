"""Rule B8: what reception has accepted with a reason is left alone until the schedule changes."""

from datetime import date

import pytest

from bookings.domain.attention.accepted import accepted_for
from bookings.domain.attention.affected import affected, coming, note_change
from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.enums import EventKind, Source, Status
from bookings.scheduling.slots import Rule
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_booking,
    make_closure_of_dates,
    make_closure_of_times,
    make_extra_shift,
    make_location,
    make_time_off,
)

pytestmark = pytest.mark.django_db

DESK = Caller(source=Source.DESK, is_staff=True)
S2, S8 = Rule.WORKING, Rule.BAREFOOT_CAP


@pytest.fixture
def made():
    """A therapist who works every day from nine to five."""
    return make_bookable()


@pytest.fixture
def evening(made):
    """A booking at seven on Monday evening, which reception has accepted."""
    return accepted_booking(made, "2026-08-03 19:00", S2)


def accepted_booking(made, starts_at, *rules, **values):
    booking = make_booking(
        therapist=made.therapist,
        room=made.room,
        session_type=made.session_type,
        starts_at=at(starts_at),
        **values,
    )
    told(booking, EventKind.BOOKED, *rules, reason="She stays longer")
    return booking


def told(booking, kind, *rules, reason="", **details):
    record(
        booking,
        kind,
        by=DESK,
        at=NOW,
        from_status=booking.status,
        reason=reason,
        overridden=rules,
        details=details,
    )


def attention():
    return [(each.booking, each.rules) for each in affected(coming(NOW), now=NOW)]


def test_b8_a_rule_that_was_overridden_when_booking_is_accepted(evening):
    assert attention() == []


def test_b8_another_rule_that_is_broken_is_not_accepted_with_it(made, evening):
    made.room.active = False
    made.room.save()

    assert attention() == [(evening, (Rule.OFFERED,))]


def test_b8_a_move_accepts_only_what_was_overridden_with_it(evening):
    told(evening, EventKind.MOVED)

    assert attention() == [(evening, (S2,))]


def test_b8_a_kept_booking_is_accepted_beside_what_was_before(made):
    booking = accepted_booking(made, "2026-08-03 19:00", S8)

    told(booking, EventKind.KEPT, S2, reason="Agreed with her")

    assert accepted_for([booking.pk]) == {
        booking.pk: {S8: "She stays longer", S2: "Agreed with her"}
    }


def test_b8_a_step_of_a_bookings_life_leaves_what_is_accepted(evening):
    told(evening, EventKind.CHECKED_IN)

    assert accepted_for([evening.pk]) == {evening.pk: {S2: "She stays longer"}}


def test_b8_time_off_over_an_accepted_booking_brings_it_back(made, evening):
    off = make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 12:00",
        wall_until="2026-08-03 19:05",
    )

    found = note_change([off], by=DESK, now=NOW)

    assert [each.booking for each in found] == [evening]
    assert attention() == [(evening, (S2,))]
    event = evening.events.get(kind=EventKind.AFFECTED)
    assert (event.from_status, event.to_status) == (Status.CONFIRMED, Status.CONFIRMED)
    assert event.details == {"rules": ["S2"]}


@pytest.mark.parametrize(
    "values",
    [
        {"wall_from": "2026-08-03 09:00", "wall_until": "2026-08-03 19:00"},
        {"wall_from": "2026-08-03 20:00", "wall_until": "2026-08-04 09:00"},
        {
            "wall_from": "2026-08-03 09:00",
            "wall_until": "2026-08-03 23:00",
            "barefoot_only": True,
        },
    ],
)
def test_b8_time_off_beside_an_accepted_booking_leaves_it_alone(made, evening, values):
    off = make_time_off(therapist=made.therapist, location=made.location, **values)

    note_change([off], by=DESK, now=NOW)

    assert accepted_for([evening.pk])


def test_b8_time_off_is_read_on_the_clock_of_its_own_location(made, evening):
    tokyo = make_location(timezone="Asia/Tokyo")
    off = make_time_off(
        therapist=made.therapist,
        location=tokyo,
        wall_from="2026-08-04 10:30",
        wall_until="2026-08-04 11:30",
    )

    note_change([off], by=DESK, now=NOW)

    assert attention() == [(evening, (S2,))]


def test_b8_a_closure_over_an_accepted_booking_brings_it_back(made, evening):
    closure = make_closure_of_dates(location=made.location, first_day=MONDAY, last_day=MONDAY)

    note_change([closure], by=DESK, now=NOW)

    assert attention() == [(evening, (S2,))]


def test_b8_a_closure_beside_an_accepted_booking_leaves_it_alone(made, evening):
    tuesday = date(2026, 8, 4)
    rows = [
        make_closure_of_dates(location=made.location, first_day=tuesday, last_day=tuesday),
        make_closure_of_times(
            location=made.location, wall_from="2026-08-03 20:00", wall_until="2026-08-03 22:00"
        ),
    ]

    note_change(rows, by=DESK, now=NOW)

    assert attention() == []


def test_b8_without_her_shift_of_that_day_an_accepted_booking_comes_back(made, evening):
    monday = made.therapist.shifts.get(weekday=0)
    monday.delete()

    note_change([], ended=[monday], by=DESK, now=NOW)

    assert attention() == [(evening, (S2,))]


def test_b8_a_shift_of_another_day_leaves_an_accepted_booking_alone(made, evening):
    tuesday = made.therapist.shifts.get(weekday=1)
    tuesday.delete()

    note_change([], ended=[tuesday], by=DESK, now=NOW)

    assert attention() == []


def test_b8_a_new_shift_leaves_an_accepted_booking_alone(made, evening):
    extra = make_extra_shift(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 06:00",
        wall_until="2026-08-03 09:00",
    )

    note_change([extra], by=DESK, now=NOW)

    assert attention() == []


def test_b8_without_an_extra_shift_of_that_day_an_accepted_booking_comes_back(made):
    made.therapist.shifts.all().delete()
    extra = make_extra_shift(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 12:00",
        wall_until="2026-08-03 19:00",
    )
    booking = accepted_booking(made, "2026-08-03 19:00", S2)
    extra.delete()

    note_change([], ended=[extra], by=DESK, now=NOW)

    assert attention() == [(booking, (S2,))]


def test_b8_a_retired_location_brings_an_accepted_booking_back(made, evening):
    made.location.active = False
    made.location.save()

    note_change([made.location], by=DESK, now=NOW)

    assert attention() == [(evening, (Rule.OFFERED, S2))]


def test_b8_what_is_no_longer_broken_is_not_put_in_doubt(made):
    booking = accepted_booking(made, "2026-08-03 12:00", S2)

    note_change([made.therapist], by=DESK, now=NOW)

    assert accepted_for([booking.pk])


def cap(made, minutes):
    made.therapist.max_barefoot_minutes_per_day = minutes
    made.therapist.save()
    return made.therapist


def test_b8_a_day_over_a_lowered_cap_breaks_s8(made):
    morning = accepted_booking(made, "2026-08-03 10:00")
    noon = accepted_booking(made, "2026-08-03 12:00")
    accepted_booking(made, "2026-08-03 14:00", barefoot=False)
    accepted_booking(made, "2026-08-04 10:00")

    found = note_change([cap(made, 90)], by=DESK, now=NOW)

    assert [(each.booking, each.rules) for each in found] == [(morning, (S8,)), (noon, (S8,))]


def test_b8_a_day_at_the_cap_is_not_over_it(made):
    accepted_booking(made, "2026-08-03 10:00")
    accepted_booking(made, "2026-08-03 12:00")
    cap(made, 120)

    assert attention() == []


def test_b8_sessions_of_the_morning_count_towards_the_cap(made):
    accepted_booking(made, "2026-08-03 06:00", status=Status.COMPLETED)
    coming_one = accepted_booking(made, "2026-08-03 12:00")
    cap(made, 90)

    assert attention() == [(coming_one, (S8,))]


def test_b8_a_booking_past_the_cap_with_a_reason_leaves_the_day_alone(made):
    accepted_booking(made, "2026-08-03 10:00")
    accepted_booking(made, "2026-08-03 12:00", S8)
    cap(made, 60)

    assert attention() == []


def test_b8_a_lowered_cap_brings_back_what_was_accepted_past_it(made):
    accepted_booking(made, "2026-08-03 10:00")
    past_it = accepted_booking(made, "2026-08-03 12:00", S8)

    note_change([cap(made, 60)], by=DESK, now=NOW)

    assert len(attention()) == 2
    assert past_it.events.filter(kind=EventKind.AFFECTED).exists()


def test_b8_one_of_a_day_over_the_cap_that_is_kept_settles_the_others(made):
    accepted_booking(made, "2026-08-03 10:00")
    noon = accepted_booking(made, "2026-08-03 12:00")
    cap(made, 90)

    told(noon, EventKind.KEPT, S8, reason="A short one")

    assert attention() == []
