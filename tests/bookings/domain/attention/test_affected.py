"""Rule B8: a change of the schedule cancels nothing and says which bookings it leaves behind."""

from datetime import date, timedelta

import pytest

from bookings.domain.attention.affected import affected, coming, note_change
from bookings.domain.attention.judging import Affected
from bookings.domain.callers import Caller
from bookings.enums import Source, Status
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Rule
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_closure_of_dates,
    make_closure_of_times,
    make_inspection,
    make_location,
    make_qualification,
    make_room,
    make_room_block,
    make_session_type,
    make_therapist,
    make_time_off,
)
from therapists.models import Shift

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

NOW = to_minute(at("2026-08-03 07:00"))
DESK = Caller(source=Source.DESK, is_staff=True)


@pytest.fixture
def made():
    """A therapist, a room and a session type that fit, every day from nine to five."""
    return make_bookable()


def book(made, starts_at="2026-08-03 10:00", **values):
    return make_booking(
        **{
            "therapist": made.therapist,
            "room": made.room,
            "session_type": made.session_type,
            "starts_at": at(starts_at),
        }
        | values
    )


def rules(found):
    return [(each.booking.reference, each.rules) for each in found]


def test_b8_a_booking_that_fits_is_not_affected(made):
    book(made)

    assert affected(coming(NOW), now=NOW) == []


def test_b8_time_off_over_a_booking_breaks_s2(made):
    booking = book(made)
    book(made, "2026-08-03 13:00")

    off = make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 12:00",
    )

    assert note_change([off], by=DESK, now=NOW) == [Affected(booking, (Rule.WORKING,))]


def test_b8_cancels_nothing(made):
    booking = book(made)

    off = make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 12:00",
    )
    note_change([off], by=DESK, now=NOW)

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED
    assert not booking.events.exists()


def test_b8_barefoot_time_off_breaks_s7_of_barefoot_sessions_only(made):
    barefoot = book(made, reference="FEET")
    book(made, "2026-08-03 11:00", reference="HANDS", barefoot=False)

    off = make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )

    assert note_change([off], by=DESK, now=NOW) == [Affected(barefoot, (Rule.BAREFOOT_ALLOWED,))]


def test_b8_a_closure_of_dates_breaks_s2(made):
    booking = book(made)
    book(made, "2026-08-04 10:00")

    closure = make_closure_of_dates(location=made.location, first_day=MONDAY, last_day=MONDAY)

    assert note_change([closure], by=DESK, now=NOW) == [Affected(booking, (Rule.WORKING,))]


def test_b8_a_closure_of_times_breaks_s2_where_it_overlaps(made):
    book(made)
    booking = book(made, "2026-08-03 13:00")

    closure = make_closure_of_times(
        location=made.location, wall_from="2026-08-03 13:30", wall_until="2026-08-03 15:00"
    )

    assert note_change([closure], by=DESK, now=NOW) == [Affected(booking, (Rule.WORKING,))]


def test_b8_a_room_block_breaks_s4(made):
    booking = book(made)
    book(made, "2026-08-03 13:00")

    block = make_room_block(
        room=made.room, wall_from="2026-08-03 09:00", wall_until="2026-08-03 11:00"
    )

    assert note_change([block], by=DESK, now=NOW) == [Affected(booking, (Rule.ROOM_FREE,))]


def test_b8_a_retired_room_breaks_s1(made):
    booking = book(made)

    made.room.active = False
    made.room.save(update_fields=["active"])

    assert note_change([made.room], by=DESK, now=NOW) == [Affected(booking, (Rule.OFFERED,))]


def test_b8_a_room_without_the_equipment_breaks_s5(made):
    booking = book(made)

    made.room.equipment.clear()

    assert note_change([made.room], by=DESK, now=NOW) == [Affected(booking, (Rule.EQUIPPED,))]


def test_b8_an_inspection_that_falls_due_breaks_s5_afterwards(made):
    book(made)
    later = book(made, "2026-08-04 10:00")

    inspection = make_inspection(room=made.room, equipment=made.room.equipment.get(), due_on=MONDAY)

    assert note_change([inspection], by=DESK, now=NOW) == [Affected(later, (Rule.EQUIPPED,))]


def test_b8_a_retired_therapist_breaks_s1(made):
    booking = book(made)

    made.therapist.active = False
    made.therapist.save(update_fields=["active"])

    assert note_change([made.therapist], by=DESK, now=NOW) == [Affected(booking, (Rule.OFFERED,))]


def test_b8_a_retired_location_breaks_s1(made):
    booking = book(made)

    made.location.active = False
    made.location.save(update_fields=["active"])

    assert note_change([made.location], by=DESK, now=NOW) == [Affected(booking, (Rule.OFFERED,))]


def test_b8_a_retired_session_type_breaks_s1(made):
    booking = book(made)

    made.session_type.active = False
    made.session_type.save(update_fields=["active"])

    assert note_change([made.session_type], by=DESK, now=NOW) == [
        Affected(booking, (Rule.OFFERED,))
    ]


def test_b8_a_session_type_that_a_therapist_no_longer_offers_breaks_s1(made):
    booking = book(made)

    made.session_type.therapists.clear()

    assert note_change([made.session_type], by=DESK, now=NOW) == [
        Affected(booking, (Rule.OFFERED,))
    ]


def test_b8_a_deleted_shift_breaks_s2(made):
    booking = book(made)
    book(made, "2026-08-04 10:00")
    monday = made.therapist.shifts.get(weekday=0)

    monday.delete()

    assert note_change([monday], by=DESK, now=NOW) == [Affected(booking, (Rule.WORKING,))]


def test_b8_a_revoked_certification_breaks_s6_from_its_day_on(made):
    book(made)
    later = book(made, "2026-08-04 10:00")
    certification = made.therapist.certifications.get()

    certification.revoked_on = date(2026, 8, 4)
    certification.save(update_fields=["revoked_on"])

    assert note_change([certification], by=DESK, now=NOW) == [Affected(later, (Rule.CERTIFIED,))]


def test_b8_a_raised_level_of_a_qualification_breaks_s6(made):
    required = make_qualification(slug="bars-1", style="bars", level=1)
    made.session_type.requires_qualifications.add(required)
    make_certification(
        therapist=made.therapist,
        qualification=make_qualification(slug="bars-2", style="bars", level=2),
    )
    booking = book(made)

    required.level = 3
    required.save(update_fields=["level"])

    assert note_change([required], by=DESK, now=NOW) == [Affected(booking, (Rule.CERTIFIED,))]


def test_b8_several_broken_rules_stand_in_their_order(made):
    booking = book(made)

    made.therapist.certifications.all().delete()
    Shift.objects.all().delete()
    made.room.active = False
    made.room.save(update_fields=["active"])

    assert affected(coming(NOW), now=NOW) == [
        Affected(booking, (Rule.OFFERED, Rule.WORKING, Rule.CERTIFIED))
    ]


def test_b4_a_longer_session_type_leaves_a_booking_as_long_as_it_was(made):
    book(made, "2026-08-03 16:00")

    made.session_type.duration_minutes = 90
    made.session_type.save(update_fields=["duration_minutes"])

    assert note_change([made.session_type], by=DESK, now=NOW) == []


def test_b8_only_bookings_to_come_that_stand_are_judged(made):
    book(made, "2026-08-03 06:00", reference="PAST")
    book(made, "2026-08-03 09:00", reference="CANCELLED", status=Status.CANCELLED)
    book(made, "2026-08-03 10:00", reference="HERE", status=Status.CHECKED_IN)
    book(
        made,
        "2026-08-03 11:00",
        reference="LAPSED",
        status=Status.HELD,
        expires_at=at("2026-08-03 06:59"),
    )
    book(
        made,
        "2026-08-03 12:00",
        reference="HELD",
        status=Status.HELD,
        expires_at=at("2026-08-03 07:05"),
    )
    book(
        made,
        "2026-08-03 13:00",
        reference="REVIEW",
        status=Status.PENDING_REVIEW,
        expires_at=at("2026-08-03 09:00"),
    )

    closure = make_closure_of_dates(location=made.location, first_day=MONDAY, last_day=MONDAY)

    assert rules(note_change([closure], by=DESK, now=NOW)) == [
        ("HELD", (Rule.WORKING,)),
        ("REVIEW", (Rule.WORKING,)),
    ]


def test_b8_time_off_reaches_bookings_at_a_location_of_another_zone(made):
    tokyo = make_location(slug="tokyo", timezone="Asia/Tokyo")
    booking = make_booking(
        therapist=made.therapist,
        room=make_room(location=tokyo),
        session_type=make_session_type(locations=(tokyo,), therapists=(made.therapist,)),
        starts_at=at("2026-08-04 02:00", "Asia/Tokyo"),
    )

    off = make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 11:00",
        wall_until="2026-08-03 12:00",
    )

    (found,) = note_change([off], by=DESK, now=NOW)
    assert found.booking == booking


def test_b8_bookings_of_others_are_left_alone(made):
    other = make_bookable_beside(made)
    book(made, reference="MINE")
    make_booking(
        therapist=other,
        room=make_room(location=made.location, equipment=(made.room.equipment.get(),)),
        session_type=made.session_type,
    )

    made.therapist.active = False
    made.therapist.save(update_fields=["active"])
    other.active = False
    other.save(update_fields=["active"])

    assert rules(note_change([made.therapist], by=DESK, now=NOW)) == [("MINE", (Rule.OFFERED,))]


def make_bookable_beside(made):
    therapist = make_therapist()
    made.session_type.therapists.add(therapist)
    return therapist


def test_b8_the_number_of_queries_does_not_grow_with_the_bookings(made, django_assert_num_queries):
    for day in range(3):
        book(made, f"2026-08-{3 + day:02} 10:00")
    closure = make_closure_of_dates(
        location=made.location, first_day=MONDAY, last_day=MONDAY + timedelta(days=9)
    )

    with django_assert_num_queries(6):
        assert len(note_change([closure], by=DESK, now=NOW)) == 3
    for day in range(3):
        book(made, f"2026-08-{6 + day:02} 10:00")
    with django_assert_num_queries(6):
        assert len(note_change([closure], by=DESK, now=NOW)) == 6


def test_b8_rows_that_decide_about_nothing_affect_nothing(made):
    book(made)
    made.session_type.active = False
    made.session_type.save(update_fields=["active"])

    assert note_change([made.room.equipment.get()], by=DESK, now=NOW) == []
    assert note_change([], by=DESK, now=NOW) == []


def test_b8_time_off_for_good_reaches_all_that_is_coming(made):
    booking = book(made)

    off = make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="0001-01-01 00:00",
        wall_until="9999-12-31 23:55",
    )

    assert note_change([off], by=DESK, now=NOW) == [Affected(booking, (Rule.WORKING,))]
