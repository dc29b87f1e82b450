"""When a location is open: whenever somebody works there (rule S2)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from bookings.domain.bookable.frame import Days
from bookings.domain.bookable.hindrances import Hinders, Hindrance, hindrances
from bookings.domain.bookable.working import Shifts, shifts_at, who_works
from bookings.scheduling.cells import shift_bits, window_of
from bookings.scheduling.hours import DAY_MINUTES, WallClock, WallSpan, dates_between, local_time
from bookings.scheduling.timeline import Bits, Interval, Minute
from studio.premises.models import Closure, Location
from therapists.models import Therapist, TimeOff

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayHours:
    """A date, the stretches that begin on it, and why the place is shut for some of it.

    `usual` is what the weekly shifts say, where the date differs from it.
    """

    date: date
    stretches: list[Interval]
    usual: list[Interval] | None
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Shut:
    """A coming stretch in which the place is closed; whole dates where `times` is None."""

    first: date
    last: date
    times: Interval | None
    reason: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The coming seven days, the closures up to the horizon, and who works until then (ids)."""

    week: list[DayHours]
    closures: list[Shut]
    therapists: list[int]


def opening(location: Location, *, today: date) -> Opening:
    """When somebody is there, in two queries.

    A stretch that runs past midnight stands on the date on which it begins. Whoever works with
    her hands only is there (rule S7 is nobody's business).
    """
    horizon = today + max(timedelta(days=location.horizon_days), WEEK)
    days = Days.between(location, today - DAY, horizon)
    therapists = Therapist.objects.filter(active=True, pk__in=who_works(days)).values("pk")
    shifts = shifts_at(days, therapists)
    there = list(
        hindrances(
            days, therapists=therapists, time_off=TimeOff.objects.filter(barefoot_only=False)
        )
    )
    closures = [each for each in there if each.kind is Hinders.CLOSED]
    by_date = _by_date(days.clock, days.window.intervals(_open(shifts, there)))
    week = list(dates_between(today, today + WEEK - DAY))
    return Opening(
        [_open_day(shifts, day, by_date[day], closures) for day in week],
        sorted(
            (shut for closure in closures for shut in _shut(days, closure, today)),
            key=lambda shut: (shut.first, shut.last),
        ),
        [pk for pk, bits in shifts.bits().items() if bits],
    )


def closures_through(location: Location, last: date) -> list[Closure]:
    """The closures that go on until after a date, whether they have begun or not."""
    midnight = datetime.combine(last + DAY, time.min)
    return list(location.closures.filter(Q(last_day__gte=last) | Q(wall_until__gte=midnight)))


def shut_now(closures: Iterable[Closure], location: Location, now: Minute) -> Closure | None:
    """The one of them that has begun; the longest, if there are several."""
    wall = local_time(now, location.zone).replace(tzinfo=None)
    begun = [
        each
        for each in closures
        if (each.first_day <= wall.date() if each.first_day else each.wall_from <= wall)
    ]
    return max(begun, key=lambda each: each.last_day or each.wall_until.date(), default=None)


def _open(shifts: Shifts, there: Iterable[Hindrance]) -> Bits:
    """The cells in which at least one of the therapists works."""
    closed, off = 0, defaultdict[int, Bits](int)
    for hindrance in there:
        if hindrance.kind is Hinders.CLOSED:
            closed |= hindrance.cells
        else:
            off[hindrance.owner] |= hindrance.cells
    bits = 0
    for therapist, working in shifts.bits().items():
        bits |= working & ~off[therapist]
    return bits & ~closed


def _by_date(clock: WallClock, stretches: Iterable[Interval]) -> defaultdict[date, list[Interval]]:
    """Stretches by the date on which they begin; one of a day and more is cut at midnights."""
    found = defaultdict[date, list[Interval]](list)
    for stretch in stretches:
        for piece in _cut(clock, stretch):
            found[clock.date(piece.start)].append(piece)
    return found


def _cut(clock: WallClock, stretch: Interval) -> Iterator[Interval]:
    start = stretch.start
    while stretch.end - start >= DAY_MINUTES:
        midnight = clock.first_instant(clock.date(start) + DAY)
        yield Interval(start, midnight)
        start = midnight
    if start < stretch.end:
        yield Interval(start, stretch.end)


def _usual(shifts: Shifts, day: date) -> list[Interval]:
    """The stretches that the weekly shifts alone make of a date.

    They are united on a clock that is never changed, so that one week is like another.
    """
    first, last = day - DAY, day + DAY
    plain = WallClock("UTC", first, last)
    window = window_of(plain, first, last, 0)
    bits = 0
    for theirs in shifts.weekly.values():
        bits |= shift_bits(plain, window, theirs)
    clock = shifts.days.clock
    # A minute of the plain clock is a reading of the wall clock.
    return [
        clock.span(WallSpan(piece.start, piece.end))
        for piece in _by_date(plain, window.intervals(bits))[day]
    ]


def _open_day(
    shifts: Shifts, day: date, stretches: list[Interval], closures: list[Hindrance]
) -> DayHours:
    cells, usual = shifts.days.dates(day, day), _usual(shifts, day)
    reasons = [each.reason for each in closures if each.cells & cells and each.reason]
    return DayHours(
        day, stretches, None if usual == stretches else usual, list(dict.fromkeys(reasons))
    )


def _shut(days: Days, closure: Hindrance, today: date) -> Iterator[Shut]:
    clock = days.clock
    for stretch in days.window.intervals(closure.cells):
        first, last = clock.date(stretch.start), clock.date(stretch.end - 1)
        if last < today:
            continue
        whole = Interval(clock.first_instant(first), clock.first_instant(last + DAY))
        yield Shut(max(first, today), last, None if stretch == whole else stretch, closure.reason)
