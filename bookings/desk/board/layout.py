"""The board as its template shows it: columns of blocks on common rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bookings.desk.board.blocks import (
    BookingBlock,
    FreePlace,
    MarkBlock,
    booking_block,
    free_places,
    mark_blocks,
)
from bookings.desk.board.rows import MOST_ROWS, Rows
from bookings.desk.board.times import clock_time, stretch_words
from bookings.domain.day import By, Column, Schedule
from bookings.scheduling.hours import DAY_MINUTES, WallClock, day_number
from bookings.scheduling.timeline import CELL_MINUTES, Interval, Minute
from studio.premises.models import Location

HOUR = 60
OFFICE_HOURS = (9 * HOUR, 17 * HOUR)
"""What a board shows on which nobody works and nothing is booked."""


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One therapist, room or date: its ground, what lies on it, and where it is now."""

    slug: str
    name: str
    date: date
    hours: str
    working: list[str]
    marks: list[MarkBlock]
    blocks: list[BookingBlock | FreePlace]
    now: str


@dataclass(frozen=True, slots=True)
class Label:
    """A time at the board's side."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything between the toolbar and the legend."""

    rows: Rows
    labels: list[Label]
    columns: list[BoardColumn]


@dataclass(frozen=True, slots=True)
class May:
    """What whoever looks may do from here."""

    book: bool
    move: bool


def board_of(schedule: Schedule, location: Location, by: By, *, may: May, now: Minute) -> Board:
    """Lay the columns out. Each has as many rows, from the same time of its own day on."""
    clock, columns = schedule.clock, schedule.columns
    first, count = _extent(clock, columns)
    grids = {day: Rows(_at(clock, day, first), count) for day in {each.date for each in columns}}
    laid = [
        _column(column, grids[column.date], clock, location, by, may=may, now=now)
        for column in columns
    ]
    rows = grids[_calm(clock, grids)] if grids else Rows(now, 0)
    return Board(rows, _labels(clock, rows), laid)


def _extent(clock: WallClock, columns: Iterable[Column]) -> tuple[int, int]:
    """The minute of the day from which the board shows, and its number of rows: whole hours."""
    spans = [
        (each.date, interval)
        for each in columns
        for interval in (*each.working, *(booking.occupied for booking in each.bookings))
    ]
    if not spans:
        opens, closes = OFFICE_HOURS
        return opens, (closes - opens) // CELL_MINUTES
    first = min(
        clock.wall(interval.start) - day_number(day) * DAY_MINUTES for day, interval in spans
    )
    first = first // HOUR * HOUR
    minutes = max(interval.end - _at(clock, day, first) for day, interval in spans)
    return first, min(-(-minutes // HOUR) * HOUR // CELL_MINUTES, MOST_ROWS)


def _at(clock: WallClock, day: date, minute: int) -> Minute:
    """The instant at which a date's clock has gone that far; before midnight if negative."""
    return clock.as_start(day_number(day) * DAY_MINUTES + minute)


def _calm(clock: WallClock, days: Iterable[date]) -> date:
    """A date on which the clocks are not changed, if there is one: it gives the times."""
    ordered = sorted(days)
    return next(
        (
            day
            for day in ordered
            if _at(clock, day, DAY_MINUTES) - _at(clock, day, 0) == DAY_MINUTES
        ),
        ordered[0],
    )


def _labels(clock: WallClock, rows: Rows) -> list[Label]:
    """Every full hour of the wall clock."""
    instants = range(rows.interval.start, rows.interval.end, CELL_MINUTES)
    return [
        Label(rows.place(Interval(instant, instant + HOUR)), clock_time(clock, instant))
        for instant in instants
        if clock.wall(instant) % HOUR == 0
    ]


def _column(
    column: Column,
    rows: Rows,
    clock: WallClock,
    location: Location,
    by: By,
    *,
    may: May,
    now: Minute,
) -> BoardColumn:
    blocks: list[BookingBlock | FreePlace] = [
        booking_block(booking, rows, clock, by, movable=may.move) for booking in column.bookings
    ]
    if may.book:
        blocks += free_places(column, rows, clock, location, by, now=now)
    row = rows.row_of(now)
    return BoardColumn(
        slug=column.owner.slug,
        name=column.owner.name,
        date=column.date,
        hours=", ".join(stretch_words(clock, interval) for interval in column.working),
        working=[rows.place(interval) for interval in column.working],
        marks=list(mark_blocks(column, rows, clock)),
        blocks=sorted(blocks, key=lambda block: block.start),
        now=f"from-{row}" if row is not None else "",
    )
