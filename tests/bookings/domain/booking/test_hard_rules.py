"""What nobody can go past: each rule refuses at its edge and allows one step before it."""

from datetime import date, timedelta

import pytest

from bookings.domain.booking import book
from bookings.domain.requests import Details
from bookings.enums import Status
from bookings.errors import RuleRefused, SlotUnavailable
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import ADA, NOW, RECEPTION, booked, past, refused, wish
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_inspection,
    make_location,
    make_qualification,
    make_room,
    make_room_block,
    make_time_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
MONDAY = date(2026, 8, 3)


def test_s1_a_retired_session_type_is_refused():
    studio = make_bookable()
    studio.session_type.active = False
    studio.session_type.save()

    assert refused(studio).rule == Rule.OFFERED


def test_s1_a_session_type_that_is_not_offered_at_the_location_is_refused():
    studio = make_bookable()
    studio.session_type.locations.clear()

    assert refused(studio).rule == Rule.OFFERED


def test_s1_a_retired_therapist_is_refused():
    studio = make_bookable()
    studio.therapist.active = False
    studio.therapist.save()

    assert refused(studio, therapist=studio.therapist).rule == Rule.OFFERED


def test_s1_a_therapist_who_does_not_offer_the_session_is_refused():
    studio = make_bookable()
    studio.session_type.therapists.clear()

    assert refused(studio, therapist=studio.therapist).rule == Rule.OFFERED


def test_s1_a_retired_room_is_not_used():
    studio = make_bookable()
    studio.room.active = False
    studio.room.save()

    assert refused(studio).rule == Rule.OFFERED


def test_s1_a_room_of_another_location_is_refused():
    studio = make_bookable()
    elsewhere = make_room(location=make_location(slug="elsewhere"))

    with pytest.raises(RuleRefused) as caught:
        book(wish(studio, TEN, room=elsewhere), Details(ADA), caller=RECEPTION, now=NOW)

    assert caught.value.rule == Rule.OFFERED


def test_s1_nothing_is_booked_at_a_retired_location():
    studio = make_bookable()
    studio.location.active = False
    studio.location.save()

    with pytest.raises(SlotUnavailable):
        booked(studio, TEN)


def test_s3_a_start_five_minutes_inside_another_booking_is_refused():
    studio = make_bookable()
    make_room(location=studio.location, equipment=tuple(studio.room.equipment.all()))
    booked(studio, TEN)

    assert refused(studio, "2026-08-03 10:55").rule == Rule.THERAPIST_FREE


def test_s3_t3_a_booking_that_touches_another_is_taken():
    studio = make_bookable()
    booked(studio, TEN)

    assert booked(studio, "2026-08-03 11:00").status == Status.CONFIRMED


def test_s3_a_booking_at_another_location_takes_the_therapist_here():
    studio = make_bookable()
    make_booking(
        therapist=studio.therapist,
        room=make_room(location=make_location(slug="elsewhere")),
        starts_at=at(TEN),
    )

    assert refused(studio).rule == Rule.THERAPIST_FREE


def test_s4_a_taken_room_refuses_a_free_therapist():
    studio = make_bookable()
    make_booking(room=studio.room, starts_at=at(TEN))

    assert refused(studio).rule == Rule.ROOM_FREE


def test_s4_a_blocked_room_is_refused():
    studio = make_bookable()
    make_room_block(room=studio.room, wall_from="2026-08-03 10:55", wall_until="2026-08-03 12:00")

    assert refused(studio).rule == Rule.ROOM_FREE
    assert booked(studio, "2026-08-03 09:45").status == Status.CONFIRMED


def test_s5_a_room_without_the_bars_is_refused():
    studio = make_bookable()
    studio.room.equipment.clear()

    assert refused(studio).rule == Rule.EQUIPPED


def test_s5_an_inspection_closes_the_room_from_the_day_after_it_was_due():
    studio = make_bookable()
    [bars] = studio.room.equipment.all()
    make_inspection(room=studio.room, equipment=bars, due_on=MONDAY)

    assert booked(studio, TEN).status == Status.CONFIRMED
    assert refused(studio, "2026-08-04 10:00").rule == Rule.EQUIPPED


def test_s5_an_overdue_inspection_of_what_is_not_needed_closes_nothing():
    studio = make_bookable()
    [bars] = studio.room.equipment.all()
    make_inspection(room=studio.room, equipment=bars, due_on=date(2026, 1, 1))
    studio.session_type.requires_equipment.clear()

    assert booked(studio, TEN).status == Status.CONFIRMED


@pytest.mark.parametrize(
    ("dates", "allowed"),
    [
        ({"expires_on": MONDAY}, True),
        ({"expires_on": MONDAY - timedelta(days=1)}, False),
        ({"issued_on": MONDAY}, True),
        ({"issued_on": MONDAY + timedelta(days=1)}, False),
        ({"revoked_on": MONDAY + timedelta(days=1)}, True),
        ({"revoked_on": MONDAY}, False),
        ({"issued_on": date.min, "revoked_on": date.min}, False),
        ({"expires_on": date.max}, True),
        ({"verified_on": None}, False),
    ],
)
def test_s6_a_certification_must_be_valid_on_the_date_of_the_session(
    dates: dict[str, date | None], allowed: bool
):
    studio = make_bookable()
    studio.therapist.certifications.update(**dates)

    if allowed:
        assert booked(studio, TEN).status == Status.CONFIRMED
    else:
        assert refused(studio).rule == Rule.CERTIFIED


def test_s6_a_higher_level_of_the_style_covers_a_lower_one():
    studio = make_bookable()
    one_foot = make_qualification(slug="one-foot", style="bar", level=1)
    two_foot = make_qualification(slug="two-foot", style="bar", level=2)
    studio.session_type.requires_qualifications.set([one_foot])
    make_certification(therapist=studio.therapist, qualification=two_foot)

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_s6_a_lower_level_does_not_cover_a_higher_one():
    studio = make_bookable()
    one_foot = make_qualification(slug="one-foot", style="bar", level=1)
    two_foot = make_qualification(slug="two-foot", style="bar", level=2)
    studio.session_type.requires_qualifications.set([two_foot])
    make_certification(therapist=studio.therapist, qualification=one_foot)

    assert refused(studio).rule == Rule.CERTIFIED


def test_s6_two_certifications_of_one_qualification_follow_on_each_other():
    studio = make_bookable()
    first = studio.therapist.certifications.get()
    first.expires_on = MONDAY - timedelta(days=1)
    first.save()
    make_certification(
        therapist=studio.therapist,
        qualification=first.qualification,
        number="2",
        issued_on=MONDAY,
    )

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_s7_a_barefoot_session_is_refused_while_the_therapist_does_no_barefoot_work():
    studio = make_bookable()
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-03 10:30",
        wall_until="2026-08-05 00:00",
        barefoot_only=True,
    )

    error = refused(studio)

    assert (error.rule, error.overridable) == (Rule.BAREFOOT_ALLOWED, False)


def test_s7_a_hands_only_session_stays_bookable_then():
    studio = make_bookable()
    studio.session_type.barefoot = False
    studio.session_type.save()
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-05 00:00",
        barefoot_only=True,
    )

    assert booked(studio, TEN).status == Status.CONFIRMED


def test_overriding_a_soft_rule_leaves_the_hard_ones():
    studio = make_bookable()
    booked(studio, TEN)

    error = refused(studio, override=past(Rule.WORKING, Rule.BAREFOOT_CAP))

    assert not error.overridable
