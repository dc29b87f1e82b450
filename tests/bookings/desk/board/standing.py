"""Days to look at on the board."""

from typing import Any

from django.test import Client
from django.urls import reverse

from bookings.desk.board.blocks import BookingBlock, FreePlace
from bookings.desk.board.layout import BoardColumn
from bookings.models import Booking
from tests.factories import Bookable, at, make_booking

BOARD = reverse("admin:board")
NOW = reverse("admin:board_now")
WEEK = reverse("admin:board_week")
WEEK_NOW = reverse("admin:board_week_now")


def booked(made: Bookable, start: str = "2026-08-03 10:00", **values: Any) -> Booking:
    """A booking with the one therapist in the one room, on Denver's clock."""
    given: dict[str, Any] = {
        "therapist": made.therapist,
        "room": made.room,
        "session_type": made.session_type,
        "starts_at": at(start),
    }
    return make_booking(**given | values)


def columns_of(browser: Client, url: str = BOARD, **query: str) -> list[BoardColumn]:
    """The columns that a page shows."""
    page = browser.get(url, query)
    assert page.status_code == 200
    columns: list[BoardColumn] = page.context["board"].columns
    return columns


def bookings_on(column: BoardColumn) -> list[BookingBlock]:
    """The bookings of a column."""
    return [block for block in column.blocks if isinstance(block, BookingBlock)]


def places_on(column: BoardColumn) -> list[FreePlace]:
    """The free places of a column."""
    return [block for block in column.blocks if isinstance(block, FreePlace)]
