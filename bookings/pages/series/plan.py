"""The dates that a browser is about to book: kept in its session, beside the time that it holds.

They are forgotten with that time: whoever holds another one starts anew.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.http import HttpRequest

from bookings.domain.links import new_reference
from bookings.enums import Source
from bookings.models import Booking
from bookings.pages.held import KEY
from bookings.scheduling.timeline import Minute

SERIES = "series"


@dataclass(frozen=True, slots=True)
class Plan:
    """Some starts, how they were asked for (a query), and the reference that the first gets.

    `first` is drawn with them, so that sending their form twice books them once.
    """

    starts: list[Minute]
    every_weeks: int | None
    query: str
    first: str

    @classmethod
    def of(cls, starts: Iterable[Minute], every_weeks: int | None, query: str) -> "Plan":
        """A new plan; its first booking gets a new reference."""
        return cls(sorted(starts), every_weeks, query, new_reference())


def kept_plan(request: HttpRequest) -> Plan | None:
    """What this browser is about to book beside the time that it holds."""
    found = request.session.get(KEY, {}).get(SERIES)
    return Plan(**found) if found else None


def keep_plan(request: HttpRequest, plan: Plan) -> None:
    """Remember it, in place of an earlier one."""
    request.session[KEY] = {**request.session[KEY], SERIES: asdict(plan)}


def drop_plan(request: HttpRequest) -> None:
    """Book the one time that is held, and no other."""
    request.session[KEY] = {k: v for k, v in request.session[KEY].items() if k != SERIES}


def can_repeat(booking: Booking) -> bool:
    """Whether a held time can become the first of several.

    What was offered to who waits is their entry's own, and ends with it; two who come together
    choose each of their times by itself.
    """
    return booking.source != Source.WAITLIST and booking.pair_id is None
