"""What can be booked: the one predicate behind every listing and every booking."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from bookings.domain.bookable.frame import Frame, earliest_start
from bookings.domain.bookable.freed import count_freed
from bookings.domain.bookable.gathering import gathered
from bookings.domain.bookable.question import Question
from bookings.domain.bookable.rooms import RoomEntry, UnbookedRoom, room_entry
from bookings.domain.bookable.roster import RosterEntry, UnbookedTherapist, roster_entry
from bookings.domain.bookable.taken import Taken
from bookings.models import Booking
from bookings.scheduling.hours import WallClock, dates_between, local_date
from bookings.scheduling.open_days import OpenDay, first_start, open_days
from bookings.scheduling.slots import Open, Search, Slot, nearest
from bookings.scheduling.timeline import Minute

MAX_ALTERNATIVES = 5
NEARBY_DAYS = 7


@dataclass(frozen=True, slots=True)
class Situation:
    """The rows around a question, gathered once and turned into values."""

    frame: Frame
    roster: list[RosterEntry]
    rooms: list[RoomEntry]
    taken: Taken
    search: Search
    unbooked: tuple[Sequence[UnbookedTherapist], Sequence[UnbookedRoom]] = ((), ())
    """Therapists and rooms before anything was booked, where that is kept."""

    @classmethod
    def of(
        cls,
        frame: Frame,
        therapists: Sequence[UnbookedTherapist],
        there: Sequence[UnbookedRoom],
        taken: Taken,
    ) -> "Situation":
        """The situation of a frame's question with these therapists and rooms."""
        roster = [roster_entry(frame, unbooked, taken) for unbooked in therapists]
        rooms = [room_entry(frame, unbooked, taken) for unbooked in there]
        search = Search(
            window=frame.window,
            length=frame.question.length,
            therapists=tuple(entry.resource for entry in roster),
            rooms=tuple(entry.resource for entry in rooms),
            start=frame.starts(),
            overridden=frame.question.overridden,
        )
        return cls(frame, roster, rooms, taken, search, (therapists, there))

    def at(self, frame: Frame) -> "Situation":
        """The same in a frame of the same dates at another minute."""
        return replace(self, frame=frame, search=self.search.starting(frame.starts()))

    def cell_of(self, start: Minute) -> int | None:
        """The window's cell that begins at an instant."""
        return self.frame.window.cell_of(start)


@dataclass(frozen=True, slots=True)
class Listing[Found: Open]:
    """Every date asked about with its slots, and the first slot from there on (or None)."""

    days: list[tuple[date, list[Found]]]
    next_available: Minute | None


def gather(question: Question) -> Situation:
    """Everything that decides a question, in one query; with `leaves_undo` in a few."""
    frame = Frame.of(question)
    found = gathered(frame)
    if question.leaves_undo:
        count_freed(found, frame)
    return Situation.of(frame, found.therapists, found.rooms, found.taken)


def gather_each(
    bookings: Sequence[Booking], *, first: date, last: date, now: Minute
) -> Iterator[tuple[Booking, Situation]]:
    """What `gather` says to staff who would move each of these bookings, to anyone, in any room.

    They are of one session type at one location, and stand. One query, as for one of them.
    """
    question = Question(
        bookings[0].location, bookings[0].session_type, first, last, now, is_staff=True
    )
    frame = Frame.of(question)
    found = gathered(frame)
    for booking in bookings:
        about = replace(frame, question=replace(question, moving=booking, keeps_room=True))
        cells = frame.window.bits(booking.occupied_from, booking.occupied_until)
        left = found.taken.without(booking, cells)
        yield booking, Situation.of(about, found.therapists, found.rooms, left)


type Look = Callable[[Question], Situation]
"""How a situation is known: by gathering every row of it, or from what was kept of them."""


def open_slots(question: Question, *, look: Look = gather) -> list[Slot]:
    """The starts that can be booked on the question's dates, ascending."""
    return list(look(question).search.slots())


def open_between(situation: Situation, first: date, last: date) -> list[Slot]:
    """The starts that can be booked on some of a situation's dates, ascending; without a query."""
    search = situation.search
    within = search.start & situation.frame.dates(first, last)
    return list(search.starting(within).slots())


type Find[Found] = Callable[[date, date], list[Found]]
"""What can be booked from one date to another, both included, ascending."""


def listing(question: Question, *, look: Look = gather) -> Listing[Slot]:
    """Slots by local date, every date of the range in order, and the next one that is open."""
    return listed(question, finding(question, look=look))


@dataclass(frozen=True, slots=True)
class Openings:
    """The same as a listing of slots, by what they are made of."""

    days: list[OpenDay]
    next_available: Minute | None


def openings(question: Question, *, look: Look = gather) -> Openings:
    """Where sessions fit on every date of the range in order, and the next start that is open."""
    search, zone = look(question).search, question.location.timezone
    days = open_days(search, zone, question.first, question.last)
    first = first_start(days)
    return Openings(days, _next(question, finding(question, look=look)) if first is None else first)


class Told(Protocol):
    """An answer that says what is open next."""

    @property
    def next_available(self) -> Minute | None:
        """The first start from the dates on."""


class Tell[Answer: Told](Protocol):
    """What answers a question by looking."""

    def __call__(self, question: Question, /, *, look: Look) -> Answer:
        """The answer."""


def lasting[Answer: Told](
    question: Question, tell: Tell[Answer], *, look: Look = gather
) -> tuple[Answer, Minute]:
    """What is told, and the first minute at which it may be something else though nobody writes.

    Then a hold runs out (B3), or the notice reaches the first start or the horizon a date (S9).
    """
    seen: list[Situation] = []

    def looking(question: Question) -> Situation:
        seen.append(look(question))
        return seen[-1]

    found = tell(question, look=looking)
    return found, next_change(question, seen, found.next_available)


def next_change(question: Question, seen: Iterable[Situation], first: Minute | None) -> Minute:
    """The first minute at which these situations may open something else though nobody writes.

    `first` is the first start of which anything is told.
    """
    changes = [each.taken.ends for each in seen if each.taken.ends is not None]
    if first is not None:
        notice = earliest_start(question) - question.now
        changes.append(first - notice + 1)
    zone = question.location.timezone
    today = local_date(zone, question.now)
    changes.append(WallClock(zone, today, today).day_around(question.now).end)
    return min(changes)


def listed[Found: Open](question: Question, find: Find[Found]) -> Listing[Found]:
    """What is found on a question's dates; where that is nothing, the next one up to the horizon.

    The horizon is that of clients (rule S9), whoever asks.
    """
    clock = WallClock(question.location.timezone, question.first, question.last)
    by_day: dict[date, list[Found]] = {
        day: [] for day in dates_between(question.first, question.last)
    }
    slots = find(question.first, question.last)
    on_day, day_ends = list[Found](), slots[0].starts_at if slots else 0
    for slot in slots:
        if slot.starts_at >= day_ends:
            stretch = clock.day_around(slot.starts_at)
            on_day, day_ends = by_day[stretch.date], stretch.end
        on_day.append(slot)
    first = slots[0].starts_at if slots else _next(question, find)
    return Listing(list(by_day.items()), first)


def finding(question: Question, *, look: Look = gather) -> Find[Slot]:
    """What answers a question on other dates."""
    return lambda first, last: open_slots(replace(question, first=first, last=last), look=look)


def _next[Found: Open](question: Question, find: Find[Found]) -> Minute | None:
    today = local_date(question.location.timezone, question.now)
    horizon = today + timedelta(days=question.location.horizon_days)
    first = max(question.last + timedelta(days=1), today)
    coming = find(first, horizon) if first <= horizon else []
    return coming[0].starts_at if coming else None


def alternatives(question: Question, wanted: Minute) -> list[Slot]:
    """Up to five open slots nearest to a wanted start, ascending (rule A3)."""
    return nearest_found(question, wanted, finding(question))


def nearest_found[Found: Open](
    question: Question, wanted: Minute, find: Find[Found]
) -> list[Found]:
    """Up to five of what is found, nearest to a wanted start, ascending (rule A3).

    Looks a week around first, and at all that can be booked when there is nothing.
    """
    for first, last in _ranges(question, wanted):
        if slots := find(first, last):
            return nearest(slots, wanted, MAX_ALTERNATIVES)
    return []


def _ranges(question: Question, wanted: Minute) -> Iterator[tuple[date, date]]:
    zone = question.location.timezone
    today, day = local_date(zone, question.now), local_date(zone, wanted)
    horizon = max(today + timedelta(days=question.location.horizon_days), today)
    week = timedelta(days=NEARBY_DAYS)
    day = min(max(day, today), horizon)
    yield max(day - week, today), min(day + week, horizon)
    yield today, horizon
