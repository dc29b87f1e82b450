"""Where the board leads to."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from bookings.domain.day import By
from bookings.scheduling.hours import WallClock, to_instant
from bookings.scheduling.timeline import Interval, Minute
from studio.premises.models import Location


def board_url(location: Location, day: date, by: By, *, now: bool = False) -> str:
    """A location's day; with `now` the board alone, as it is now."""
    name = "admin:board_now" if now else "admin:board"
    return _url(name, location=location.slug, date=day.isoformat(), by=by.value)


def week_url(location: Location, day: date, by: By, slug: str, *, now: bool = False) -> str:
    """The week of one therapist or one room that holds a day, in the same two ways."""
    name = "admin:board_week_now" if now else "admin:board_week"
    return _url(name, location=location.slug, date=day.isoformat(), **{by.value: slug})


def book_url(
    location: Location,
    clock: WallClock | None = None,
    start: Minute | None = None,
    **who: str,
) -> str:
    """The page that books by telephone, filled in as far as it is known.

    `who` is the slug of a `therapist` or a `room`.
    """
    query = {"location": location.slug}
    if clock is not None and start is not None:
        query["start"] = wall_time(clock, start)
        if is_second_passage(clock, start):
            query["second"] = "1"
    return _url("admin:book", **query, **who)


def explain_url(location: Location, clock: WallClock, start: Minute) -> str:
    """The page that says why something is not offered, on the day of an instant."""
    return _url("admin:explain", location=location.slug, start=wall_time(clock, start))


def add_url(model: str, back: str, clock: WallClock, interval: Interval, **rows: int) -> str:
    """The admin's form for a new row of wall-clock time, filled in; from it one comes `back`."""
    return _url(
        f"admin:{model}_add",
        **{name: str(pk) for name, pk in rows.items()},
        wall_from=wall_time(clock, interval.start),
        wall_until=wall_time(clock, interval.end),
        back=back,
    )


def wall_time(clock: WallClock, instant: Minute) -> str:
    """What the wall clock shows, as `YYYY-MM-DDTHH:MM`."""
    return to_instant(clock.wall(instant)).strftime("%Y-%m-%dT%H:%M")


def is_second_passage(clock: WallClock, instant: Minute) -> bool:
    """Whether the clock has shown this time once before, on the same night (rule T5)."""
    return clock.as_start(clock.wall(instant)) != instant


def _url(name: str, **query: str) -> str:
    return f"{reverse(name)}?{urlencode(query, safe=':')}"
