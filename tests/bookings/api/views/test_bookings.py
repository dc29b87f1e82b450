from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client as Browser

from bookings.domain.links import calendar_token
from bookings.enums import EventKind, Source, Status
from bookings.models import Booking, Client, Questionnaire, SessionType
from bookings.models.questionnaire import Question
from bookings.scheduling.hours import to_instant
from studio.api.models import KeptAnswer, Scope
from tests.calling import (
    DENVER_TEN,
    ROBIN,
    Api,
    allow,
    anyone,
    client_of,
    code_of,
    fields_of,
    reception,
    staff,
    therapist_of,
)
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_location,
    make_room,
    make_session_type,
    make_shift,
    make_studio,
    make_therapist,
)

pytestmark = pytest.mark.django_db

NOW = to_instant(SEVEN_ON_MONDAY)


@pytest.fixture
def place():
    return make_bookable()


def order(place: Any, **other: Any) -> dict[str, Any]:
    """The smallest booking, and what else is given."""
    return {
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        "starts_at": DENVER_TEN,
        "client": ROBIN,
        **other,
    }


def book(place: Any, caller: Api | None = None, **other: Any) -> Any:
    return (caller or anyone()).post("bookings/", order(place, **other))


def hold(place: Any, caller: Api | None = None, **other: Any) -> Any:
    body = order(place, hold=True, **other)
    if "client" not in other:
        del body["client"]
    return (caller or anyone()).post("bookings/", body)


def booked(place: Any, wall: str = "2026-08-03 10:00", **other: Any) -> Booking:
    """A booking that was made just now, so that its client may still change it (rule B6)."""
    booking = make_booking(
        therapist=place.therapist,
        room=place.room,
        session_type=place.session_type,
        starts_at=at(wall),
        **other,
    )
    booking.booked_at = NOW
    booking.save()
    return booking


def held(place: Any, **other: Any) -> Booking:
    booking = booked(place, status=Status.HELD, expires_at=NOW + timedelta(minutes=10), **other)
    Booking.objects.update(client=None)
    return booking


def path_of(booking: Booking, call: str = "") -> str:
    return f"bookings/{booking.reference}/{call}"


def call(booking: Booking, name: str, body: object = None, caller: Api | None = None) -> Any:
    return (caller or client_of(booking)).post(path_of(booking, name), body)


def status_of(booking: Booking) -> str:
    booking.refresh_from_db()
    return booking.status


def alternatives_in(response: Any) -> list[str]:
    return [slot["starts_at"][11:16] for slot in response.json()["alternatives"]]


def sign_off_questions(version: int = 3, *, required: bool = False) -> None:
    questionnaire = Questionnaire.objects.create(
        version=version, signed_off_by="Dr. Ames", signed_off_on=date(2026, 1, 1)
    )
    Question.objects.create(
        questionnaire=questionnaire,
        position=1,
        key="pregnant",
        text="Are you pregnant?",
        kind=Question.Kind.YES_NO,
        required=required,
    )


# Booking


@pytest.mark.both_engines
def test_a_booking_is_answered_with_all_there_is_to_know(place, settings):
    settings.BASE_URL = "https://studio.example"
    make_studio(currency="EUR")

    response = book(place)

    booking = Booking.objects.get()
    token = response.json()["manage_token"]
    assert response.status_code == 201
    assert response["Location"] == f"/api/v1/bookings/{booking.reference}/"
    assert response["Cache-Control"] == "no-store"
    assert response.json() == {
        "reference": booking.reference,
        "status": "confirmed",
        "starts_at": "2026-08-03T10:00:00-06:00",
        "ends_at": "2026-08-03T11:00:00-06:00",
        "timezone": "America/Denver",
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        "therapist": place.therapist.slug,
        "room": place.room.slug,
        "price": {"amount": "120.00", "currency": "EUR"},
        "held_until": None,
        "cancellable_until": "2026-08-03T07:03:00-06:00",
        "manage_token": token,
        "manage_url": f"https://studio.example/manage/{booking.reference}/{token}/",
        "calendar_url": f"https://studio.example/api/v1/bookings/{booking.reference}/calendar.ics"
        f"?token={calendar_token(booking)}",
    }


def test_the_session_is_told_without_its_buffers():
    place = make_bookable(buffer_before_minutes=10, buffer_after_minutes=15)

    answer = book(place).json()

    assert (answer["starts_at"][11:16], answer["ends_at"][11:16]) == ("10:00", "11:00")


def test_what_is_known_of_a_booking_is_kept_with_it(place):
    ada = {
        "name": "Ada 👣 <b>L.</b>",
        "email": "ada@example.com",
        "phone": "+13035550142",
        "language": "en",
    }

    book(place, client=ada, pressure="firm", notes="First time.\nPlease knock.")

    booking = Booking.objects.get()
    assert booking.client is not None
    assert {name: getattr(booking.client, name) for name in ada} == ada
    assert (booking.pressure, booking.notes) == ("firm", "First time.\nPlease knock.")
    assert booking.source == Source.API
    assert booking.events.get().kind == EventKind.BOOKED


def test_an_instant_in_another_offset_is_the_same_start(place):
    assert book(place, starts_at="2026-08-03T16:00:00Z").json()["starts_at"] == DENVER_TEN


def test_a1_no_therapist_is_any(place):
    assert book(place, therapist=None).json()["therapist"] == place.therapist.slug
    assert not Booking.objects.get().therapist_requested


def test_a1_a_therapist_that_is_named_is_kept_to(place):
    busy, free = place.therapist, make_therapist(slug="free")
    make_booking(therapist=busy, starts_at=at("2026-08-03 10:00"))

    assert code_of(book(place, therapist=busy.slug)) == (409, "slot_unavailable")
    assert code_of(book(place, therapist=free.slug)) == (409, "slot_unavailable")


def test_p1_a_typed_address_joins_no_client_and_shows_nothing_of_them(place):
    known = make_client(name="Somebody Else", email=ROBIN["email"])

    response = book(place)

    assert Booking.objects.get().client != known
    assert known.name not in response.content.decode()


@pytest.mark.both_engines
def test_s3_a_slot_that_is_taken_comes_with_the_nearest_open_ones(place):
    booked(place)

    response = book(place)

    assert code_of(response) == (409, "slot_unavailable")
    assert alternatives_in(response) == ["09:00", "11:00", "11:15", "11:30", "11:45"]
    assert response.json()["alternatives"][0] == {
        "starts_at": "2026-08-03T09:00:00-06:00",
        "therapists": [place.therapist.slug],
    }
    assert Booking.objects.count() == 1


def test_where_nothing_is_open_there_is_nothing_to_offer(place):
    place.session_type.therapists.clear()

    assert book(place).json()["alternatives"] == []


@pytest.mark.parametrize(
    "starts_at",
    [
        "2026-08-03T08:55:00-06:00",
        "2026-08-03T10:05:00-06:00",
        "2026-08-02T10:00:00-06:00",
        "2026-11-02T10:00:00-07:00",
        "2000-01-01T00:00:00Z",
        "2199-12-31T10:00:00-07:00",
    ],
    ids=["too soon", "off the step", "past", "past the horizon", "long ago", "far away"],
)
def test_s9_a_start_that_clients_cannot_book_is_not_available(place, starts_at):
    response = book(place, starts_at=starts_at)

    assert code_of(response) == (409, "slot_unavailable")
    assert len(response.json()["alternatives"]) == 5
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("client", "fields"),
    [
        (None, ["client"]),
        ({}, ["client.name", "client.email"]),
        ({"name": "Robin"}, ["client.email"]),
        ({"email": "robin@example.org"}, ["client.name"]),
        ({**ROBIN, "email": "robin"}, ["client.email"]),
        ({**ROBIN, "email": ""}, ["client.email"]),
        ({**ROBIN, "phone": "call me"}, ["client.phone"]),
        ({**ROBIN, "phone": 3035550142}, ["client.phone"]),
        ({**ROBIN, "language": "english please"}, ["client.language"]),
        ({**ROBIN, "id": 1}, ["client.id"]),
        ("Robin", ["client"]),
        ([ROBIN], ["client"]),
    ],
)
def test_p1_a_client_says_who_they_are(place, client, fields):
    assert fields_of(book(place, client=client)) == fields
    assert not Client.objects.exists()


def test_a_client_need_not_have_a_phone(place):
    assert book(place, client={**ROBIN, "phone": ""}).status_code == 201


@pytest.mark.parametrize("name", ["override", "override_reason"])
def test_clients_cannot_go_past_a_rule(place, name):
    refused = anyone().post("bookings/", {**order(place), name: ["S9"]})

    assert fields_of(refused) == [name]


@pytest.mark.parametrize("name", ["location", "session_type", "therapist"])
def test_what_is_retired_cannot_be_booked(place, name):
    row = getattr(place, name)
    row.active = False
    row.save()

    assert fields_of(book(place, therapist=place.therapist.slug)) == [name]


def test_s1_a_session_type_that_is_offered_elsewhere_is_not_available(place):
    elsewhere = make_location()

    assert code_of(book(place, location=elsewhere.slug)) == (409, "slot_unavailable")


# Health


def test_h0_without_a_signed_off_questionnaire_nothing_is_asked(place):
    assert book(place, health_screening=None).json()["status"] == "confirmed"


def test_h2_an_unanswered_required_question_waits_for_a_person(place):
    sign_off_questions(required=True)

    answer = book(place).json()

    assert (answer["status"], answer["held_until"]) == ("pending_review", None)


ANSWERS = {"pregnant": {"answer": "no"}, "eye_surgery": {"answer": "yes", "date": "2026-07-02"}}


def test_h0_answers_that_nobody_asked_for_are_kept_nowhere(place):
    screening = {"version": 3, "answers": ANSWERS, "consent": True}

    answer = book(place, health_screening=screening).json()

    assert answer["status"] == "confirmed"
    assert "eye_surgery" not in str(list(Booking.objects.values()))


def test_answers_to_another_version_are_outdated(place):
    sign_off_questions(version=4)
    screening = {"version": 3, "answers": ANSWERS, "consent": True}

    assert code_of(book(place, health_screening=screening)) == (409, "questionnaire_outdated")
    assert not Booking.objects.exists()


def test_h3_answers_that_could_not_be_kept_are_not_taken(place):
    sign_off_questions(version=3)
    screening = {"version": 3, "answers": ANSWERS, "consent": True}

    assert fields_of(book(place, health_screening=screening)) == ["health_screening"]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"version": "3"}, "version"),
        ({"version": 0}, "version"),
        ({"consent": "yes"}, "consent"),
        ({"answers": []}, "answers"),
        ({"answers": {"pregnant": "no"}}, "answers.pregnant"),
        ({"answers": {"pregnant": {"answer": "maybe"}}}, "answers.pregnant.answer"),
        ({"answers": {"a": {"answer": "no", "date": "soon"}}}, "answers.a.date"),
        ({"doctor": "Ames"}, "doctor"),
    ],
)
def test_answers_that_do_not_fit_are_told_where(place, change, field):
    screening = {"version": 3, "answers": ANSWERS, "consent": True, **change}

    assert fields_of(book(place, health_screening=screening)) == [f"health_screening.{field}"]


# Holding and confirming


@pytest.mark.both_engines
def test_b3_a_hold_keeps_the_slot_for_ten_minutes(place):
    answer = hold(place).json()

    assert answer["status"] == "held"
    assert answer["held_until"] == "2026-08-03T07:10:00-06:00"
    assert code_of(book(place)) == (409, "slot_unavailable")


def test_b3_a_hold_past_its_time_is_told_to_be_expired(place, move_clock):
    answer = hold(place).json()
    move_clock(10)

    told = Api(f"Booking {answer['manage_token']}").get(f"bookings/{answer['reference']}/").json()

    assert (told["status"], told["held_until"]) == ("expired", None)


@pytest.mark.both_engines
def test_b3_one_browser_holds_one_slot(place):
    browser = Api()
    browser.client.force_login(User.objects.create_user("robin"))

    first = hold(place, browser).json()
    hold(place, browser, starts_at="2026-08-03T14:00:00-06:00")

    assert status_of(Booking.objects.get(reference=first["reference"])) == Status.CANCELLED


def test_b3_one_address_holds_five_slots():
    place = make_bookable(time_until="20:00")
    for hour in range(10, 15):
        assert hold(place, starts_at=f"2026-08-03T{hour}:00:00-06:00").status_code == 201

    response = hold(place, starts_at="2026-08-03T16:00:00-06:00")

    assert code_of(response) == (429, "throttled")
    assert response["Retry-After"] == "600"
    assert Booking.objects.count() == 5


def test_b3_staff_hold_as_much_as_they_need():
    place = make_bookable(time_until="20:00")
    caller = reception()

    statuses = [
        hold(place, caller, starts_at=f"2026-08-03T{hour}:00:00-06:00").status_code
        for hour in range(10, 16)
    ]

    assert statuses == [201] * 6


@pytest.mark.both_engines
def test_a_hold_is_confirmed_with_a_client(place):
    booking = held(place)

    answer = call(booking, "confirm/", {"client": ROBIN, "notes": "Hello."})

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["held_until"]) == ("confirmed", None)
    booking.refresh_from_db()
    assert booking.client is not None
    assert (booking.client.name, booking.notes) == (ROBIN["name"], "Hello.")


def test_what_was_sent_with_the_hold_need_not_be_sent_again(place):
    answer = hold(place, client=ROBIN, pressure="firm", notes="Hello.").json()
    caller = Api(f"Booking {answer['manage_token']}")

    confirmed = caller.post(f"bookings/{answer['reference']}/confirm/")

    booking = Booking.objects.get()
    assert confirmed.status_code == 200
    assert booking.client is not None
    assert (booking.client.name, booking.pressure, booking.notes) == (
        ROBIN["name"],
        "firm",
        "Hello.",
    )


def test_a_hold_without_a_client_is_not_confirmed_without_one(place):
    booking = held(place)

    assert fields_of(call(booking, "confirm/", {})) == ["client"]
    assert status_of(booking) == Status.HELD


def test_confirming_twice_is_harmless(place):
    booking = held(place)
    first = call(booking, "confirm/", {"client": ROBIN})

    again = call(booking, "confirm/", {"client": ROBIN})

    assert (again.status_code, again.json()) == (200, first.json())
    assert Client.objects.count() == 2  # the factory's and Robin


def test_a_hold_that_ran_out_is_confirmed_while_its_slot_is_free(place, move_clock):
    booking = held(place)
    move_clock(60)

    assert call(booking, "confirm/", {"client": ROBIN}).json()["status"] == "confirmed"


def test_a_hold_that_ran_out_has_expired_when_its_slot_is_taken(place, move_clock):
    booking = held(place)
    move_clock(10)
    book(place)

    response = call(booking, "confirm/", {"client": ROBIN})

    assert code_of(response) == (409, "hold_expired")
    assert alternatives_in(response) == ["11:00", "11:15", "11:30", "11:45", "12:00"]


def test_what_was_cancelled_is_not_confirmed(place):
    booking = booked(place, status=Status.CANCELLED)

    assert code_of(call(booking, "confirm/", {"client": ROBIN})) == (409, "wrong_state")


# Moving


@pytest.mark.both_engines
def test_b5_a_booking_is_moved(place):
    booking = booked(place)

    response = call(booking, "reschedule/", {"starts_at": "2026-08-03T10:30:00-06:00"})

    assert response.status_code == 200
    assert response.json()["starts_at"] == "2026-08-03T10:30:00-06:00"
    assert response.json()["reference"] == booking.reference


def test_b5_a_key_that_is_left_out_keeps_what_was(place):
    booking = booked(place)
    before = {name: getattr(booking, name) for name in ("starts_at", "therapist", "room")}

    assert call(booking, "reschedule/", {}).status_code == 200

    booking.refresh_from_db()
    assert {name: getattr(booking, name) for name in before} == before
    assert not booking.events.exists()


def test_b5_null_is_any_therapist(place):
    other = make_therapist()
    place.session_type.therapists.add(other)
    booking = booked(place)
    place.therapist.shifts.all().delete()
    for weekday in range(7):
        make_shift(therapist=other, location=place.location, weekday=weekday)
    other.certifications.set([])
    place.session_type.requires_qualifications.clear()
    noon = {"starts_at": "2026-08-03T12:00:00-06:00"}

    assert code_of(call(booking, "reschedule/", noon)) == (409, "slot_unavailable")
    moved = call(booking, "reschedule/", {**noon, "therapist": None})

    assert moved.json()["therapist"] == other.slug


def test_b5_a_longer_session_takes_its_price(place):
    booking = booked(place)
    longer = make_session_type(
        duration_minutes=90,
        price="170.00",
        locations=(place.location,),
        therapists=(place.therapist,),
    )

    answer = call(booking, "reschedule/", {"session_type": longer.slug}).json()

    assert answer["price"]["amount"] == "170.00"
    assert (answer["starts_at"][11:16], answer["ends_at"][11:16]) == ("10:00", "11:30")


@pytest.mark.both_engines
def test_b5_a_move_to_a_taken_slot_leaves_everything_as_it_was(place):
    booking = booked(place)
    booked(place, "2026-08-03 12:00")

    response = call(booking, "reschedule/", {"starts_at": "2026-08-03T12:30:00-06:00"})

    assert code_of(response) == (409, "slot_unavailable")
    assert alternatives_in(response) == ["11:00", "13:00", "13:15", "13:30", "13:45"]
    booking.refresh_from_db()
    assert booking.starts_at == at("2026-08-03 10:00")


def test_b3_a_hold_is_moved_and_keeps_its_time_limit(place):
    booking = held(place)

    answer = call(booking, "reschedule/", {"starts_at": "2026-08-03T12:00:00-06:00"}).json()

    assert (answer["status"], answer["held_until"][11:16]) == ("held", "07:10")


def test_b6_clients_move_until_the_deadline(place):
    booking = booked(place)
    Booking.objects.update(booked_at=NOW - timedelta(days=1))

    response = call(booking, "reschedule/", {"starts_at": "2026-08-03T12:00:00-06:00"})

    assert code_of(response) == (409, "too_late")


def test_b6_reception_moves_after_the_deadline(place):
    booking = booked(place)
    Booking.objects.update(booked_at=NOW - timedelta(days=1))
    noon = {"starts_at": "2026-08-03T12:00:00-06:00"}

    assert call(booking, "reschedule/", noon, reception()).status_code == 200


def test_a_cancelled_booking_is_not_moved(place):
    booking = booked(place, status=Status.CANCELLED)

    assert code_of(call(booking, "reschedule/", {})) == (409, "wrong_state")


@pytest.mark.parametrize("name", ["starts_at", "session_type"])
def test_nothing_is_moved_to_null(place, name):
    assert fields_of(call(booked(place), "reschedule/", {name: None})) == [name]


# Cancelling


@pytest.mark.both_engines
def test_b6_a_booking_is_cancelled_and_cancelling_twice_is_harmless(place):
    booking = booked(place)

    first = call(booking, "cancel/", {"reason": "A cold."})
    again = call(booking, "cancel/")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["status"] == again.json()["status"] == "cancelled"
    assert first.json()["cancellable_until"] is None
    assert booking.events.get().reason == "A cold."


def test_b6_a_late_cancellation_is_taken_and_marked(place):
    booking = booked(place)
    Booking.objects.update(booked_at=NOW - timedelta(days=1))

    call(booking, "cancel/")

    assert status_of(booking) == Status.CANCELLED
    assert booking.late_cancellation


def test_b6_what_has_begun_is_not_cancelled_by_its_client(place):
    booking = booked(place, "2026-08-03 07:00")

    assert code_of(call(booking, "cancel/")) == (409, "too_late")


def test_what_is_over_is_not_cancelled(place):
    booking = booked(place, status=Status.COMPLETED)

    assert code_of(call(booking, "cancel/")) == (409, "wrong_state")


@pytest.mark.both_engines
def test_b6_a_cancellation_is_taken_back_within_three_minutes(place, move_clock):
    booking = booked(place)
    call(booking, "cancel/")
    move_clock(3)

    response = call(booking, "undo/")

    assert (response.status_code, response.json()["status"]) == (200, "confirmed")


def test_b6_a_cancellation_is_not_taken_back_later(place, move_clock):
    booking = booked(place)
    call(booking, "cancel/")
    move_clock(4)

    assert code_of(call(booking, "undo/")) == (409, "too_late")


def test_b6_a_cancellation_is_not_taken_back_when_the_slot_has_gone(place):
    booking = booked(place)
    call(booking, "cancel/")
    book(place)

    response = call(booking, "undo/")

    assert code_of(response) == (409, "slot_unavailable")
    assert alternatives_in(response) == ["09:00", "11:00", "11:15", "11:30", "11:45"]


def test_what_is_not_cancelled_is_not_taken_back(place):
    assert code_of(call(booked(place), "undo/")) == (409, "wrong_state")


# Staff


def test_s9_reception_books_at_any_five_minutes_within_the_notice(place):
    answer = book(place, reception(), starts_at="2026-08-03T09:05:00-06:00")

    assert answer.status_code == 201
    assert Booking.objects.get().events.get().by is not None


@pytest.mark.parametrize("reach", [{"email": "robin@example.org"}, {"phone": "+1 303 555 0142"}])
def test_reception_books_for_who_has_a_phone_or_an_address(place, reach):
    assert book(place, reception(), client={"name": "Robin", **reach}).status_code == 201


def test_reception_books_for_nobody_who_cannot_be_reached(place):
    assert fields_of(book(place, reception(), client={"name": "Robin"})) == ["client.phone"]


@pytest.mark.both_engines
def test_reception_is_told_the_rule_and_whether_a_reason_goes_past_it(place):
    booked(place)

    taken = book(place, reception())
    early = book(place, reception(), starts_at="2026-08-03T08:00:00-06:00")

    assert code_of(taken) == code_of(early) == (409, "rule_refused")
    assert (taken.json()["rule"], taken.json()["overridable"]) == ("S3", False)
    assert (early.json()["rule"], early.json()["overridable"]) == ("S2", True)


def test_s2_reception_goes_past_a_soft_rule_with_a_reason(place):
    answer = book(
        place,
        reception(),
        starts_at="2026-08-03T08:00:00-06:00",
        override=["S2"],
        override_reason="A regular.",
    )

    event = Booking.objects.get().events.get()
    assert answer.status_code == 201
    assert (event.overridden, event.reason) == (["S2"], "A regular.")


def test_s9_reception_books_a_walk_in_that_has_begun(place):
    early = {"starts_at": "2026-08-03T06:55:00-06:00", "override_reason": "A walk-in."}

    answer = book(place, reception(), override=["S9", "S2"], **early)

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"override": ["S2"]}, ["override_reason"]),
        ({"override": ["S2"], "override_reason": " "}, ["override_reason"]),
        ({"override": ["S3"], "override_reason": "Please."}, ["override.0"]),
        ({"override": ["S2", "X"], "override_reason": "Please."}, ["override.1"]),
        ({"override": "S2", "override_reason": "Please."}, ["override"]),
        ({"override": ["S2"], "override_reason": "Please.", "hold": True}, ["override"]),
    ],
)
def test_an_override_that_does_not_fit_is_told_where(place, other, fields):
    assert fields_of(book(place, reception(), **other)) == fields


def test_a_token_that_may_not_write_books_nothing(place):
    assert code_of(book(place, staff(Scope.BOOKINGS_READ))) == (403, "permission_denied")
    assert not Booking.objects.exists()


def test_a_token_books_nothing_that_its_owner_may_not(place):
    caller = staff(Scope.BOOKINGS_WRITE)
    User.objects.get().user_permissions.clear()

    assert code_of(book(place, caller)) == (403, "permission_denied")


def test_staff_in_the_browser_book_as_reception(place):
    user = User.objects.create_user("desk", is_staff=True)
    allow(user, [Scope.BOOKINGS_WRITE])
    browser = Api()
    browser.client.force_login(user)

    assert book(place, browser, starts_at="2026-08-03T09:05:00-06:00").status_code == 201


def test_staff_in_the_browser_need_the_csrf_token(place):
    user = User.objects.create_user("desk", is_staff=True)
    allow(user, [Scope.BOOKINGS_WRITE])
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(user)

    def send(**headers: str) -> Any:
        return browser.post(
            "/api/v1/bookings/", order(place), content_type="application/json", headers=headers
        )

    assert code_of(send()) == (403, "permission_denied")
    secret = "a" * 32
    browser.cookies["csrftoken"] = secret
    assert send(**{"X-CSRFToken": secret}).status_code == 201


def test_staff_who_may_not_write_book_as_clients_in_the_browser(place):
    browser = Api()
    browser.client.force_login(User.objects.create_user("ana", is_staff=True))

    assert code_of(book(place, browser, starts_at="2026-08-03T09:05:00-06:00"))[0] == 409
    assert book(place, browser).status_code == 201


# One booking


def test_who_has_the_token_sees_the_booking(place):
    made = book(place).json()

    told = Api(f"Booking {made['manage_token']}").get(f"bookings/{made['reference']}/")

    assert (told.status_code, told.json()) == (200, made)
    assert told["Cache-Control"] == "no-store"


CALLS = ["", "confirm/", "reschedule/", "cancel/", "undo/", "calendar.ics"]


def send(caller: Api, booking: Booking, name: str) -> Any:
    reading = name in ("", "calendar.ics")
    return (caller.get if reading else caller.post)(path_of(booking, name))


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("token", ["wrong", "", "é", "a" * 5000])
def test_a_wrong_token_is_answered_as_a_wrong_reference(place, name, token):
    booking, nowhere = booked(place), Booking(reference="NOSUC-HTHIN")
    caller = Api(f"Booking {token}")

    wrong, unknown = send(caller, booking, name), send(caller, nowhere, name)

    assert code_of(wrong) == (404, "not_found")
    assert wrong.content == unknown.content
    assert status_of(booking) == Status.CONFIRMED


@pytest.mark.parametrize("name", CALLS)
def test_the_token_of_another_booking_opens_nothing(place, name):
    booking, other = booked(place), booked(place, "2026-08-03 12:00")

    assert code_of(send(client_of(other), booking, name)) == (404, "not_found")


@pytest.mark.parametrize("name", CALLS)
def test_p1_a_token_is_of_no_use_once_the_epoch_is_raised(place, name):
    booking = booked(place)
    caller = client_of(booking)
    Booking.objects.update(token_epoch=1)

    assert code_of(send(caller, booking, name)) == (404, "not_found")


@pytest.mark.parametrize("name", CALLS)
def test_without_a_token_one_is_asked_for(place, name):
    response = send(anyone(), booked(place), name)

    assert code_of(response) == (401, "not_authenticated")
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("name", CALLS)
def test_a_revoked_staff_token_is_refused(place, name):
    assert code_of(send(Api("Bearer nonsense"), booked(place), name)) == (401, "not_authenticated")


@pytest.mark.parametrize("name", CALLS)
def test_a_staff_token_without_the_scope_is_refused(place, name):
    assert code_of(send(staff(Scope.CLIENTS_READ), booked(place), name)) == (
        403,
        "permission_denied",
    )


def test_staff_see_who_a_booking_is_for(place):
    booking = booked(place)

    answer = reception().get(path_of(booking)).json()

    assert answer["client"] == {
        "id": booking.client_id,
        "name": "Robin Client",
        "email": "robin@example.org",
        "phone": "",
        "language": "en",
    }
    assert answer["manage_token"] is not None
    assert answer["source"] == "site"


def test_staff_who_may_only_read_bookings_see_neither_clients_nor_secrets(place):
    booking = booked(place)
    Booking.objects.update(notes="Please knock.")

    answer = staff(Scope.BOOKINGS_READ).get(path_of(booking)).json()

    for name in ("client", "notes", "manage_token", "manage_url", "calendar_url"):
        assert answer[name] is None


# The calendar


def test_the_calendar_url_opens_as_a_link(place):
    url = book(place).json()["calendar_url"]

    response = Browser().get(url.removeprefix("http://127.0.0.1:8000"))

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Cache-Control"] == "no-store"
    assert b"BEGIN:VEVENT" in response.content


def test_a_calendar_asks_for_calendars(place):
    booking = booked(place)

    response = client_of(booking).get(path_of(booking, "calendar.ics"), Accept="text/calendar")

    assert response.status_code == 200


def test_the_manage_token_opens_the_calendar_but_not_as_a_link(place):
    booking = booked(place)
    manage = client_of(booking)
    secret = manage.client.defaults["HTTP_AUTHORIZATION"].removeprefix("Booking ")

    assert manage.get(path_of(booking, "calendar.ics")).status_code == 200
    assert code_of(anyone().get(path_of(booking, "calendar.ics"), {"token": secret})) == (
        404,
        "not_found",
    )


def test_the_calendar_token_opens_nothing_else(place):
    booking = booked(place)
    caller = Api(f"Booking {calendar_token(booking)}")

    assert code_of(caller.get(path_of(booking))) == (404, "not_found")


# Looking through bookings


def references(caller: Api | None = None, first: str = "", **query: Any) -> list[str]:
    response = (caller or reception()).get("bookings/", {**query, "from": first})
    assert response.status_code == 200, response.content
    return [row["reference"] for row in response.json()["results"]]


def test_bookings_are_listed_by_their_start_without_their_secrets(place):
    later = booked(place, "2026-08-04 10:00")
    sooner = booked(place, "2026-08-03 10:00")

    rows = reception().get("bookings/").json()["results"]

    assert [row["reference"] for row in rows] == [sooner.reference, later.reference]
    assert rows[0]["client"]["name"] == "Robin Client"
    assert not {"manage_token", "manage_url", "calendar_url"} & set(rows[0])


def test_bookings_are_found_by_place_person_room_state_and_date(place):
    there = make_bookable_elsewhere()
    here = booked(place, "2026-08-03 10:00")
    other = booked(there, "2026-08-05 10:00", status=Status.NO_SHOW)

    for name in ("location", "therapist", "room"):
        found = references(None, "", **{name: getattr(there, name).slug})
        assert found == [other.reference]
    assert references(status="no_show") == [other.reference]
    assert references(until="2026-08-04") == [here.reference]
    assert references(first="2026-08-04") == [other.reference]
    assert references(first="2026-08-03", until="2026-08-05") == [
        here.reference,
        other.reference,
    ]
    assert references(client=here.client_id) == [here.reference]


def make_bookable_elsewhere() -> Any:
    class There:
        location = make_location()
        therapist = make_therapist()
        session_type = make_session_type()
        room = make_room(location=location)

    return There


def test_t7_a_booking_is_found_on_the_local_date_of_its_start(place):
    late = booked(place, "2026-08-03 23:00")

    assert references(first="2026-08-03", until="2026-08-03") == [late.reference]


def test_b3_what_has_lapsed_is_found_as_expired(place, move_clock):
    lapsed = held(place)
    move_clock(10)

    assert references(status="expired") == [lapsed.reference]
    assert references(status="held") == []


def test_bookings_of_what_is_retired_are_still_found(place):
    booking = booked(place)
    for row in (place.location, place.therapist, place.room):
        row.active = False
        row.save()
    SessionType.objects.update(active=False)

    assert references(room=place.room.slug) == [booking.reference]


@pytest.mark.parametrize("text", ["nightingale", "FLO@", "555 0199", "lorence n"])
def test_bookings_are_found_by_a_part_of_who_they_are_for(place, text):
    wanted, _other = booked(place), booked(place, "2026-08-03 12:00")
    assert wanted.client is not None
    Client.objects.filter(pk=wanted.client.pk).update(
        name="Florence Nightingale", email="flo@example.org", phone="+1 303 555 0199"
    )

    assert references(q=text) == [wanted.reference]
    assert references(staff(Scope.BOOKINGS_READ), q=text) == []


def test_bookings_are_found_by_their_reference(place):
    wanted = booked(place)
    booked(place, "2026-08-03 12:00")

    assert references(staff(Scope.BOOKINGS_READ), q=wanted.reference) == [wanted.reference]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\"])
def test_what_is_searched_for_is_taken_as_it_stands(place, text):
    booked(place)

    assert references(q=text) == []


def test_bookings_of_a_client_need_the_scope_for_clients(place):
    booking = booked(place)

    response = staff(Scope.BOOKINGS_READ).get("bookings/", {"client": booking.client_id})

    assert code_of(response) == (403, "permission_denied")


@pytest.mark.parametrize(
    "query",
    [
        {"location": "nowhere"},
        {"therapist": "nobody"},
        {"room": "none"},
        {"status": "lost"},
        {"client": "robin"},
        {"client": "-1"},
        {"from": "yesterday"},
        {"until": "2026-02-30"},
        {"q": "a" * 201},
        {"q": "a\x00"},
        {"page_size": "0"},
        {"cursor": "x"},
        {"who": "robin"},
    ],
)
def test_a_search_that_does_not_fit_is_told_where(place, query):
    assert fields_of(reception().get("bookings/", query)) == list(query)


def test_only_staff_look_through_bookings(place):
    booking = booked(place)

    assert code_of(anyone().get("bookings/")) == (401, "not_authenticated")
    assert code_of(client_of(booking).get("bookings/")) == (401, "not_authenticated")
    assert code_of(staff(Scope.BOOKINGS_WRITE).get("bookings/")) == (403, "permission_denied")


# The same request again


def test_b9_the_same_key_books_once(place):
    answers = [anyone().post("bookings/", order(place), Idempotency_Key="one") for _ in range(3)]

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Booking.objects.count() == 1


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("confirm/", {"client": ROBIN}),
        ("reschedule/", {"starts_at": "2026-08-03T12:00:00-06:00"}),
        ("cancel/", {}),
    ],
)
def test_b9_the_same_key_changes_once(place, name, body):
    booking = held(place)
    caller = client_of(booking)

    answers = [
        caller.post(path_of(booking, name), body, Idempotency_Key="one").content for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert booking.events.count() == 1


def test_b9_the_same_key_with_another_body_is_a_mismatch(place):
    anyone().post("bookings/", order(place), Idempotency_Key="one")

    other = anyone().post("bookings/", order(place, notes="Hello."), Idempotency_Key="one")

    assert code_of(other) == (422, "idempotency_mismatch")
    assert Booking.objects.count() == 1


@pytest.mark.both_engines
def test_b9_a_refusal_is_not_kept(place):
    in_the_way = booked(place)
    refused = anyone().post("bookings/", order(place), Idempotency_Key="one")
    call(in_the_way, "cancel/")

    again = anyone().post("bookings/", order(place), Idempotency_Key="one")

    assert (refused.status_code, again.status_code) == (409, 201)


def test_b9_the_first_answer_is_given_although_the_session_has_been_retired_since(place):
    first = anyone().post("bookings/", order(place), Idempotency_Key="one")
    SessionType.objects.update(active=False)

    again = anyone().post("bookings/", order(place), Idempotency_Key="one")

    assert again.content == first.content


@pytest.mark.both_engines
def test_p1_no_secret_is_kept_with_an_answer(place):
    answer = anyone().post("bookings/", order(place), Idempotency_Key="one").json()

    kept = str(KeptAnswer.objects.values().get())

    assert answer["manage_token"] not in kept
    assert answer["calendar_url"].partition("token=")[2] not in kept
    assert ROBIN["name"] not in kept
    assert ROBIN["email"] not in kept


def test_p1_the_first_answer_is_given_again_with_the_secrets_of_its_epoch(place):
    first = anyone().post("bookings/", order(place), Idempotency_Key="one").json()
    Booking.objects.update(token_epoch=1)

    again = anyone().post("bookings/", order(place), Idempotency_Key="one").json()

    assert again == first
    assert code_of(
        Api(f"Booking {again['manage_token']}").get(f"bookings/{again['reference']}/")
    ) == (404, "not_found")


@pytest.mark.parametrize("key", ["a" * 256, "é"])
def test_b9_a_key_that_does_not_fit_is_told(place, key):
    response = anyone().post("bookings/", order(place), Idempotency_Key=key)

    assert fields_of(response) == ["Idempotency-Key"]


# Queries


@pytest.fixture
def reckon(django_assert_num_queries):
    def reckon(number: int, act: Any, status: int) -> None:
        cache.clear()
        with django_assert_num_queries(number):
            response = act()
        assert response.status_code == status

    return reckon


@pytest.mark.parametrize("rows", [1, 3])
def test_more_bookings_are_no_more_queries(place, rows, reckon):
    caller, mine = reception(), booked(place, "2026-08-03 16:00")
    for hour in range(rows):
        booked(place, f"2026-08-03 {10 + hour}:00")

    reckon(4, lambda: caller.get("bookings/"), 200)
    reckon(4, lambda: caller.get(path_of(mine)), 200)
    reckon(1, lambda: client_of(mine).get(path_of(mine)), 200)
    reckon(2, lambda: client_of(mine).get(path_of(mine, "calendar.ics")), 200)


@pytest.mark.parametrize("rows", [1, 3])
def test_more_bookings_are_no_more_queries_for_writers(place, rows, reckon):
    mine = booked(place, "2026-08-03 16:00")
    for number in range(rows):
        therapist = make_therapist()
        place.session_type.therapists.add(therapist)
        make_shift(therapist=therapist, location=place.location)
        booked(place, f"2026-08-03 {10 + number}:00")
    caller = client_of(mine)
    tomorrow = {"starts_at": "2026-08-04T14:00:00-06:00"}

    reckon(30, lambda: book(place, starts_at="2026-08-03T14:00:00-06:00"), 201)
    reckon(29, lambda: hold(place, starts_at="2026-08-03T15:00:00-06:00"), 201)
    reckon(32, lambda: caller.post(path_of(mine, "reschedule/"), tomorrow), 200)
    reckon(9, lambda: caller.post(path_of(mine, "cancel/")), 200)
    reckon(30, lambda: caller.post(path_of(mine, "undo/")), 200)


def test_p2_a_therapist_reads_her_own_bookings_of_these_days_only(place):
    own = booked_at(place, "2026-08-03 10:00")
    booked_at(place, "2026-08-20 10:00")
    other = make_booking(starts_at=at("2026-08-03 10:00"))
    therapist = therapist_of(place.therapist)

    listed = therapist.get("bookings/").json()["results"]

    assert [booking["reference"] for booking in listed] == [own.reference]
    assert therapist.get(f"bookings/{own.reference}/").status_code == 200
    assert therapist.get(f"bookings/{other.reference}/").status_code == 404


def booked_at(place: Any, wall: str) -> Booking:
    return make_booking(
        therapist=place.therapist,
        room=place.room,
        session_type=place.session_type,
        starts_at=at(wall),
    )
