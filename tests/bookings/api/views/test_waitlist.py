"""Waiting for a place over the API. It is seven on a Monday in Denver."""

from datetime import date

import pytest

from bookings.domain.waitlist.matching import match
from bookings.enums import Status, WaitlistState
from bookings.models import Booking, WaitlistEntry
from tests.bookings.domain.asking import booked
from tests.calling import ROBIN, Api, anyone, code_of, fields_of, reception
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable, make_client

pytestmark = pytest.mark.django_db

DAY = "2026-08-05"


@pytest.fixture
def studio():
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


def wish(studio, **more):
    place = {"location": studio.location.slug, "session_type": studio.session_type.slug}
    return {**place, "from": DAY, "until": DAY, "client": ROBIN, **more}


def joined(studio, **more):
    answer = anyone().post("waitlist/", wish(studio, **more))
    assert answer.status_code == 201
    return answer.json()


def owner(entry):
    return Api(f"Booking {entry['manage_token']}")


def test_joining_gives_a_reference_and_its_token(studio):
    booked(studio, f"{DAY} 10:00", now=NOW)

    answer = anyone().post("waitlist/", wish(studio, parts=["evening", "morning"]))

    entry = WaitlistEntry.objects.get()
    assert answer["Location"] == f"/api/v1/waitlist/{entry.reference}/"
    assert list(answer.json()) == ["reference", "manage_token", "manage_url"]
    assert owner(answer.json()).get(f"waitlist/{entry.reference}/").json() == {
        "reference": entry.reference,
        "state": "waiting",
        "location": studio.location.slug,
        "session_type": studio.session_type.slug,
        "therapist": None,
        "from": DAY,
        "until": DAY,
        "parts": ["morning", "evening"],
        "offer": None,
    }


def test_b9_the_same_key_joins_once(studio):
    first, second = (
        anyone().post("waitlist/", wish(studio), **{"Idempotency-Key": "one"}) for _ in range(2)
    )

    assert first.json() == second.json()
    assert WaitlistEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"until": "2026-08-04"}, ["until"]),
        ({"from": "2026-01-01", "until": "2026-08-02"}, ["until"]),
        ({"parts": ["night"]}, ["parts.0"]),
        ({"therapist": "nobody"}, ["therapist"]),
        ({"client": {"name": "Robin"}}, ["client.email"]),
        ({"colour": "red"}, ["colour"]),
    ],
)
def test_what_does_not_fit_is_said_where(studio, wrong, fields):
    answer = anyone().post("waitlist/", wish(studio, **wrong))

    assert (answer.status_code, fields_of(answer)) == (400, fields)
    assert not WaitlistEntry.objects.exists()


def test_reception_puts_somebody_without_mail_on_the_list(studio):
    caller = {"name": "Carl", "phone": "+1 303 555 0100"}

    assert reception().post("waitlist/", wish(studio, client=caller)).status_code == 201


def test_who_is_blocked_is_not_put_on_the_list(studio):
    client = make_client(email=ROBIN["email"])
    client.blocked_at, client.block_reason = "2026-08-01T00:00:00Z", "Rude"
    client.save()

    answer = anyone().post("waitlist/", wish(studio))

    assert code_of(answer) == (409, "not_online")


def test_an_address_waits_for_five_things(studio):
    for _ in range(5):
        joined(studio)

    assert code_of(anyone().post("waitlist/", wish(studio))) == (409, "wrong_state")


def test_an_offer_is_accepted_with_the_token_that_comes_with_it(studio):
    entry = joined(studio)
    match(now=NOW)
    offer = owner(entry).get(f"waitlist/{entry['reference']}/").json()["offer"]
    assert (offer["starts_at"], offer["held_until"]) == (
        f"{DAY}T10:00:00-06:00",
        "2026-08-03T09:00:00-06:00",
    )

    booking = Api(f"Booking {offer['manage_token']}")
    answer = booking.post(f"bookings/{offer['booking']}/confirm/", {"pressure": "firm"})

    assert (answer.status_code, answer.json()["status"]) == (200, "confirmed")
    assert WaitlistEntry.objects.get().state == WaitlistState.BOOKED


def test_an_offer_is_not_moved(studio):
    entry = joined(studio)
    match(now=NOW)
    offer = owner(entry).get(f"waitlist/{entry['reference']}/").json()["offer"]

    booking = Api(f"Booking {offer['manage_token']}")
    answer = booking.post(
        f"bookings/{offer['booking']}/reschedule/", {"starts_at": f"{DAY}T11:00:00-06:00"}
    )

    assert code_of(answer) == (409, "wrong_state")
    assert "accepted or declined" in answer.json()["detail"]


def test_withdrawing_gives_back_what_is_held_and_is_harmless_twice(studio):
    entry = joined(studio)
    match(now=NOW)

    answers = [owner(entry).post(f"waitlist/{entry['reference']}/withdraw/") for _ in range(2)]

    assert [answer.json()["state"] for answer in answers] == ["withdrawn", "withdrawn"]
    assert Booking.objects.get().status == Status.CANCELLED


@pytest.mark.parametrize("path", ["", "withdraw/"])
def test_nobody_else_comes_to_an_entry(studio, path):
    one, other = joined(studio), joined(studio)
    address = f"waitlist/{one['reference']}/{path}"

    def ask(caller):
        return caller.post(address) if path else caller.get(address)

    assert ask(anyone()).status_code == 401
    assert ask(owner(other)).status_code == 404


def test_the_dates_are_the_locations(studio):
    joined(studio)

    assert WaitlistEntry.objects.get().first == date(2026, 8, 5)
