"""Making a booking through the API."""

import pytest

from bookings.domain.links import calendar_token
from bookings.enums import EventKind, Source
from bookings.models import Booking, Client
from tests.bookings.api.views.bookings.asking import (
    alternatives_in,
    book,
    booked,
    order,
    sign_off_questions,
)
from tests.calling import DENVER_TEN, ROBIN, anyone, code_of, fields_of
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_client,
    make_location,
    make_studio,
    make_therapist,
)

pytestmark = pytest.mark.django_db


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
