"""What is read of a schedule, kept while it stays.

For who looks, what its version tells is enough; a write goes by what the database has noted too
(`bookings.domain.bookable.ahead`).
"""

from collections.abc import Callable, Hashable, Sequence
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
from bookings.domain.bookable.roster import UnbookedTherapist
from bookings.domain.bookable.shares import Texts, shared, texts_of, told_by
from studio.memory import Memory
from studio.premises.models import Location, ScheduleVersion
from studio.queries import ask

KEPT_SECONDS = 100
"""What was written past the domain, in a shell, is seen after three times this.

What is kept may be made of what is kept, and that once more: a page of whom a question found, and
the question of a session that was known.
"""

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
    for found in ask(_version_query(connection.vendor), [location_id]):
        return Version(*found)
    return Version(0, 0)


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
    cells: int

    @property
    def size(self) -> int:
        """About how many bytes it takes: for each one stretch of bits, others are shared."""
        return self.times(400 + self.cells // 8)

    def times(self, each: int) -> int:
        """What all of them take, if each takes so much."""
        return (len(self.therapists) + len(self.rooms)) * each


UNBOOKED: Memory[Hashable, Unbooked] = Memory(most_bytes=32_000_000, seconds=KEPT_SECONDS)


@dataclass(frozen=True, slots=True)
class Seen:
    """A situation, with the texts that said what was booked then."""

    unbooked: Unbooked
    texts: Texts
    situation: Situation

    @property
    def size(self) -> int:
        """About how many bytes it takes: for each nine stretches of bits, and the texts."""
        written = sum(
            len(times) + len(places) + 300 for _kind, _therapist, times, places, _ends in self.texts
        )
        return self.unbooked.times(500 + 9 * self.unbooked.cells // 8) + written


SEEN: Memory[Hashable, Seen] = Memory(most_bytes=80_000_000, seconds=KEPT_SECONDS)
"""By texts that are read anew each time: nothing of it can be out of date."""


def look(question: Question) -> Situation:
    """What `gather` says, in one query: what no booking bears on is kept from the first on.

    Where what is booked is what it was, too, where sessions fit is known.
    """
    frame, asked = Frame.of(question), _asked(question, version_of(question.location).rules)
    unbooked = UNBOOKED.get(asked)
    if unbooked is None:
        return _gathered(frame, asked)
    people = [each.candidate.pk for each in unbooked.therapists]
    texts = texts_of(frame, people, [room.pk for room in unbooked.rooms])
    key = asked, question.length, question.barefoot, question.overridden
    seen = SEEN.get(key)
    if seen is not None and seen.unbooked is unbooked and seen.texts == texts:
        return seen.situation.at(frame)
    situation = Situation.of(frame, unbooked.therapists, unbooked.rooms, told_by(texts, frame))
    if question.moving is None and question.freed is None:  # else it is one client's affair
        SEEN.keep(key, Seen(unbooked, texts, situation))
    return situation


def look_closely(question: Question, state: Hashable) -> Situation:
    """What `gather` says, for who is to choose among those who are free; of a new booking.

    What no booking bears on is kept for a state of the house that was read before.
    """
    frame, asked = Frame.of(question), _asked(question, state)
    unbooked = UNBOOKED.get(asked)
    if unbooked is None:
        return _gathered(frame, asked)
    return closely(frame, unbooked.therapists, unbooked.rooms)


def closely(
    frame: Frame, therapists: Sequence[UnbookedTherapist], rooms: Sequence[UnbookedRoom]
) -> Situation:
    """The situation of them with what is booked now, in one query."""
    people, places = [each.candidate.pk for each in therapists], [room.pk for room in rooms]
    if not people or not places:  # shares begin with either
        return Situation.of(frame, therapists, rooms, booked(frame))
    # Who is to choose among them looks at all that lies around a session.
    taken = shared(frame, people, places, frame.instants)
    return Situation.of(frame, therapists, rooms, taken)


def _asked(question: Question, state: Hashable) -> Hashable:
    return (
        *(state, question.location.pk, question.session_type.pk, question.first, question.last),
        *(question.therapist, question.room, question.in_pair, question.past_working_time),
    )


def _gathered(frame: Frame, asked: Hashable) -> Situation:
    found = gathered(frame)
    UNBOOKED.keep(asked, Unbooked(found.therapists, found.rooms, frame.window.cells))
    return Situation.of(frame, found.therapists, found.rooms, found.taken)
