import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.domain.links import manage_token
from tests.bookings.pages.visiting import hold, manage_url, times_url
from tests.factories import MONDAY, make_bookable, make_booking

pytestmark = pytest.mark.django_db


def data_of(client: Client, url: str) -> Any:
    page = client.get(url).content.decode()
    found = re.search(r'<script id="live" type="application/json">(.*?)</script>', page)
    assert found is not None
    return json.loads(found[1])


def test_the_dates_that_can_be_asked_about_are_told(client):
    data = data_of(client, times_url(make_bookable(), month="2026-09"))

    assert (data["today"], data["horizon"]) == ("2026-08-03", "2026-11-01")
    assert data["month"] == "2026-09-01"


def test_t5_the_day_on_which_clocks_change_and_both_offsets_are_told(client):
    data = data_of(client, times_url(make_bookable()))

    assert data["clockChanges"] == ["2026-11-01"]
    assert data["offsets"] == {
        "-06:00": "UTC\N{MINUS SIGN}6",
        "-07:00": "UTC\N{MINUS SIGN}7",
    }


def test_the_token_of_what_is_held_stands_in_a_page_that_nobody_stores(client):
    bookable = make_bookable()
    before = data_of(client, times_url(bookable))["own"]
    booking = hold(client, bookable)

    own = data_of(client, times_url(bookable))["own"]

    assert before is None
    assert own == {
        "reference": booking.reference,
        "token": manage_token(booking),
        "startsAt": "2026-08-03T10:00:00-06:00",
    }
    assert "no-store" in client.get(times_url(bookable)).headers["Cache-Control"]


def test_another_browser_is_told_nothing_of_it(client):
    bookable = make_bookable()
    hold(client, bookable)

    assert data_of(Client(), times_url(bookable))["own"] is None


def test_a_booking_that_is_moved_is_left_to_the_form_and_its_own_day_is_shown(client):
    bookable = make_bookable()
    booking = make_booking(
        therapist=bookable.therapist,
        room=bookable.room,
        session_type=bookable.session_type,
        starts_at=hold(client, bookable).starts_at + timedelta(days=2),
    )

    data = data_of(client, manage_url(booking, "move"))

    assert data["holds"] is False
    assert data["day"] == (MONDAY + timedelta(days=2)).isoformat()
    assert data["own"]["reference"] == booking.reference


def test_every_page_with_the_visitors_own_time_says_how_times_are_written(client):
    bookable = make_bookable()
    booking = hold(client, bookable)
    pages = [
        times_url(bookable),
        reverse("bookings:details"),
        *(manage_url(booking, what) for what in ("manage", "move", "cancel")),
    ]

    without = [page for page in pages if b'<script id="clock"' not in client.get(page).content]

    assert without == []
