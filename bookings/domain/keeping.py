"""What is read of a schedule, kept while it stays: for who looks, never for a write."""

from collections.abc import Callable
from typing import cast

from django.core.cache import caches

from bookings.domain.availability import Situation
from bookings.domain.frame import Frame
from bookings.domain.question import Question
from bookings.domain.rooms import UnbookedRoom, room_entry, rooms_for, unbooked_rooms
from bookings.domain.roster import Unbooked, candidates_for, roster_entry, unbooked_roster
from bookings.domain.taken import taken
from studio.premises.models import Location, ScheduleVersion

KEPT_SECONDS = 300
"""What was written past the domain, in a shell, is seen after this."""

_MISSING = object()


def kept[T](
    location: Location,
    name: str,
    find: Callable[[], T],
    *,
    booked: bool = False,
    seconds: int = KEPT_SECONDS,
) -> T:
    """What `find` reads, from the cache while what bookings are judged by stays the same.

    With `booked` it depends on what is booked too. The version was read together with the
    location, before the rows that decide: what changes meanwhile can only make the answer fresher
    than the version it is kept for.
    """
    version = _version_of(location)
    count = f"booked:{version.number}" if booked else f"rules:{version.rules}"
    key = f"schedule:{location.pk}:{count}:{name}"
    # An answer about bookings is large and soon useless; it must not push out what stays.
    cache = caches["default" if booked else "schedule"]
    found = cache.get(key, _MISSING)
    if found is _MISSING:
        found = find()
        cache.set(key, found, seconds)
    return cast(T, found)


def look(question: Question) -> Situation:
    """What `gather` says, in one query: all that no booking bears on is kept."""
    frame = Frame.of(question)
    name = f"unbooked:{question.session_type.pk}:{question.first}:{question.last}"
    therapists, rooms = kept(
        question.location,
        f"{name}:{question.therapist}:{question.room}",
        lambda: _unbooked(frame),
    )
    people = [unbooked.candidate.pk for unbooked in therapists]
    booked = taken(frame, people, [unbooked.room.pk for unbooked in rooms])
    return Situation.of(
        frame,
        [roster_entry(frame, unbooked, booked) for unbooked in therapists],
        [room_entry(frame, unbooked, booked) for unbooked in rooms],
        booked,
    )


def _unbooked(frame: Frame) -> tuple[list[Unbooked], list[UnbookedRoom]]:
    return unbooked_roster(frame, candidates_for(frame)), unbooked_rooms(frame, rooms_for(frame))


def _version_of(location: Location) -> ScheduleVersion:
    try:
        return location.version
    except ScheduleVersion.DoesNotExist:
        return ScheduleVersion(location=location)
