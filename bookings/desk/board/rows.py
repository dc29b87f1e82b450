"""The board's rows of five minutes, and the stylesheet that places things on them.

The content security policy forbids inline styles, so a place on the board is two classes.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from bookings.scheduling.hours import DAY_MINUTES
from bookings.scheduling.timeline import CELL_MINUTES, Interval, Minute

MOST_ROWS = (25 * 60 + 2 * DAY_MINUTES) // CELL_MINUTES
"""The longest local day, and a session of a day before and after it."""

A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of five minutes from an instant on."""

    origin: Minute
    count: int

    @classmethod
    def over(cls, interval: Interval) -> "Rows":
        """The rows of a stretch of time alone."""
        return cls(interval.start, (interval.end - interval.start) // CELL_MINUTES)

    @property
    def interval(self) -> Interval:
        """From the first row to the last."""
        return Interval(self.origin, self.origin + self.count * CELL_MINUTES)

    def place(self, interval: Interval) -> str:
        """The classes of what takes a stretch of time, cut off at the board's edges."""
        first = max((interval.start - self.origin) // CELL_MINUTES, 0)
        past = min(-((self.origin - interval.end) // CELL_MINUTES), self.count)
        return f"from-{first} until-{past}"

    def row_of(self, instant: Minute) -> int | None:
        """The row that an instant falls into; None off the board."""
        row = (instant - self.origin) // CELL_MINUTES
        return row if 0 <= row < self.count else None


def stylesheet() -> str:
    """The rules of all places that there can be."""
    return "\n".join(_rules())


def _rules() -> Iterator[str]:
    for row in range(MOST_ROWS + 1):
        yield f".rows-{row}{{--rows:{row}}}"
        yield f".from-{row}{{grid-row-start:{row + 1}}}"
        yield f".until-{row}{{grid-row-end:{row + 1}}}"


CSS = stylesheet()
DIGEST = hashlib.sha256(CSS.encode()).hexdigest()[:12]
"""A part of the stylesheet's address: another one has another."""


def rows_css(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet, which never changes under its address."""
    if digest != DIGEST:  # asked of an older or a newer server while both run
        raise Http404
    response = HttpResponse(CSS, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
