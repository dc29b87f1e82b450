"""Who opens one booking, and its calendar."""

from typing import Any

import pytest
from django.test import Client as Browser

from bookings.domain.links import calendar_token
from bookings.enums import Status
from bookings.models import Booking
from studio.api.models import Scope
from tests.bookings.api.views.bookings.asking import book, booked, path_of, status_of
from tests.calling import Api, anyone, client_of, code_of, reception, staff

pytestmark = pytest.mark.django_db


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
