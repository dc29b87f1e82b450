"""The other bookings of a series, on the pages of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import is_late
from bookings.domain.links import manage_token
from bookings.domain.series.members import membership
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from bookings.words import every_words

FOLLOWING = "following"
"""How a form or an address says that it is about a booking and all that follow it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A booking of a series, and the token of its page."""

    booking: Booking
    token: str
    has_lapsed: bool
    is_this: bool


@dataclass(frozen=True, slots=True)
class SeriesShown:
    """The place of a booking among the others, how far they lie apart, and all of them."""

    position: int
    rhythm: str
    members: list[Member]

    @property
    def others(self) -> list[Booking]:
        """All of them but the one whose page it is."""
        return [each.booking for each in self.members if not each.is_this]


@dataclass(frozen=True, slots=True)
class Cost:
    """What cancelling a booking now means: late, or free, as it would be for some time still."""

    booking: Booking
    is_late: bool
    free_until: datetime


def is_about_following(request: HttpRequest) -> bool:
    """Whether a form or an address is about a booking and all that follow it."""
    return FOLLOWING in (request.POST.get("scope"), request.GET.get("scope"))


def series_of(booking: Booking, *, now: Minute) -> SeriesShown | None:
    """The series of a booking, as its page shows it; None without one."""
    found = membership(booking)
    if found is None:
        return None
    shown = [
        Member(each, manage_token(each), each.has_lapsed(to_instant(now)), each == booking)
        for each in found.members
    ]
    return SeriesShown(found.position, every_words(found.every_weeks), shown)


def costs_of(bookings: Iterable[Booking], *, now: Minute) -> list[Cost]:
    """What cancelling each of them costs."""
    return [
        Cost(each, is_late(each, now=now), to_instant(cancellable_until(each))) for each in bookings
    ]
