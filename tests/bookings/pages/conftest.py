from collections.abc import Callable

import pytest
from django.test import RequestFactory

from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from studio import limits
from tests.bookings.pages.visiting import WEDNESDAY
from tests.factories import Bookable, at, make_bookable, make_booking


@pytest.fixture
def turn_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the doors' clock show another time; `turn_clock("2026-08-03 08:00")`, in Denver."""

    def turn(wall: str) -> None:
        minute = to_minute(at(wall))
        monkeypatch.setattr("tests.clock.fixed", lambda: minute)

    return turn


@pytest.fixture
def exhaust(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> Callable[[], None]:
    """Let the visitor's address have written as often as it may."""

    def write() -> None:
        monkeypatch.setattr(limits, "WRITES", 1)
        limits.wait_to_write(rf.post("/"))

    return write


@pytest.fixture
def bookable() -> Bookable:
    """All that one session needs."""
    return make_bookable()


@pytest.fixture
def booking(bookable: Bookable) -> Booking:
    """On Wednesday at ten, booked a week before."""
    return make_booking(
        therapist=bookable.therapist,
        room=bookable.room,
        session_type=bookable.session_type,
        starts_at=at(WEDNESDAY),
    )
