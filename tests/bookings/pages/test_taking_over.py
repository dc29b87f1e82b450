import re

import pytest
from django.test import Client

from bookings.domain.booking import hold as hold_for
from bookings.domain.callers import Caller
from bookings.domain.links import manage_token
from bookings.domain.requests import Details, Wish
from bookings.enums import Source, Status
from bookings.scheduling.hours import to_minute
from tests.bookings.pages.visiting import confirm, hold, manage_url, text, times_url
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import at, make_bookable

pytestmark = pytest.mark.django_db

URL = "/your-booking/take-over/"


def made_elsewhere(bookable, wall="2026-08-05 10:00"):
    """A hold that a program made over the API."""
    wish = Wish(bookable.location, bookable.session_type, to_minute(at(wall)))
    return hold_for(wish, Details(), caller=Caller(source=Source.API), now=SEVEN_ON_MONDAY)


def take_over(client, booking, **data):
    return client.post(
        URL, {"reference": booking.reference, "token": manage_token(booking), **data}
    )


def test_a_hold_made_elsewhere_is_confirmed_in_this_browser(client):
    booking = made_elsewhere(make_bookable())

    answer = take_over(client, booking)
    details = text(client.get(answer.headers["Location"]))
    confirm(client, booking)

    booking.refresh_from_db()
    assert answer.headers["Location"] == "/your-booking/"
    assert "Wednesday, Aug. 5, 2026, 10 a.m." in details
    assert "Held for you until 7:10 a.m." in details
    assert booking.status == Status.CONFIRMED


def test_b3_what_this_browser_held_is_given_back(client):
    bookable = make_bookable()
    earlier, booking = hold(client, bookable), made_elsewhere(bookable)

    take_over(client, booking)

    earlier.refresh_from_db()
    assert earlier.status == Status.CANCELLED


def test_taking_over_twice_is_harmless(client):
    booking = made_elsewhere(make_bookable())

    answers = [take_over(client, booking) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/your-booking/"] * 2
    assert booking.events.count() == 1


def test_once_it_is_booked_it_leads_to_the_booking(client):
    booking = made_elsewhere(make_bookable())
    take_over(client, booking)
    confirm(client, booking)

    assert take_over(client, booking).headers["Location"] == manage_url(booking)


@pytest.mark.parametrize(
    "data",
    [
        {"token": "wrong"},
        {"token": ""},
        {"reference": "WRONG-WRONG"},
        {"reference": "\0"},
        {"token": "é" * 65},
    ],
)
def test_p1_half_a_link_takes_nothing_over_and_leads_to_the_start(client, data):
    booking = made_elsewhere(make_bookable())

    answer = take_over(client, booking, **data)

    assert answer.status_code == 409
    assert "not held any more" in text(answer)
    assert b'href="/book/"' in answer.content
    assert "held" not in client.session


def test_a_hold_past_its_time_leads_back_to_the_times(client, turn_clock):
    bookable = make_bookable()
    booking = made_elsewhere(bookable)
    turn_clock("2026-08-03 07:10")

    answer = take_over(client, booking)

    assert answer.status_code == 409
    assert f'href="{times_url(bookable, day="2026-08-05")}"' in answer.content.decode()
    assert "held" not in client.session


def test_a_link_takes_nothing_over(client):
    booking = made_elsewhere(make_bookable())

    answer = client.get(
        URL, {"reference": booking.reference, "token": manage_token(booking)}, follow=True
    )

    assert "You are holding no time at the moment" in text(answer)


def test_forms_from_elsewhere_are_refused():
    assert (
        take_over(Client(enforce_csrf_checks=True), made_elsewhere(make_bookable())).status_code
        == 403
    )


def test_an_address_that_sends_too_many_forms_must_wait(client, exhaust):
    booking = made_elsewhere(make_bookable())
    exhaust()

    answer = take_over(client, booking)

    assert answer.status_code == 429
    assert "held" not in client.session


def test_the_link_of_a_hold_leads_to_the_form(client):
    booking = made_elsewhere(make_bookable())
    page = client.get(manage_url(booking)).content.decode()
    form = re.search(rf'<form[^>]+action="{URL}">.*?</form>', page, re.DOTALL)

    assert form is not None
    assert "Enter your details" in form[0]
    assert manage_token(booking) in form[0]
    # Browsers hide the origin of forms on pages without a referrer, and CSRF protection wants it.
    assert '<meta name="referrer" content="same-origin">' in page


def test_the_link_of_what_is_not_held_any_more_leads_to_the_times(client, turn_clock):
    bookable = make_bookable()
    booking = made_elsewhere(bookable)
    turn_clock("2026-08-03 07:10")

    page = client.get(manage_url(booking)).content.decode()

    assert "Enter your details" not in page
    assert f'href="{times_url(bookable, day="2026-08-05")}">Choose a time again' in page
