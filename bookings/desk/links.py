"""Where the pages of the desk lead to, filled in as far as it is known."""

from datetime import date, datetime
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from bookings.domain.day import By
from bookings.scheduling.hours import WallClock, local_time, to_instant
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


def book_url(location: Location, start: Minute | None = None, **chosen: str) -> str:
    """The page that books by telephone.

    `chosen` are slugs, of a `session_type`, a `therapist` or a `room`.
    """
    return _url("admin:book", **_place(location, start), **chosen)


def booking_url(pk: int) -> str:
    """A booking's own page."""
    return _booking_path().replace("/0/", f"/{pk}/")


@cache
def _booking_path() -> str:
    return reverse("admin:bookings_booking_change", args=[0])


def explain_url(location: Location, start: Minute) -> str:
    """The page that says why something is not offered."""
    return _url("admin:explain", **_place(location, start))


def _place(location: Location, start: Minute | None) -> dict[str, str]:
    place = {"location": location.slug}
    if start is not None:
        moment = local_time(start, location.zone)
        place["start"] = wall_time(moment)
        if moment.fold:  # clocks have shown it once before (rule T5)
            place["second"] = "1"
    return place


def add_url(model: str, back: str, clock: WallClock, interval: Interval, **rows: int) -> str:
    """The admin's form for a new row of wall-clock time, filled in; from it one comes `back`."""
    return _url(
        f"admin:{model}_add",
        **{name: str(pk) for name, pk in rows.items()},
        wall_from=wall_time(to_instant(clock.wall(interval.start))),
        wall_until=wall_time(to_instant(clock.wall(interval.end))),
        back=back,
    )


def wall_time(moment: datetime) -> str:
    """A reading of a wall clock, as `YYYY-MM-DDTHH:MM`."""
    return moment.strftime("%Y-%m-%dT%H:%M")


def _url(name: str, **query: str) -> str:
    return f"{_path(name)}?{urlencode(query, safe=':')}"


@cache
def _path(name: str) -> str:
    """Found once: a board leads to the same few pages from hundreds of places."""
    return reverse(name)
