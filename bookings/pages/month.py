"""A month of days and the times of one of them, laid out for reading."""

from calendar import Calendar, monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import get_format
from django.utils.functional import Promise

from bookings.domain.bookable.availability import Situation, next_change
from bookings.domain.bookable.keeping import kept, look
from bookings.domain.bookable.opening import closures_through, shut_now
from bookings.domain.bookable.question import Question
from bookings.domain.pairs.places import (
    PairQuestion,
    PairSituation,
    look_at_pairs,
    open_pairs_between,
)
from bookings.enums import DayPart
from bookings.scheduling.hours import WallClock, local_date, to_instant
from bookings.scheduling.timeline import Minute, cells_of
from studio.premises.models import Closure, Location


@dataclass(frozen=True, slots=True)
class Day:
    """A date and how many times are open on it."""

    date: date
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Month:
    """What a client sees of what can be booked; `next_free` where the chosen dates have nothing.

    `shut` is the closure for which nothing at all is free, if there is one.
    `clocks_change` asks for offsets beside the chosen day's times: one of them may come twice.
    `has_rooms_beside` says of a month for two whether rooms that would do lie beside each other.
    Until `true_until` time alone changes nothing of it.
    """

    first: date
    weeks: list[list[Day | None]]
    previous: date | None
    following: date | None
    chosen: date | None
    parts: list[tuple[str | Promise, list[datetime]]]
    clocks_change: bool
    is_out_of_reach: bool
    next_free: datetime | None
    shut: Closure | None
    has_rooms_beside: bool
    true_until: Minute

    @property
    def weekdays(self) -> list[date]:
        """Seven dates in the order of the columns, for their names."""
        start = first_weekday()
        monday = date(2024, 1, 1)
        return [monday + timedelta(days=start + column) for column in range(7)]


def bookable_dates(location: Location, now: Minute) -> tuple[date, date]:
    """Today and the horizon at a location (rule S9)."""
    today = local_date(location.timezone, now)
    return today, today + timedelta(days=location.horizon_days)


def month_of(question: Question | PairQuestion, *, day: date | None, month: date | None) -> Month:
    """The month of a day, or the month itself, or else the one with the first open time.

    Dates out of reach show the nearest month that can be booked.
    """
    reach = _Reach.of(question)
    zone = reach.question.location.zone
    today, horizon = reach.first, reach.last
    asked = day or month
    shown = min(max(asked or today, today), horizon)
    open_days = reach.open_days(shown)
    if asked is None and not open_days and (free := reach.next_free(_last_of_month(shown))):
        shown = reach.date_of(free)
        open_days = reach.open_days(shown)
    elif asked is None and open_days:
        shown = min(open_days)
    chosen = day if day == shown else min(open_days, default=None)
    starts = open_days.get(chosen, []) if chosen else []
    free = starts[0] if starts else reach.next_free(chosen or _last_of_month(shown))
    earliest = open_days[min(open_days)][0] if open_days else free
    return Month(
        first=shown.replace(day=1),
        weeks=_weeks(shown, open_days, chosen, today),
        previous=_other_month(shown, -1, today, horizon),
        following=_other_month(shown, 1, today, horizon),
        chosen=chosen,
        parts=list(_parts(zone, starts)),
        clocks_change=chosen is not None and clocks_change(zone, chosen),
        is_out_of_reach=asked is not None and not _touches(asked, day is None, today, horizon),
        next_free=to_instant(free) if free is not None and not starts else None,
        shut=_shut(reach) if free is None and not open_days else None,
        has_rooms_beside=reach.has_rooms_beside,
        true_until=reach.true_until(earliest),
    )


def clocks_change(zone: ZoneInfo, day: date) -> bool:
    """Whether the day begins and ends with different offsets."""
    ends = (datetime.combine(day + timedelta(days=n), time.min, zone) for n in (0, 1))
    return len({end.utcoffset() for end in ends}) > 1


def first_weekday() -> int:
    """The week's first day where the language is spoken; Monday is 0."""
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


type Starts = Callable[[date, date], Iterable[Minute]]
"""The open starts from one date to another, both included, ascending."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """All that can be booked, from today to the horizon: one look tells of every month."""

    question: Question
    situations: Sequence[Situation]
    starts: Starts
    clock: WallClock
    first: date
    last: date

    @classmethod
    def of(cls, question: Question | PairQuestion) -> "_Reach":
        one = _one_of(question)
        first, last = bookable_dates(one.location, one.now)
        clock = WallClock(one.location.timezone, first, last)
        if isinstance(question, PairQuestion):
            both = look_at_pairs(question.between(first, last))
            return cls(one, both.each, _starts_for_both(both), clock, first, last)
        situation = look(replace(question, first=first, last=last))
        return cls(one, [situation], _starts(situation), clock, first, last)

    @property
    def has_rooms_beside(self) -> bool:
        """Whether any of the rooms that would do lie beside each other."""
        rooms = [room for each in self.situations for room in each.rooms]
        able = {room.pk for room in rooms}
        return any(room.beside & able for room in rooms)

    def date_of(self, minute: Minute) -> date:
        """The local date of an instant."""
        return self.clock.date(minute)

    def open_days(self, day: date) -> dict[date, list[Minute]]:
        """The dates of a day's month that have open starts, with these."""
        found: dict[date, list[Minute]] = {}
        of_day, day_ends = list[Minute](), 0
        for start in self.starts(day.replace(day=1), _last_of_month(day)):
            if start >= day_ends:
                stretch = self.clock.day_around(start)
                of_day, day_ends = found.setdefault(stretch.date, []), stretch.end
            of_day.append(start)
        return found

    def next_free(self, day: date) -> Minute | None:
        """The first open start after a date."""
        return next(iter(self.starts(day + timedelta(days=1), self.last)), None)

    def true_until(self, earliest: Minute | None) -> Minute:
        """The first minute at which a month may say something else; `earliest` of its starts."""
        if earliest is None:  # a closure may begin at any time
            return self.question.now + 1
        return next_change(self.question, self.situations, earliest)


def _starts(situation: Situation) -> Starts:
    """Of one: no more is made of what the search finds than what is looked at."""
    search, frame, union = situation.search, situation.frame, 0
    for bits in search.open_starts().values():
        union |= bits
    return lambda first, last: map(
        search.window.instant_of, cells_of(union & frame.dates(first, last))
    )


def _starts_for_both(both: PairSituation) -> Starts:
    return lambda first, last: (slot.starts_at for slot in open_pairs_between(both, first, last))


def _one_of(question: Question | PairQuestion) -> Question:
    """Where and when is asked, of one or of two."""
    return question.first if isinstance(question, PairQuestion) else question


def _shut(reach: _Reach) -> Closure | None:
    """Why nothing can be booked from today up to the horizon, if the place is closed."""
    question = reach.question
    if question.freed is not None:  # whoever holds a time there knows that it is not
        return None
    closures = kept(
        question.location,
        f"shut:{reach.last}",
        lambda: closures_through(question.location, reach.last),
    )
    return shut_now(closures, question.location, question.now)


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _touches(asked: date, is_month: bool, today: date, horizon: date) -> bool:
    """Whether any of the dates that were asked for can be booked."""
    last = _last_of_month(asked) if is_month else asked
    return asked <= horizon and today <= last


def _other_month(shown: date, step: int, today: date, horizon: date) -> date | None:
    """The first of the month before or after, if any of it can be booked."""
    first = shown.replace(day=1)
    other = first - timedelta(days=1) if step < 0 else _last_of_month(shown) + timedelta(days=1)
    other = other.replace(day=1)
    return other if _touches(other, True, today, horizon) else None


def _weeks(
    shown: date, open_days: dict[date, list[Minute]], chosen: date | None, today: date
) -> list[list[Day | None]]:
    """The month's weeks; those that are over are left out."""
    weeks = Calendar(first_weekday()).monthdatescalendar(shown.year, shown.month)
    return [
        [
            Day(day, len(open_days.get(day, [])), day == chosen)
            if day.month == shown.month
            else None
            for day in week
        ]
        for week in weeks
        if week[-1] >= today
    ]


def _parts(
    zone: ZoneInfo, starts: Iterable[Minute]
) -> Iterator[tuple[str | Promise, list[datetime]]]:
    """The times by part of the day; a part without any is left out."""
    times = [to_instant(start) for start in starts]
    for part in DayPart:
        within = [instant for instant in times if instant.astimezone(zone).hour in part.hours]
        if within:
            yield part.label, within
