"""What staff can choose from: held against what booking it decides."""

from dataclasses import replace
from typing import Any

import pytest

from bookings.domain.bookable.availability import open_slots
from bookings.domain.bookable.question import Question
from bookings.domain.options import everybody, open_nearby, options, starts_on_step
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Rule
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_room,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_minute(at("2026-08-03 07:00"))
TEN = to_minute(at("2026-08-03 10:00"))


@pytest.fixture
def made():
    return make_bookable()


def another_therapist(made):
    """One more who can give it: each day of the week from nine to five."""
    therapist = make_therapist()
    make_shift(therapist=therapist, location=made.location)
    make_certification(
        therapist=therapist, qualification=made.session_type.requires_qualifications.get()
    )
    made.session_type.therapists.add(therapist)
    return therapist


def question(made, **values):
    known: dict[str, Any] = {"first": MONDAY, "last": MONDAY, "now": NOW, "is_staff": True}
    return Question(location=made.location, session_type=made.session_type, **known | values)


def chosen(asked, start=TEN):
    return options(everybody(asked), asked, start)


def take(made, starts_at="2026-08-03 10:00", **values):
    values = {"therapist": made.therapist, "room": made.room} | values
    return make_booking(session_type=made.session_type, starts_at=at(starts_at), **values)


def test_a1_a2_all_who_can_take_it_come_best_first(made):
    busy, other = made.therapist, another_therapist(made)
    bars = tuple(made.room.equipment.all())
    second = make_room(location=made.location, equipment=bars)
    take(made, "2026-08-03 12:00")

    found = chosen(question(made))

    assert found.therapists == [other.pk, busy.pk]
    assert found.rooms == [made.room.pk, second.pk]
    assert found.obstacles == ()


def test_s3_who_is_taken_is_no_choice_and_the_others_still_are(made):
    other = another_therapist(made)
    take(made, room=make_room(location=made.location))

    found = chosen(question(made, therapist=made.therapist.slug))

    assert found.therapists == [other.pk]
    assert (found.obstacles, found.is_hard) == ((Rule.THERAPIST_FREE,), True)


def test_s4_a_room_that_is_taken_is_named_when_it_is_asked_for(made):
    bars = tuple(made.room.equipment.all())
    free = make_room(location=made.location, equipment=bars)
    take(made, therapist=make_therapist())

    found = chosen(question(made, room=made.room.slug))

    assert found.rooms == [free.pk]
    assert (found.obstacles, found.is_hard) == ((Rule.ROOM_FREE,), True)


def test_s1_who_does_not_offer_it_is_told_so(made):
    stranger = make_therapist()

    found = chosen(question(made, therapist=stranger.slug))

    assert (found.obstacles, found.is_hard) == ((Rule.OFFERED,), True)


def test_every_soft_rule_in_the_way_is_named_at_once(made):
    made.therapist.max_barefoot_minutes_per_day = 30
    made.therapist.save()

    found = chosen(question(made), to_minute(at("2026-08-03 06:00")))

    assert set(found.obstacles) == {
        Rule.NOTICE_AND_HORIZON,
        Rule.WORKING,
        Rule.BAREFOOT_CAP,
    }
    assert not found.is_hard
    assert found.therapists == []


def test_behind_soft_rules_a_hard_one_is_found(made):
    made.therapist.certifications.all().delete()

    found = chosen(question(made), to_minute(at("2026-08-03 06:00")))

    assert found.obstacles == (Rule.NOTICE_AND_HORIZON, Rule.CERTIFIED)
    assert found.is_hard


def test_what_is_overridden_can_be_chosen_and_stays_named(made):
    evening = to_minute(at("2026-08-03 18:00"))

    found = chosen(question(made, overridden=frozenset({Rule.WORKING})), evening)

    assert found.therapists == [made.therapist.pk]
    assert (found.obstacles, found.is_hard) == ((Rule.WORKING,), False)


def test_s9_more_than_a_day_back_is_hard(made):
    day = at("2026-08-02 06:00").date()

    found = chosen(question(made, first=day, last=day), to_minute(at("2026-08-02 06:00")))

    assert (found.obstacles, found.is_hard) == ((Rule.NOTICE_AND_HORIZON,), True)


def test_a_closed_location_cannot_be_gone_past(made):
    made.location.active = False

    found = chosen(question(made))

    assert found.is_hard


def test_b5_a_booking_that_moves_is_not_in_its_own_way(made):
    booking = take(made)

    found = chosen(question(made, moving=booking, therapist=made.therapist.slug))

    assert (found.therapists, found.obstacles) == ([made.therapist.pk], ())


def test_t5_the_starts_that_are_listed_lie_on_the_step(made):
    starts = [slot.starts_at for slot in starts_on_step(everybody(question(made)))]

    assert starts == [
        slot.starts_at for slot in open_slots(question(made)) if slot.starts_at % 15 == 0
    ]
    assert starts[0] == to_minute(at("2026-08-03 09:00"))


def test_the_starts_are_those_of_who_is_asked_for(made):
    other = another_therapist(made)
    make_time_off(
        therapist=other,
        location=made.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-03 15:00",
    )

    starts = starts_on_step(everybody(question(made)), therapist=other.slug)

    assert starts[0].starts_at == to_minute(at("2026-08-03 15:00"))


def test_a3_the_nearest_are_of_that_day_and_else_of_any(made):
    take(made)
    asked = question(made)
    nearby = [slot.starts_at for slot in open_nearby(everybody(asked), asked, TEN)]
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-04 00:00",
    )

    [first, *_rest] = open_nearby(everybody(asked), asked, TEN)

    hours = ("09:00", "11:00", "11:15", "11:30", "11:45")
    assert nearby == [to_minute(at(f"2026-08-03 {hour}")) for hour in hours]
    assert first.starts_at == to_minute(at("2026-08-04 09:00"))


def test_the_rows_are_gathered_once(made, django_assert_num_queries):
    asked = question(made)
    situation = everybody(asked)

    with django_assert_num_queries(0):
        options(situation, replace(asked, therapist=made.therapist.slug), TEN)
        starts_on_step(situation)
