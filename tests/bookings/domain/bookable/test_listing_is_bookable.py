"""What is listed can be booked, and what is not listed cannot: for studios of all kinds."""

from random import Random

import pytest
from django.db import connection, transaction

from bookings.domain.bookable.availability import listing
from bookings.domain.bookable.question import Question
from bookings.domain.booking import book
from bookings.domain.callers import Caller
from bookings.domain.requests import Details, Person, Wish
from bookings.enums import Source
from bookings.errors import SlotUnavailable
from tests.bookings.domain.oracle import Expected, Oracle, minutes_of
from tests.bookings.domain.random_studios import RandomStudio, random_studio, with_studios_at_random

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

CLIENT = Caller(source=Source.API)
ADA = Details(Person(name="Ada", email="ada@example.org"))
# The rules are judged in Python; the queries, which differ by engine, are the same each time.
STUDIOS = 60 if connection.vendor == "sqlite" else 20


@with_studios_at_random(STUDIOS)
def test_every_listed_slot_books_and_no_other_start_does(rng: Random) -> None:
    with transaction.atomic():
        studio = random_studio(rng)
        expected = Oracle(studio.location, studio.session_type, studio.day, studio.now).expected()

        listed = _listed(studio)

        assert listed == [(slot.starts_at, slot.therapists) for slot in expected]
        for slot in expected:
            assert _booked(studio, slot.starts_at) == (slot.picked, slot.room)
        for start in _unlisted(rng, studio, expected):
            assert _booked(studio, start) is None
        transaction.set_rollback(True)


def _listed(studio: RandomStudio) -> list[tuple[int, tuple[str, ...]]]:
    question = Question(
        location=studio.location,
        session_type=studio.session_type,
        first=studio.day,
        last=studio.day,
        now=studio.now,
    )
    [(_, slots)] = listing(question).days
    return [(slot.starts_at, slot.therapists) for slot in slots]


def _unlisted(rng: Random, studio: RandomStudio, expected: list[Expected]) -> list[int]:
    listed = {slot.starts_at for slot in expected}
    others = [
        minute
        for minute in minutes_of(studio.location.timezone, studio.day)
        if minute % 5 == 0 and minute not in listed
    ]
    return rng.sample(others, k=min(4, len(others)))


def _booked(studio: RandomStudio, start: int) -> tuple[str, str] | None:
    """Therapist and room of a booking that is tried and taken back; None if it was refused."""
    wish = Wish(studio.location, studio.session_type, start)
    with transaction.atomic():
        try:
            booking = book(wish, ADA, caller=CLIENT, now=studio.now)
        except SlotUnavailable:
            return None
        transaction.set_rollback(True)
    return booking.therapist.slug, booking.room.slug
