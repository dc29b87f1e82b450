"""Bookings that need attention, and pressing what stands beside them."""

from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from tests.bookings.admin.filling import messages_of
from tests.factories import Bookable, at, make_booking, make_time_off

ATTENTION = reverse("admin:attention")
TEN, NOON = "2026-08-03 10:00", "2026-08-03 12:00"


def booked(made: Bookable, starts_at: str = TEN, **values: Any) -> Booking:
    """A booking of the studio's only session."""
    usual: dict[str, Any] = {
        "therapist": made.therapist,
        "room": made.room,
        "session_type": made.session_type,
    }
    return make_booking(starts_at=at(starts_at), **usual | values)


def ill(made: Bookable, day: str = "2026-08-03") -> None:
    """The therapist is away for a day."""
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from=f"{day} 00:00",
        wall_until=f"{day} 23:55",
    )


def lines_of(page: Any) -> list[Any]:
    """The bookings of the page as they are told, in their order."""
    return [line for day in page.context["days"] for group in day.groups for line in group.lines]


def press(browser: Browser, booking: Booking, /, **pressed: Any) -> list[str]:
    """Press a button beside a booking; gives what the page says then."""
    sent = {"seen": to_minute(booking.starts_at), "by": booking.therapist_id, **pressed}
    url = reverse("admin:attention_deal", args=[booking.pk])
    return messages_of(browser.post(url, sent, follow=True))


def ticked(*bookings: Booking) -> list[str]:
    """What the ticks beside bookings send."""
    return [f"{booking.pk}@{to_minute(booking.starts_at)}" for booking in bookings]
