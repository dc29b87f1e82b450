"""The stretch of time a question is about, and the starts that its dates, S9 and T5 allow."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from bookings.domain.bookable.question import Question
from bookings.scheduling.cells import dates_bits, grid_bits, midnight_bits, window_of
from bookings.scheduling.hours import (
    DAY_MINUTES,
    DateSpan,
    WallClock,
    WallMinute,
    WallSpan,
    local_date,
    to_instant,
    to_minute,
)
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import CELL_MINUTES, Bits, Interval, Minute, Window
from studio.premises.models import Location

MARGIN_MINUTES = 2 * DAY_MINUTES
"""A session and its buffers reach at most a day out of its date, and a booking that counts on
the same date at a location of another zone (rule T7) starts at most 26 hours away."""


@dataclass(slots=True)
class Days:
    """Local dates of a location as a window, with the wall clocks that its rows are read on."""

    location: Location
    first: date
    last: date
    clock: WallClock
    window: Window
    _clocks: dict[str, WallClock] = field(default_factory=dict)
    _dates: dict[DateSpan, Bits] = field(default_factory=dict)
    _midnights: Bits | None = None

    @classmethod
    def between(cls, location: Location, first: date, last: date) -> "Days":
        """The dates from the first to the last, both inclusive, and nothing around them."""
        clock = WallClock(location.timezone, first, last)
        return cls(location, first, last, clock, window_of(clock, first, last, 0))

    @property
    def instants(self) -> Interval:
        """The window as an interval."""
        return Interval(self.window.origin, self.window.end)

    @property
    def wall_reach(self) -> tuple[datetime, datetime]:
        """Wall-clock times, in any zone, outside of which nothing can touch the window."""
        around = timedelta(days=1)
        start, end = (to_instant(minute) for minute in (self.window.origin, self.window.end))
        return (start - around).replace(tzinfo=None), (end + around).replace(tzinfo=None)

    @property
    def near(self) -> Q:
        """What `wall_from` and `wall_until` are of a row that can touch the window."""
        early, late = self.wall_reach
        return Q(wall_from__lt=late, wall_until__gt=early)

    def dates(self, first: date | None, last: date | None) -> Bits:
        """The cells of local dates from `first` to `last`, either of them open."""
        span = DateSpan(first or date.min, last or date.max)
        # Days are asked for again and again: for every therapist, and every booking of a file.
        if span not in self._dates:
            self._dates[span] = dates_bits(self.clock, self.window, span)
        return self._dates[span]

    @property
    def midnights(self) -> Bits:
        """The cells at which a local date begins."""
        if self._midnights is None:
            self._midnights = midnight_bits(self.clock, self.window)
        return self._midnights

    def wall(self, start: WallMinute, until: WallMinute, zone: str | None = None) -> Bits:
        """The cells from one wall-clock time until another, read in a zone (rule T4)."""
        clock = self._clock(zone) if zone else self.clock
        interval = clock.span(WallSpan(start, until))
        return self.window.bits(interval.start, interval.end)

    def _clock(self, zone: str) -> WallClock:
        if zone == self.location.timezone:
            return self.clock
        if zone not in self._clocks:
            self._clocks[zone] = WallClock(zone, self.first, self.last)
        return self._clocks[zone]


@dataclass(slots=True)
class Frame(Days):
    """The days of one question."""

    question: Question = field(kw_only=True)

    @classmethod
    def of(cls, question: Question) -> "Frame":
        """The frame of a question, with what can touch its dates."""
        location, first, last = question.location, question.first, question.last
        clock = WallClock(location.timezone, first, last)
        window = window_of(clock, first, last, MARGIN_MINUTES)
        return cls(location, first, last, clock, window, question=question)

    @property
    def reach(self) -> Interval:
        """The instants that a session can occupy that starts on one of the dates."""
        length, window = self.question.length, self.window
        start, end = window.origin + MARGIN_MINUTES, window.end - MARGIN_MINUTES
        return Interval(start - length.buffer_before, end + length.duration + length.buffer_after)

    def starts(self) -> Bits:
        """The cells at which the session may start as far as dates, step and S9 go."""
        question = self.question
        allowed = self.dates(question.first, question.last) & self.on_step()
        if not question.location.active:
            return 0
        return allowed & self.in_notice_and_horizon()

    def on_step(self) -> Bits:
        """The location's step for clients; five minutes for staff (rules T5 and S9)."""
        question = self.question
        step = CELL_MINUTES if question.is_staff else question.location.slot_step_minutes
        bits = grid_bits(self.clock, self.window, step)
        if question.moving is not None:
            # A client may keep a start that reception has chosen off the step.
            cell = self.window.cell_of(to_minute(question.moving.starts_at))
            bits |= 1 << cell if cell is not None else 0
        return bits

    def in_notice_and_horizon(self) -> Bits:
        """From the shortest notice until the horizon; for staff from now on (rule S9)."""
        question = self.question
        bits = self.window.from_instant(earliest_start(question))
        if question.is_staff or Rule.NOTICE_AND_HORIZON in question.overridden:
            return bits
        today = local_date(question.location.timezone, question.now)
        return bits & self.dates(None, today + timedelta(days=question.location.horizon_days))


def earliest_start(question: Question) -> Minute:
    """The first instant that S9 allows.

    For clients after the notice; for staff now or, with a reason, up to a day back: a walk-in is
    booked when it began.
    """
    if Rule.NOTICE_AND_HORIZON in question.overridden:
        return question.now - DAY_MINUTES
    if not question.is_staff:
        return question.now + question.location.min_notice_minutes
    return question.now
