"""All that is kept of the clients of an account (rule P3)."""

import json

import pytest

from bookings.enums import ClientEventKind, Status
from bookings.models import Account, Client
from tests.bookings.pages.account.signing import HOME, sign_in
from tests.bookings.pages.visiting import manage_url, markup, text
from tests.factories import at, make_booking, make_client

pytestmark = pytest.mark.django_db

ERASE = "/my-bookings/erase/"


@pytest.fixture
def family(client):
    """Two who are under one address, and signed in."""
    family = [make_client(name=name, email=HOME) for name in ("Ada", "Ben")]
    sign_in(client)
    return family


def test_p3_everything_comes_as_one_file_and_is_recorded(client, family):
    booking = make_booking(client=family[1])

    answer = client.post("/my-bookings/data/")

    kept = json.loads(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert [person["client"]["name"] for person in kept["people"]] == ["Ada", "Ben"]
    assert kept["people"][1]["bookings"][0]["reference"] == booking.reference
    assert family[0].events.get().kind == ClientEventKind.EXPORTED


@pytest.mark.parametrize("path", ["data/", "erase/", "address/"])
@pytest.mark.parametrize("send", ["get", "post"])
def test_p3_a_code_must_be_fresh(client, family, turn_clock, path, send):
    turn_clock("2026-08-03 07:10")

    answer = getattr(client, send)(f"/my-bookings/{path}", {"who": "everybody", "email": HOME})

    assert answer.headers["Location"].startswith("/my-bookings/prove/")
    assert Client.objects.present().count() == 2


def test_p3_one_of_a_family_is_erased_and_the_others_stay(client, family):
    ada, ben = family

    answer = client.post(ERASE, {"who": str(ben.pk), "email": "Home@Example.org"})

    assert answer.headers["Location"] == "/my-bookings/"
    assert list(Client.objects.present()) == [ada]
    assert "Everybody else is still here" in text(client.get("/my-bookings/"))


def test_p3_who_is_erased_is_signed_out(client, family):
    answer = client.post(ERASE, {"who": "everybody", "email": HOME})

    assert "We keep nothing of you any more" in text(answer)
    assert not Client.objects.present().exists()
    assert not Account.objects.exists()
    assert client.get("/my-bookings/").status_code == 302


@pytest.mark.parametrize("email", ["", "ada@example.org"])
def test_p3_nobody_is_erased_without_the_address_typed(client, family, email):
    answer = client.post(ERASE, {"who": "everybody", "email": email})

    assert answer.status_code == 422
    assert Client.objects.present().count() == 2


def test_p3_nothing_is_erased_while_something_is_booked(client, family):
    booking = make_booking(client=family[0], starts_at=at("2026-08-05 10:00"))

    answer = client.post(ERASE, {"who": "everybody", "email": HOME})

    assert answer.status_code == 409
    assert "Nothing has been erased: something is still booked" in text(answer)
    assert f'href="{manage_url(booking, "cancel")}"' in markup(answer)
    assert Client.objects.present().count() == 2


def test_p3_what_is_over_stays_without_the_person(client, family):
    booking = make_booking(
        client=family[0], starts_at=at("2026-07-29 10:00"), status=Status.COMPLETED
    )

    client.post(ERASE, {"who": "everybody", "email": HOME})

    booking.refresh_from_db()
    assert booking.client is not None
    assert booking.client.email == ""
    assert client.get(manage_url(booking)).status_code == 200  # by its new link alone


def test_p1_p3_other_peoples_numbers_erase_nobody(client, family):
    cleo = make_client(name="Cleo", email="cleo@example.org")

    answer = client.post(ERASE, {"who": str(cleo.pk), "email": HOME})

    assert answer.status_code == 422
    assert Client.objects.present().count() == 3


def test_one_alone_is_chosen_already(client):
    make_client(name="Ada", email=HOME)
    sign_in(client)

    page = markup(client.get(ERASE))

    assert "checked" in page
    assert "All of us" not in page
