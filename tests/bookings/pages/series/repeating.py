"""What a visitor does who books several dates: Mondays at ten, from the one that is held on."""

import re
from typing import Any

from django.test import Client

from bookings.models import Booking
from tests.bookings.pages.visiting import DETAILS, hold, markup
from tests.factories import Bookable

REPEAT, DATES = "/your-booking/repeat/", "/your-booking/dates/"
WEEKLY = f"{REPEAT}?every=1&count=4"
MONDAYS = ("2026-08-10", "2026-08-17", "2026-08-24", "2026-08-31")


def choices(answer: Any) -> dict[str, list[str]]:
    """What can be ticked for each date that cannot be booked."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(instead-\d+)" value="([^"]+)"', markup(answer)):
        found.setdefault(name, []).append(value)
    return found


def choose_dates(client: Client, url: str = WEEKLY, **said: str) -> Any:
    """Go on with the dates that an address asks for."""
    return client.post(url, {"do": "all", **said})


def plan(client: Client, bookable: Bookable) -> Booking:
    """Hold Monday at ten, and go on with four Mondays."""
    held = hold(client, bookable, f"{MONDAYS[0]} 10:00")
    answer = choose_dates(client)
    assert answer.headers.get("Location") == DATES, answer.status_code
    return held


def fields(client: Client) -> dict[str, str]:
    """What stands in the form's hidden fields."""
    page = markup(client.get(DATES))
    return dict(re.findall(r'type="hidden" name="(reference|plan)" value="([^"]+)"', page))


def book_all(client: Client, **data: str) -> Any:
    """Send the form with everything filled in."""
    return client.post(DATES, {**DETAILS, **fields(client), **data})
