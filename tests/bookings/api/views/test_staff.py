from datetime import timedelta
from typing import Any

import pytest

from bookings.enums import EventKind, Status
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from studio.api.models import Scope
from tests.calling import Api, anyone, client_of, code_of, fields_of, manager, reception, staff
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_room,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = pytest.mark.django_db

STEPS = [
    ("approve/", Status.PENDING_REVIEW, Status.CONFIRMED, EventKind.APPROVED),
    ("decline/", Status.PENDING_REVIEW, Status.DECLINED, EventKind.DECLINED),
    ("check-in/", Status.CONFIRMED, Status.CHECKED_IN, EventKind.CHECKED_IN),
    ("complete/", Status.CHECKED_IN, Status.COMPLETED, EventKind.COMPLETED),
    ("no-show/", Status.CONFIRMED, Status.NO_SHOW, EventKind.NO_SHOW),
]
CALLS = [*(name for name, *_rest in STEPS), "reassign/"]


@pytest.fixture
def place():
    return make_bookable()


def booked(
    place: Any, status: Status = Status.CONFIRMED, *, hour: str = "10:00", **other: Any
) -> Booking:
    limit = None
    if status == Status.PENDING_REVIEW:
        limit = to_instant(SEVEN_ON_MONDAY) + timedelta(hours=1)
    return make_booking(
        therapist=place.therapist,
        room=place.room,
        session_type=place.session_type,
        starts_at=at(f"2026-08-03 {hour}"),
        status=status,
        expires_at=limit,
        **other,
    )


def call(booking: Booking, name: str, body: object = None, caller: Api | None = None) -> Any:
    return (caller or manager()).post(f"bookings/{booking.reference}/{name}", body)


@pytest.mark.both_engines
@pytest.mark.parametrize(("name", "before", "after", "kind"), STEPS)
def test_b7_a_step_is_taken_and_recorded(place, name, before, after, kind):
    booking = booked(place, before, hour="07:00")

    response = call(booking, name, {"reason": "By phone."})

    event = booking.events.get()
    assert (response.status_code, response.json()["status"]) == (200, after)
    # Health may stand in a reviewer's reason: it is kept in cipher, with the review (rule H3).
    said = "" if name in ("approve/", "decline/") else "By phone."
    assert (event.kind, event.reason) == (kind, said)
    assert event.by is not None
    assert event.by.username == "staff-1"


def test_nobody_is_missed_before_the_session_begins(place):
    booking = booked(place)

    answer = call(booking, "no-show/")

    assert code_of(answer) == (409, "wrong_state")
    assert booking.events.count() == 0


@pytest.mark.parametrize(("name", "before", "after", "kind"), STEPS)
def test_the_same_step_twice_is_harmless(place, name, before, after, kind):
    booking, caller = booked(place, before, hour="07:00"), manager()

    answers = [call(booking, name, caller=caller) for _ in range(2)]

    assert [answer.json()["status"] for answer in answers] == [after, after]
    assert booking.events.count() == 1


@pytest.mark.parametrize("name", [name for name, *_rest in STEPS])
def test_a_step_from_another_state_is_refused(place, name):
    assert code_of(call(booked(place, Status.CANCELLED), name)) == (409, "wrong_state")


@pytest.mark.parametrize("name", CALLS)
def test_b9_the_same_key_takes_a_step_once(place, name):
    before = Status.PENDING_REVIEW if name in ("approve/", "decline/") else Status.CONFIRMED
    booking, caller = booked(place, before), manager()
    body = {"therapist": None} if name == "reassign/" else {}

    answers = [
        caller.post(f"bookings/{booking.reference}/{name}", body, Idempotency_Key="one").content
        for _ in range(2)
    ]

    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", CALLS)
def test_clients_take_no_steps(place, name):
    booking = booked(place)

    assert code_of(call(booking, name, {}, anyone())) == (401, "not_authenticated")
    assert code_of(call(booking, name, {}, client_of(booking))) == (401, "not_authenticated")


@pytest.mark.parametrize("name", CALLS)
def test_staff_need_the_scope(place, name):
    booking = booked(place)

    assert code_of(call(booking, name, {}, staff(Scope.BOOKINGS_READ))) == (
        403,
        "permission_denied",
    )


@pytest.mark.parametrize("name", CALLS)
def test_what_does_not_exist_is_not_found(place, name):
    body = {"therapist": None} if name == "reassign/" else {}

    assert code_of(call(Booking(reference="NOSUC-HTHIN"), name, body)) == (404, "not_found")


@pytest.mark.parametrize("name", [name for name, *_rest in STEPS])
@pytest.mark.parametrize("reason", [None, 1, "a" * 501, "a\x00"])
def test_a_reason_that_does_not_fit_is_told(place, name, reason):
    assert fields_of(call(booked(place), name, {"reason": reason})) == ["reason"]


@pytest.mark.parametrize("name", ["approve/", "decline/"])
def test_p2_reception_does_not_decide_about_a_review(place, name):
    booking = booked(place, Status.PENDING_REVIEW)

    answer = call(booking, name, caller=reception())

    booking.refresh_from_db()
    assert code_of(answer) == (403, "permission_denied")
    assert booking.status == Status.PENDING_REVIEW


def test_s7_a_private_period_is_not_given_away_to_reception(place):
    make_time_off(
        therapist=place.therapist,
        location=place.location,
        wall_from="2026-08-03 11:00",
        wall_until="2026-08-04 00:00",
        barefoot_only=True,
    )
    booking = booked(place)

    answer = reception().post(
        f"bookings/{booking.reference}/reschedule/", {"starts_at": "2026-08-03T12:00:00-06:00"}
    )

    assert code_of(answer) == (409, "rule_refused")
    assert answer.json()["rule"] is None
    assert "barefoot" not in answer.json()["detail"]


def another_therapist(place: Any) -> Any:
    other = make_therapist(slug="mei")
    place.session_type.therapists.add(other)
    for qualification in place.session_type.requires_qualifications.all():
        make_certification(therapist=other, qualification=qualification)
    make_shift(therapist=other, location=place.location)
    return other


@pytest.mark.both_engines
def test_b8_a_booking_is_given_another_therapist(place):
    booking, other = booked(place), another_therapist(place)

    response = call(booking, "reassign/", {"therapist": other.slug})

    assert (response.status_code, response.json()["therapist"]) == (200, "mei")
    assert response.json()["starts_at"] == "2026-08-03T10:00:00-06:00"
    assert booking.events.get().kind == EventKind.MOVED


def test_b8_a_booking_is_given_another_room(place):
    booking = booked(place)
    room = make_room(
        location=place.location, slug="second", equipment=tuple(place.room.equipment.all())
    )

    assert call(booking, "reassign/", {"room": room.slug}).json()["room"] == "second"


def test_s5_a_room_without_the_equipment_is_refused_with_the_rule(place):
    bare = make_room(location=place.location)

    response = call(booked(place), "reassign/", {"room": bare.slug})

    assert code_of(response) == (409, "rule_refused")
    assert (response.json()["rule"], response.json()["overridable"]) == ("S5", False)


def test_s2_a_therapist_who_is_not_at_work_can_be_asked_to_come(place):
    booking, other = booked(place), another_therapist(place)
    other.shifts.all().delete()
    body = {"therapist": other.slug}

    refused = call(booking, "reassign/", body)
    taken = call(
        booking, "reassign/", {**body, "override": ["S2"], "override_reason": "Comes in for it."}
    )

    assert (refused.json()["rule"], refused.json()["overridable"]) == ("S2", True)
    assert (taken.status_code, taken.json()["therapist"]) == (200, "mei")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["therapist"]),
        ({"therapist": "nobody"}, ["therapist"]),
        ({"room": "none"}, ["room"]),
        ({"room": None}, ["room"]),
        ({"therapist": None, "starts_at": "2026-08-03T12:00:00-06:00"}, ["starts_at"]),
        ({"therapist": None, "override": ["S2"]}, ["override_reason"]),
    ],
)
def test_a_reassignment_that_does_not_fit_is_told_where(place, body, fields):
    assert fields_of(call(booked(place), "reassign/", body)) == fields


@pytest.mark.parametrize("rows", [1, 3])
def test_more_bookings_are_no_more_queries(place, rows, django_assert_num_queries):
    caller, booking = reception(), booked(place)
    for number in range(rows):
        make_booking(
            therapist=place.therapist,
            room=place.room,
            session_type=place.session_type,
            starts_at=at(f"2026-08-04 {10 + number}:00"),
        )

    with django_assert_num_queries(14):
        assert call(booking, "check-in/", caller=caller).status_code == 200
