"""What a visitor's browser sends, and what she sees."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse

from bookings.domain.links import manage_token
from bookings.models import Booking
from tests.factories import Bookable, at, make_certification, make_shift, make_therapist
from therapists.models import Therapist

WEDNESDAY = "2026-08-05 10:00"

DETAILS = {
    "name": "Robin Client",
    "email": "robin@example.org",
    "phone": "+1 303 555 0199",
    "pressure": "firm",
    "notes": "My first time.",
}


def times_url(bookable: Bookable, **query: str) -> str:
    """Where the times of a session are."""
    names = (bookable.location.slug, bookable.session_type.slug)
    return reverse("bookings:book-time", args=names, query=query)


def manage_url(booking: Booking, name: str = "manage", **query: str) -> str:
    """Where a booking is managed."""
    return reverse(f"bookings:{name}", args=(booking.reference, manage_token(booking)), query=query)


def choose(client: Client, bookable: Bookable, wall: str, **data: str) -> Any:
    """Choose a time, as a Denver wall clock shows it."""
    return client.post(times_url(bookable), {"starts_at": at(wall).isoformat(), **data})


def hold(client: Client, bookable: Bookable, wall: str = "2026-08-03 10:00") -> Booking:
    """Choose a time that is free."""
    answer = choose(client, bookable, wall)
    assert answer.status_code == 302
    return Booking.objects.latest("pk")


def confirm(client: Client, booking: Booking, **data: str) -> Any:
    """Send the form with everything filled in."""
    return client.post(
        reverse("bookings:details"), {**DETAILS, "reference": booking.reference, **data}
    )


def markup(answer: HttpResponseBase) -> str:
    """The page without what its modules alone make use of."""
    assert isinstance(answer, HttpResponse)
    unseen = r"<template\b.*?</template>|<script\b.*?</script>"
    return re.sub(unseen, "", answer.content.decode(), flags=re.DOTALL)


def send(client: Client, booking: Booking, name: str, **data: str) -> Any:
    """Send the form of one of the booking's own pages."""
    return client.post(manage_url(booking, name), data)


def move(client: Client, booking: Booking, wall: str, **data: str) -> Any:
    """Move it to a Denver wall-clock time."""
    return send(client, booking, "move", starts_at=at(wall).isoformat(), **data)


def text(answer: HttpResponseBase) -> str:
    """What stands on the page, without the tags and with single spaces."""
    body = re.sub(r"<head>.*?</head>|<[^>]+>", " ", markup(answer), flags=re.DOTALL)
    return " ".join(unescape(body).split())


def filled_in(answer: HttpResponseBase) -> dict[str, str]:
    """What the form of the page would send as it stands."""
    form = markup(answer).partition("<main")[2]
    sent = {}
    for field in re.findall(r"<input[^>]*>|<textarea.*?</textarea>", form, flags=re.DOTALL):
        is_chosen = " checked" in field or not re.search(r'type="(radio|checkbox)"', field)
        name = re.findall(r'name="([^"]+)"', field)[0]
        values = re.findall(r'value="([^"]*)"|>\s*(.*)</textarea>', field, flags=re.DOTALL)
        if is_chosen:
            sent[name] = unescape("".join(values[0])) if values else ""
    return sent


def offered_times(answer: HttpResponseBase) -> list[str]:
    """The instants of the buttons, in the order of the page."""
    return re.findall(r'name="starts_at" value="([^"]+)"', markup(answer))


def second_therapist(bookable: Bookable, slug: str) -> Therapist:
    """Another one who gives the session; she works on Tuesdays."""
    therapist = make_therapist(slug=slug)
    licence = bookable.session_type.requires_qualifications.get()
    make_certification(therapist=therapist, qualification=licence)
    make_shift(therapist=therapist, location=bookable.location, weekday=1)
    bookable.session_type.therapists.add(therapist)
    return therapist
