"""The desk's form for a booking as a browser sends it, by whichever of its buttons."""

from typing import Any

from django.test import Client
from django.urls import reverse

from bookings.models import Booking
from tests.bookings.admin.filling import fields_of
from tests.factories import Bookable, at, make_booking

BOOK = reverse("admin:book")


def place(made: Bookable, starts_at: str = "2026-08-03 10:00", **values: Any) -> Booking:
    """A booking with what `make_bookable` made, on Monday at ten."""
    known = {
        "therapist": made.therapist,
        "room": made.room,
        "session_type": made.session_type,
        "reference": "ABCDE-FGHJK",
    }
    return make_booking(**{**known, "starts_at": at(starts_at), **values})


def typed(made: Bookable, **values: Any) -> dict[str, Any]:
    """A whole form: Ada L., the session on Monday at ten; `start` is split into its fields."""
    start = values.pop("start", "2026-08-03T10:00")
    day, _t, minute = start.partition("T")
    known = {
        "location": made.location.slug,
        "session_type": made.session_type.slug,
        "day": day,
        "time": minute,
        "client_name": "Ada L.",
        "client_phone": "+1 303 555 0142",
    }
    return known | values


def press(browser: Client, button: str, values: dict[str, Any], url: str = BOOK) -> Any:
    """Open the page, type the values, press a button, and follow to the next page."""
    opened = browser.get(url)
    assert opened.status_code == 200, opened.status_code
    return browser.post(url, fields_of(opened) | values | {"do": button}, follow=True)


def book(browser: Client, made: Bookable, /, **values: Any) -> Any:
    """Type a whole form with these changes, and book."""
    return press(browser, "book", typed(made, **values))


def look(browser: Client, made: Bookable, /, **values: Any) -> Any:
    """Type it and look what can be chosen."""
    return press(browser, "look", typed(made, **values))


def page_of(booking: Booking) -> str:
    """The booking's own page."""
    return reverse("admin:booking", args=[booking.reference])


def address(booking: Booking, what: str, *more: str) -> str:
    """Where a form of the page is sent to: `step`, `move`, `change`, `payment` or `notes`."""
    return reverse(f"admin:booking_{what}", args=[booking.reference, *more])


def send(browser: Client, booking: Booking, what: str, *more: str, **values: Any) -> Any:
    """Open the page, type into one of its forms, send it, and follow to the next page."""
    opened, url = browser.get(page_of(booking)), address(booking, what, *more)
    assert opened.status_code == 200, opened.status_code
    start = values.pop("start", "")
    if start:
        values["day"], _t, values["time"] = start.partition("T")
    return browser.post(url, fields_of(opened, url) | values, follow=True)


def move(browser: Client, booking: Booking, **values: Any) -> Any:
    """Move it with the form of its page."""
    return send(browser, booking, "move", do="move", **values)


def take(browser: Client, booking: Booking, name: str, **values: Any) -> Any:
    """Take a step with its button."""
    return send(browser, booking, "step", name, **values)


def pay(browser: Client, booking: Booking, amount: str = "50.00", method: str = "cash") -> Any:
    """Write down a payment."""
    return send(browser, booking, "payment", amount=amount, method=method)


def errors_of(page: Any, form: str = "form") -> dict[str, list[str]]:
    """What a form complains of, by field."""
    return {name: list(errors) for name, errors in page.context[form].errors.items()}


def obstacles_of(page: Any) -> list[str]:
    """The rules in the way, in words."""
    return [obstacle.words for obstacle in page.context["choices"].obstacles]


def open_instead(page: Any) -> list[str]:
    """The times on the buttons that are offered instead."""
    return [f"{each.day}, {each.time}" for each in page.context["choices"].nearby]
