"""What the process remembers from one request to the next, and from one test to the next."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.cache import caches

from bookings.api.finished import FINISHED
from bookings.api.openings import TEXTS
from bookings.api.plain import KNOWN
from bookings.domain.bookable.keeping import SEEN, UNBOOKED
from bookings.domain.bookable.shares import SHARES
from bookings.domain.health.screening import JUDGED
from bookings.pages import lasting
from studio.for_everybody import PAGES
from studio.memory import Memory
from studio.pages.framing import FRAMES
from studio.premises.unchanged import ROWS

MEMORIES: tuple[Memory[Any, Any], ...] = (
    *(FINISHED, KNOWN, SEEN, UNBOOKED, SHARES, TEXTS, JUDGED),
    *(ROWS, PAGES, FRAMES, lasting.PAGES),
)


def forget() -> None:
    """Let the next request be the first."""
    for name in settings.CACHES:
        caches[name].clear()
    for memory in MEMORIES:
        memory.clear()


def remembered() -> Iterator[tuple[str, Any]]:
    """All of it, with where it is."""
    for name in caches:
        for key, value in getattr(caches[name], "_cache", {}).items():
            yield f"cache {name}", f"{key} {value!r}"
    for key, kept in (*FINISHED, *KNOWN, *TEXTS, *JUDGED, *ROWS, *PAGES, *FRAMES, *lasting.PAGES):
        yield "memory", f"{key} {kept!r}"
    for key, _taken in SHARES:
        yield "memory", f"{key}"
    for key, seen in SEEN:
        yield "memory", f"{key} {seen.texts!r} {seen.situation.frame!r}"
    for key, unbooked in UNBOOKED:  # what else it has are stretches of time
        yield "memory", f"{key} {[each.candidate for each in unbooked.therapists]}"
