"""Looking clients up while they are on the telephone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.domain.staff import Role
from bookings.enums import Status
from bookings.models import Client
from tests.factories import at, make_booking, make_client

pytestmark = pytest.mark.django_db

FIND = reverse("admin:find_client")


def test_a_client_is_found_with_what_tells_one_from_another(receptionist):
    client = Client.objects.create(
        name="Jürg Müller", phone="+1 303 555 0142", email="jm@example.org"
    )
    make_booking(client=client, starts_at=at("2026-07-20 22:00"), status=Status.COMPLETED)

    answer = receptionist.get(FIND, {"q": "muller"})

    assert answer.json() == {
        "results": [
            {
                "id": client.pk,
                "name": "Jürg Müller",
                "phone": "+1 303 555 0142",
                "email": "jm@example.org",
                "last_session": "2026-07-20",
                "blocked": False,
            }
        ]
    }
    assert "no-store" in answer["Cache-Control"]


def test_one_without_a_session_has_no_last_one(receptionist):
    make_client(name="Robin")

    assert receptionist.get(FIND, {"q": "rob"}).json()["results"][0]["last_session"] is None


@pytest.mark.parametrize("typed", ["", "r", " r"])
def test_fewer_than_two_characters_find_nobody(receptionist, typed):
    make_client(name="R")

    assert receptionist.get(FIND, {"q": typed}).json() == {"results": []}


def test_p2_a_therapist_finds_nobody(sign_in):
    make_client()

    assert sign_in(Role.THERAPIST).get(FIND, {"q": "robin"}).status_code == 403


def test_p2_nobody_finds_anybody_without_signing_in(client):
    assert client.get(FIND, {"q": "robin"}).status_code == 302


def test_looking_writes_nothing(receptionist):
    assert receptionist.post(FIND).status_code == 405


def test_ten_clients_take_as_many_queries_as_one(receptionist):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            receptionist.get(FIND, {"q": "robin"})
        return len(captured)

    make_booking(client=make_client(name="Robin"))
    one = queries()
    for _ in range(9):
        make_booking(client=make_client(name="Robin"))

    assert queries() == one
