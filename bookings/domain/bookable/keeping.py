"""What is read of a schedule, kept while it stays: for who looks, never for a write."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from django.core.cache import caches
from django.db import connection

from bookings.domain.bookable.availability import Situation
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import booked, gathered
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.rooms import UnbookedRoom
from bookings.domain.bookable.roster import Unbooked as UnbookedTherapist
from studio.memory import Memory
from studio.premises.models import Location, ScheduleVersion

KEPT_SECONDS = 300
"""What was written past the domain, in a shell, is seen after this."""

_MISSING = object()


class Version(NamedTuple):
    """Which state of a location's schedule is meant (see `ScheduleVersion`)."""

    number: int
    rules: int


def version_of(location: Location) -> Version:
    """The version that was read together with the location."""
    try:
        return Version(location.version.number, location.version.rules)
    except ScheduleVersion.DoesNotExist:
        return Version(0, 0)


def version_now(location_id: int) -> Version:
    """The version that a location's schedule has now, in one small query."""
    with connection.cursor() as cursor:
        cursor.execute(_version_query(connection.vendor), [location_id])
        return Version(*(cursor.fetchone() or (0, 0)))


@cache
def _version_query(_engine: str) -> str:
    """Written once: Django takes longer to write it than the database to answer it."""
    rows = ScheduleVersion.objects.filter(location_id=0).values_list(*Version._fields)
    return rows.query.sql_with_params()[0]


def kept[T](location: Location, name: str, find: Callable[[], T]) -> T:
    """What `find` reads, from the cache while what bookings are judged by stays the same.

    The version was read together with the location, before the rows that decide: what changes
    meanwhile can only make the answer fresher than the version it is kept for.
    """
    cache = caches["schedule"]
    key = f"schedule:{location.pk}:{version_of(location).rules}:{name}"
    found = cache.get(key, _MISSING)
    if found is _MISSING:
        found = find()
        cache.set(key, found, KEPT_SECONDS)
    return cast(T, found)


@dataclass(frozen=True, slots=True)
class Unbooked:
    """Who could give a session and where, before anything is booked."""

    therapists: list[UnbookedTherapist]
    rooms: list[UnbookedRoom]
    size: int


UNBOOKED: Memory[Hashable, Unbooked] = Memory(most_bytes=64_000_000, seconds=KEPT_SECONDS)


def look(question: Question) -> Situation:
    """What `gather` says, in one query: what no booking bears on is kept from the first on."""
    frame = Frame.of(question)
    asked = (
        version_of(question.location).rules,
        *(question.location.pk, question.session_type.pk, question.first, question.last),
        *(question.therapist, question.room, question.in_pair),
    )
    kept = UNBOOKED.get(asked)
    if kept is not None:
        return Situation.of(frame, kept.therapists, kept.rooms, booked(frame))
    found = gathered(frame)
    bits = frame.window.cells // 8 * 4 * (len(found.therapists) + len(found.rooms))
    UNBOOKED.keep(asked, Unbooked(found.therapists, found.rooms, bits + 1000))
    return Situation.of(frame, found.therapists, found.rooms, found.taken)
