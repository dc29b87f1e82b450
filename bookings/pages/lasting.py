"""Calendars for who holds no time, kept while they are true.

Such a page says the same to whoever opens it, but for the token of its forms. It is kept with a
hole where that stands, as long as neither the schedule nor anything that visitors are shown has
changed, until the first minute at which time alone may change it. An unchanged page costs two small
queries. Who holds a time, or is to be told something, gets a page of their own.
"""

import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from bookings.domain.bookable.keeping import KEPT_SECONDS, Version, version_now, version_of
from bookings.pages.held import KEY
from bookings.pages.month import Month
from bookings.scheduling.timeline import Minute
from studio.for_everybody import address_to_keep
from studio.memory import Memory
from studio.premises.models import Location
from studio.premises.shown import Marks, marks_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A page, what it is true of, and for how long; the token goes between its pieces."""

    location_id: int
    version: Version
    marks: Marks
    since: Minute
    until: Minute
    pieces: tuple[str, ...]

    def holds(self, marks: Marks, now: Minute) -> bool:
        """Whether it is true of what is in the database at a minute."""
        return (
            self.since <= now < self.until
            and self.marks == marks
            and self.version == version_now(self.location_id)
        )

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return 2 * sum(map(len, self.pieces)) + 1000


PAGES: Memory[Hashable, Kept] = Memory(most_bytes=32_000_000, seconds=KEPT_SECONDS)


def calendar(
    request: HttpRequest, template: str, find: Callable[[], dict[str, Any]], now: Minute
) -> HttpResponse:
    """The page of a template with what `find` reads: a location and its month, among others.

    It depends on its address, the language, the schedule of the location, and what visitors are
    shown; and on nothing else where the browser holds no time.
    """
    asked = _asked(request)
    if asked is None:
        return HttpResponse(render_to_string(template, find(), request))
    marks = marks_of(request)
    page = PAGES.get(asked)
    if page is None or not page.holds(marks, now):
        page = _made(request, template, find(), marks, now)
        PAGES.keep(asked, page)
    return HttpResponse(get_token(request).join(page.pieces))


def _asked(request: HttpRequest) -> Hashable | None:
    """What is asked for, if nothing of the page is this browser's own."""
    address = address_to_keep(request)
    if address is None or any(
        name in request.session for name in (KEY, SessionStorage.session_key)
    ):
        return None
    return address, get_language()


def _made(
    request: HttpRequest, template: str, found: dict[str, Any], marks: Marks, now: Minute
) -> Kept:
    """The page; the marks were read before what was found, the version with the location."""
    # Nobody can guess it and write it into the address, of which the page repeats a part.
    hole = secrets.token_hex(16)
    page = render_to_string(template, {**found, "csrf_token": hole}, request)
    location: Location = found["location"]
    month: Month = found["month"]
    return Kept(
        location_id=location.pk,
        version=version_of(location),
        marks=marks,
        since=now,
        until=month.true_until,
        pieces=tuple(page.split(hole)),
    )
