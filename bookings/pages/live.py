"""What the modules of the booking page need to draw a month as the server does.

They ask the API what is free, and fill `<template>` elements that are made by the very includes
that the page is made of. Dates are written by the browser, which writes them as Django does.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language

from bookings.domain.links import manage_token
from bookings.enums import DayPart
from bookings.models import Booking, SessionType
from bookings.pages.month import Month, clocks_change, first_weekday
from bookings.templatetags.appointments import utc_offset
from studio.premises.models import Location
from therapists.models import Therapist


def live(
    *,
    location: Location,
    session_type: SessionType,
    therapists: Sequence[Therapist],
    therapist: Therapist | None,
    month: Month,
    dates: tuple[date, date],
    current: Booking | None,
    day: date | None = None,
    holds: bool = True,
) -> dict[str, Any]:
    """The data, and what stands in the templates until the modules fill them.

    `day` is shown where the address names none; what does not hold is left to the page's forms.
    The page must not be stored, since it has the token of `current`, whose own time counts as free.
    """
    today, horizon = dates
    return {
        "parts": [(part.label, []) for part in DayPart],
        "person": {"name": "{name}", "slug": "{therapist}"},
        "data": {
            "api": reverse("api:locations").removesuffix("locations/"),
            "location": location.slug,
            "sessionType": session_type.slug,
            "therapists": {person.slug: person.name for person in therapists},
            "therapist": therapist.slug if therapist else "",
            "month": month.first,
            "day": day,
            "today": today,
            "horizon": horizon,
            "firstWeekday": first_weekday(),
            "parts": [part.hours.stop for part in DayPart],
            **_offsets(location.zone, today, horizon, get_language()),
            "own": _own(current, location) if current else None,
            "holds": holds,
        },
    }


def _own(booking: Booking, location: Location) -> dict[str, str] | None:
    """What frees the booking's own time in the API's answers, at the place where it is."""
    if booking.location_id != location.pk:
        return None
    return {
        "reference": booking.reference,
        "token": manage_token(booking),
        "startsAt": booking.starts_at.astimezone(location.zone).isoformat(),
    }


@lru_cache(maxsize=100)
def _offsets(zone: ZoneInfo, first: date, last: date, _language: str | None) -> dict[str, Any]:
    """How far the clocks are from UTC on the dates, and when they change (rule T5)."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 2)]
    midnights = [datetime.combine(day, time.min, zone) for day in days]
    return {
        "offsets": {midnight.isoformat()[19:]: utc_offset(midnight) for midnight in midnights},
        "clockChanges": [day for day in days[:-1] if clocks_change(zone, day)],
    }
