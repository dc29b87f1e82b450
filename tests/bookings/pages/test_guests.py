"""For whom something is booked (rules P1 and S10)."""

import pytest

from bookings.domain.clients.blocking import block
from bookings.enums import Status
from bookings.models import Booking, Client
from tests.bookings.domain.asking import NOW, RECEPTION
from tests.bookings.pages.account.signing import HOME, sign_in
from tests.bookings.pages.visiting import DETAILS, confirm, hold, markup, text
from tests.factories import at, make_bookable, make_booking, make_client

pytestmark = pytest.mark.django_db

URL = "/your-booking/"


@pytest.fixture
def family(client):
    """Two who are under one address, and signed in."""
    family = [make_client(name=name, email=HOME) for name in ("Ada", "Ben")]
    sign_in(client)
    return family


@pytest.fixture
def booking(client, family):
    """What their browser holds."""
    return hold(client, make_bookable())


def test_p1_who_is_signed_in_need_not_say_who_they_are(client, family, booking):
    page = markup(client.get(URL))
    assert 'name="name"' not in page

    client.post(URL, {"reference": booking.reference, "client": family[0].pk, "pressure": "firm"})

    booking.refresh_from_db()
    assert (booking.client, booking.status) == (family[0], Status.CONFIRMED)
    assert Client.objects.count() == 2


def test_p1_each_of_a_family_can_be_chosen(client, family, booking):
    page = markup(client.get(f"{URL}?client={family[1].pk}"))
    assert f'name="client" value="{family[1].pk}"' in page

    client.post(URL, {"reference": booking.reference, "client": family[1].pk, "pressure": "firm"})

    booking.refresh_from_db()
    assert booking.client == family[1]


def test_p1_somebody_else_says_who_they_are_and_joins_the_account(client, family, booking):
    page = markup(client.get(f"{URL}?client=new"))
    assert 'value="home@example.org"' in page

    sent = {**DETAILS, "reference": booking.reference, "client": "new"}
    client.post(URL, {**sent, "name": "Cleo", "email": HOME})

    assert "Cleo" in text(client.get("/my-bookings/"))


@pytest.mark.parametrize("send", ["get", "post"])
def test_p1_nobody_is_booked_for_by_somebody_elses_number(client, booking, send):
    cleo = make_client(name="Cleo", email="cleo@example.org")
    data = {"reference": booking.reference, "client": str(cleo.pk), "pressure": "firm"}

    answer = getattr(client, send)(URL, data)

    booking.refresh_from_db()
    assert answer.status_code == 404
    assert "Cleo" not in text(answer)
    assert booking.status == Status.HELD


def test_p1_a_number_means_nothing_from_who_is_not_signed_in(client):
    ada = make_client(name="Ada", email=HOME)
    booking = hold(client, make_bookable())

    answer = client.post(
        URL, {"reference": booking.reference, "client": ada.pk, "pressure": "firm"}
    )

    assert answer.status_code == 422
    assert "Ada" not in text(answer)


def test_s10_a_second_session_at_the_same_time_is_refused(client, family, booking):
    make_booking(client=family[0], starts_at=booking.starts_at)

    answer = client.post(
        URL, {"reference": booking.reference, "client": family[0].pk, "pressure": "firm"}
    )

    booking.refresh_from_db()
    assert answer.status_code == 409
    assert "You have another session at that time." in text(answer)
    assert booking.status == Status.HELD
    assert f'name="client" value="{family[0].pk}"' in markup(answer)


def test_s10_is_not_judged_by_a_typed_address(client, family):
    other = make_booking(client=family[0], starts_at=at("2026-08-03 10:00"))
    client.post("/my-bookings/sign-out/")
    booking = hold(client, make_bookable())

    confirm(client, booking, name="Ada", email=HOME)

    booking.refresh_from_db()
    assert booking.starts_at == other.starts_at
    assert booking.status == Status.CONFIRMED


def test_another_time_keeps_who_comes(client, family, booking):
    answer = client.post(
        URL,
        {
            "starts_at": at("2026-08-03 12:00").isoformat(),
            "client": family[1].pk,
            "pressure": "firm",
        },
    )

    assert f'name="client" value="{family[1].pk}"' in markup(answer)
    assert Booking.objects.latest("pk").starts_at == at("2026-08-03 12:00")


def test_a_blocked_client_is_asked_to_call_when_signed_in_too(client, family, booking):
    block(family[0], "Never came.", caller=RECEPTION, now=NOW)

    answer = client.post(
        URL, {"reference": booking.reference, "client": family[0].pk, "pressure": "firm"}
    )

    assert answer.status_code == 409
    assert "Please call the studio" in text(answer)


def test_who_is_not_signed_in_is_offered_to(client):
    hold(client, make_bookable())

    assert 'href="/my-bookings/sign-in/?then=details"' in markup(client.get(URL))
    assert "Who comes?" not in text(client.post(URL, DETAILS))
