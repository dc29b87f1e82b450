"""What goes for all that a visitor's browser is sent."""

import re
from html import unescape
from io import StringIO
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command

from tests.bookings.pages.account.signing import ask, sign_in
from tests.bookings.pages.visiting import WEDNESDAY, hold, manage_url, times_url
from tests.catalogue import forms, said
from tests.factories import at, make_bookable, make_booking, make_location
from tests.reading import Reading

pytestmark = pytest.mark.django_db

LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction")
"""Attributes whose address a browser asks for, or sends a form to."""

NAMING = ("canonical", "alternate")
"""Links of a head that load nothing."""

DATA = ("application/ld+json", "application/json")
"""Kinds of scripts that no browser runs."""


@pytest.fixture
def paths(client):
    """Every page in the sitemap, each step of booking, My bookings, and what is nowhere."""
    call_command("loadpages", stdout=StringIO())
    bookable = make_bookable()
    make_location()
    hold(client, bookable)
    booking = make_booking(
        therapist=bookable.therapist,
        room=bookable.room,
        session_type=bookable.session_type,
        starts_at=at(WEDNESDAY),
    )
    listed = ET.fromstring(client.get("/sitemap.xml").content).iter()
    found = [urlsplit(each.text or "").path for each in listed if each.tag.endswith("}loc")]
    steps = [
        "/book/",
        "/book/location-1/",
        times_url(bookable),
        "/your-booking/",
        "/your-booking/?client=new",
        "/your-booking/repeat/?every=1&count=3",
        "/your-booking/repeat/?how=dates",
    ]
    own = [manage_url(booking, name) for name in ("manage", "move", "cancel")]
    sign_in(client, "robin@example.org")
    ask(client)  # there is a code to type
    mine = ("", "code/", "prove/", "address/", "data/", "erase/")
    family = [f"/my-bookings/{page}" for page in (*mine, f"people/{booking.client_id}/")]
    return [*found, *steps, *own, *family, "/no/such/page/"]


def foreign(reading):
    """The addresses of other hosts that the page loads from or sends to."""
    for tag, attributes in reading.elements:
        named = [attributes[name] for name in LOADING if name in attributes]
        if tag in ("link", "use", "image", "base") and attributes.get("rel") not in NAMING:
            named.append(attributes.get("href", ""))
        yield from (each for each in named if urlsplit(each).netloc)


def inline(reading):
    """What a strict content security policy would refuse."""
    for tag, attributes in reading.elements:
        is_run = tag == "script" and attributes.get("type") not in DATA and "src" not in attributes
        if is_run or tag == "style" or "style" in attributes:
            yield tag, attributes
        yield from (
            (tag, name)
            for name, value in attributes.items()
            if name.startswith("on") or value.strip().lower().startswith("javascript:")
        )


def test_no_page_loads_from_another_host_or_runs_what_stands_in_it(client, paths):
    for path in paths:
        answer = client.get(path)
        reading = Reading(answer)

        assert answer.status_code == (404 if "/no/" in path else 200), path
        assert not list(foreign(reading)), path
        assert not list(inline(reading)), path


def english():
    """What is said in English, in pieces between what is filled in; three words at least."""
    sentences = [form for message in said() for form in forms(message.id)]
    pieces = {piece.strip() for each in sentences for piece in re.split(r"%\(\w+\)\w", each)}
    return sorted(piece for piece in pieces if piece.count(" ") >= 2)


def test_no_page_in_spanish_says_anything_in_english(client, paths):
    pieces = english()
    assert "Skip to the content" in pieces
    spanish = {path if path.startswith("/es/") else f"/es{path}" for path in paths}

    for path in sorted(spanish):
        page = " ".join(unescape(client.get(path).content.decode()).split())
        assert '<html lang="es"' in page, path
        assert [piece for piece in pieces if piece in page] == [], path


def test_every_page_answers_in_a_studio_without_anything(client):
    for path in ("/", "/sessions/", "/therapists/", "/locations/", "/contact/", "/book/"):
        assert client.get(path).status_code == client.get(f"/es{path}").status_code == 200
