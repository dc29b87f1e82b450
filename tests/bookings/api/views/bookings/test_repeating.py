"""The same request again (rule B9)."""

import pytest

from bookings.models import Booking, SessionType
from studio.api.models import KeptAnswer
from tests.bookings.api.views.bookings.asking import booked, call, held, order, path_of
from tests.calling import ROBIN, Api, anyone, client_of, code_of, fields_of, reception

pytestmark = pytest.mark.django_db

NOON = "2026-08-03T12:00:00-06:00"


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


def test_p3_what_is_kept_of_an_answer_holds_nothing_of_the_person(place):
    anyone().post("bookings/", order(place, notes="I am Robin"), Idempotency_Key="one")
    reception().post("bookings/", order(place, starts_at=NOON), Idempotency_Key="two")

    kept = str(list(KeptAnswer.objects.values())).casefold()

    assert KeptAnswer.objects.count() == 2
    assert "robin" not in kept
