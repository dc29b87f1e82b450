"""Where the board leads to."""

from urllib.parse import urlencode

from django.urls import reverse

from bookings.domain.day import By
from bookings.scheduling.hours import WallClock, to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location


def wall_time(clock: WallClock, instant: Minute) -> str:
    """What the wall clock shows, as `YYYY-MM-DDTHH:MM`."""
    return to_instant(clock.wall(instant)).strftime("%Y-%m-%dT%H:%M")


def is_second_passage(clock: WallClock, instant: Minute) -> bool:
    """Whether the clock has shown this time once before, on the same night (rule T5)."""
    return clock.as_start(clock.wall(instant)) != instant


def book_url(location: Location, clock: WallClock, start: Minute | None, by: By, slug: str) -> str:
    """The page that books by telephone, filled in as far as it is known."""
    query = {"location": location.slug}
    if start is not None:
        query["start"] = wall_time(clock, start)
        if is_second_passage(clock, start):
            query["second"] = "1"
    if slug:
        query[by.value] = slug
    return f"{reverse('admin:book')}?{urlencode(query, safe=':')}"
