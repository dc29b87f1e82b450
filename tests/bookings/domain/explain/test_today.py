"""What a therapist can be booked for today, and why not. It is seven on a Monday in Denver."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from bookings.domain.bookable.availability import open_slots
from bookings.domain.bookable.question import Question
from bookings.domain.explain.today import bookable_today
from bookings.scheduling.hours import local_date
from tests.bookings.domain.asking import minute
from tests.bookings.domain.explain.telling import SUNDAY
from tests.bookings.domain.random_studios import random_studio, with_studios_at_random
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    MONDAY,
    at,
    make_booking,
    make_closure_of_dates,
    make_location,
    make_room,
    make_room_block,
    make_session_type,
    make_shift,
    make_time_off,
)
from therapists.models import Shift, Therapist

pytestmark = pytest.mark.django_db


def today(made, *, now=SEVEN_ON_MONDAY, sees_private=True):
    places = bookable_today(made.therapist, now=now, sees_private=sees_private)
    [found] = [each for each in places if each.session_type == made.session_type]
    return found


def test_what_is_open_is_told_on_the_step(made):
    found = today(made)

    assert (found.starts[0], found.starts[1]) == (
        minute("2026-08-03 09:15"),
        minute("2026-08-03 09:30"),
    )
    assert found.following == minute("2026-08-04 09:15")
    assert found.reasons == ()


def test_s1_who_does_not_offer_it_reads_that_alone(made):
    made.session_type.therapists.clear()
    made.therapist.certifications.all().delete()

    assert today(made).reasons == ("Does not offer Session-1.",)


def test_s1_who_gives_no_sessions_any_more_reads_so(made):
    made.therapist.active = False
    made.therapist.save()

    assert today(made).reasons == ("Gives no sessions any more.",)


def test_s2_who_has_no_shift_reads_so(made):
    Shift.objects.filter(weekday=0).delete()

    found = today(made)

    assert found.reasons == ("Does not work at Location-1 today.",)
    assert found.following == minute("2026-08-04 09:15")


def test_s2_a_shift_that_is_too_short_is_told(made):
    Shift.objects.filter(weekday=0).update(time_until=10 * 60)

    assert today(made).reasons == ("Works 09:00–10:00 today.",)


def test_s2_time_off_and_closures_are_told(made):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 08:00",
        wall_until="2026-08-03 18:00",
    )
    make_closure_of_dates(location=made.location, first_day=MONDAY, last_day=MONDAY)

    assert today(made).reasons == (
        "Works 09:00–17:00 today.",
        "Has time off 08:00–18:00.",
        "Location-1 is closed 00:00–24:00.",
    )


def test_s3_who_is_booked_through_reads_so(made):
    make_booking(
        therapist=made.therapist,
        room=made.room,
        starts_at=at("2026-08-03 09:00"),
        duration_minutes=8 * 60,
    )

    assert today(made).reasons == ("Is booked today, with no break that is long enough.",)


def test_s4_without_a_room_nothing_is_open(made):
    make_room_block(room=made.room, wall_from="2026-08-03 08:00", wall_until="2026-08-03 18:00")

    assert today(made).reasons == ("No room can take it when the therapist could.",)


def test_s6_the_certification_that_is_missing_is_named(made):
    made.therapist.certifications.update(expires_on=SUNDAY)

    assert today(made).reasons == ("Massage-Licence lapsed on 2 Aug 2026.",)


@pytest.mark.parametrize(
    ("sees_private", "reasons"),
    [
        (True, ("Does no barefoot work 09:00–17:00.",)),
        (False, ("The therapist cannot take this session then.",)),
    ],
)
def test_s7_a_private_period_is_told_to_those_whom_it_concerns(made, sees_private, reasons):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )

    assert today(made, sees_private=sees_private).reasons == reasons


def test_s8_a_full_day_is_told(made):
    made.therapist.max_barefoot_minutes_per_day = 60
    made.therapist.save()
    make_booking(therapist=made.therapist, room=make_room(), session_type=made.session_type)

    assert today(made).reasons == ("60 of 60 barefoot minutes are booked; this session takes 60.",)


def test_rules_that_only_together_leave_nothing_are_told_so(made):
    make_booking(
        therapist=made.therapist,
        room=make_room(),
        starts_at=at("2026-08-03 13:00"),
        duration_minutes=4 * 60,
    )
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 12:30",
        barefoot_only=True,
    )

    assert today(made).reasons == ("No stretch of today that is long enough is left.",)


def test_t5_a_start_off_the_step_is_open_to_reception(made):
    Shift.objects.filter(weekday=0).update(time_until=10 * 60 + 15)

    assert today(made).starts == (minute("2026-08-03 09:05"),)


def test_s9_at_the_end_of_the_day_nothing_is_left(made):
    found = today(made, now=minute("2026-08-03 23:58"))

    assert found.reasons == ("Nothing is left of today.",)
    assert found.following == minute("2026-08-04 09:15")


def test_every_session_type_at_each_of_her_locations_is_told(made):
    second = make_location()
    make_location()
    make_shift(therapist=made.therapist, location=second)
    made.session_type.locations.add(second)
    make_session_type(slug="other")
    make_session_type(slug="retired", active=False)

    found = bookable_today(made.therapist, now=SEVEN_ON_MONDAY, sees_private=True)

    assert {(each.location.slug, each.session_type.slug) for each in found} == {
        (location, session)
        for location in ("location-1", "location-2")
        for session in ("session-1", "other")
    }


def test_who_works_nowhere_is_told_for_every_place(made):
    Shift.objects.all().delete()

    assert today(made).reasons == ("Does not work at Location-1 today.",)


@with_studios_at_random(25)
def test_what_is_told_is_what_is_listed(rng: Random) -> None:
    with transaction.atomic():
        studio = random_studio(rng)
        day = local_date(studio.location.timezone, studio.now)

        for therapist in Therapist.objects.all():
            for each in bookable_today(therapist, now=studio.now, sees_private=True):
                question = Question(
                    location=each.location,
                    session_type=each.session_type,
                    first=local_date(each.location.timezone, studio.now),
                    last=day + timedelta(days=1),
                    now=studio.now,
                    is_staff=True,
                    therapist=therapist.slug,
                )
                listed = {slot.starts_at for slot in open_slots(question)}
                assert set(each.starts) <= listed
                assert bool(each.starts) != bool(each.reasons)
        transaction.set_rollback(True)
