"""What of the schedule is asked for, out of a query string that may hold anything."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bookings.desk.dates import can_be_meant
from bookings.desk.page import LAST_LOCATION
from bookings.domain.day import By
from bookings.domain.offers import open_locations
from bookings.domain.staff import sees_every_booking
from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location


@dataclass(frozen=True, slots=True)
class Wanted:
    """A day of a location, or a week of one therapist or room (`only`, its slug).

    `complaints` say what could not be made sense of.
    """

    locations: list[Location]
    location: Location
    today: date
    date: date
    by: By
    complaints: list[str]
    only: str | None = None

    @property
    def is_today(self) -> bool:
        """Whether it is the location's today."""
        return self.date == self.today


def wanted_by(request: HttpRequest, *, now: Minute) -> Wanted | None:
    """The day asked for; today where the last one was looked at, where nothing is said.

    None in a studio without a location. What makes no sense is left out, with a complaint.
    """
    locations = list(open_locations().select_related("version"))
    if not locations:
        return None
    complaints: list[str] = []
    location = _location(request, locations, complaints)
    today = local_date(location.timezone, now)
    return Wanted(
        locations,
        location,
        today,
        _date(request, complaints) or today,
        _by(request, complaints),
        complaints,
    )


def week_wanted_by(request: HttpRequest, *, now: Minute) -> Wanted | None:
    """The week asked for: of a `therapist`, or of a `room` for those who see all bookings."""
    wanted = wanted_by(request, now=now)
    if wanted is None:
        return None
    # No slug has a NUL in it, and PostgreSQL does not even look for one.
    therapist, room = (request.GET.get(by, "").replace("\0", "") for by in By)
    if room and sees_every_booking(request.user):
        return replace(wanted, by=By.ROOM, only=room)
    return replace(wanted, by=By.THERAPIST, only=therapist or "?")


def _location(request: HttpRequest, locations: list[Location], complaints: list[str]) -> Location:
    by_slug = {location.slug: location for location in locations}
    asked = request.GET.get("location")
    if asked is not None and asked not in by_slug:
        complaints.append(_("There is no such location. Choose one of those below."))
    last = str(request.session.get(LAST_LOCATION))
    chosen = by_slug.get(asked or "") or by_slug.get(last) or locations[0]
    if asked == chosen.slug != last:
        request.session[LAST_LOCATION] = chosen.slug
    return chosen


def _date(request: HttpRequest, complaints: list[str]) -> date | None:
    asked = request.GET.get("date")
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = None
    if day is None or not can_be_meant(day):
        complaints.append(_("This is no date. Give one such as 2026-12-24; here is today."))
        return None
    return day


def _by(request: HttpRequest, complaints: list[str]) -> By:
    asked = request.GET.get("by")
    if not sees_every_booking(request.user) or not asked:
        return By.THERAPIST
    try:
        return By(asked)
    except ValueError:
        complaints.append(_("The columns are therapists or rooms; here are the therapists."))
        return By.THERAPIST
