"""The board as its template shows it: columns of blocks on rows of their own day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.desk.board.blocks import (
    BookingBlock,
    FreePlace,
    MarkBlock,
    booking_block,
    free_places,
    mark_blocks,
)
from bookings.desk.board.rows import MOST_ROWS, Rows
from bookings.desk.board.sheet import Sheet
from bookings.desk.board.times import clock_time, stretch_words
from bookings.desk.links import add_url, board_url, explain_url, week_url
from bookings.domain.day import By, Column
from bookings.models import Booking
from bookings.scheduling.hours import DAY_MINUTES, WallClock, day_number
from bookings.scheduling.timeline import CELL_MINUTES, Interval, Minute

HOUR = 60
OFFICE_HOURS = (9 * HOUR, 17 * HOUR)
"""What a board shows on which nobody works and nothing is booked."""
LABEL_MINUTES = 15
"""As much of the day as a time at the side covers."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where one can go, and what is said about it."""

    label: str
    url: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One therapist, room or date: its ground, what lies on it, and where it is now."""

    key: str
    head: Link
    hours: str
    add: Link | None
    working: list[str]
    marks: list[MarkBlock]
    blocks: list[BookingBlock | FreePlace]
    now: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A time at the board's side."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Board:
    """Rows, the times at their side with the present one, and the columns."""

    rows: Rows
    labels: list[Label]
    now: Label | None
    columns: list[BoardColumn]


def board_of(columns: list[Column], sheet: Sheet) -> Board:
    """Lay the columns out. Each has as many rows, from the same time of its own day on."""
    clock = sheet.clock
    first, count = _extent(clock, columns)
    grids = {day: Rows(_at(clock, day, first), count) for day in {each.date for each in columns}}
    rows = grids[_calm(clock, grids)] if grids else Rows(sheet.now, 0)
    laid = [_column(column, grids[column.date], sheet) for column in columns]
    return Board(rows, _labels(rows, sheet), _now(rows, sheet), laid)


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
    for day in ordered:
        if _at(clock, day, DAY_MINUTES) - _at(clock, day, 0) == DAY_MINUTES:
            return day
    return ordered[0]


def _labels(rows: Rows, sheet: Sheet) -> list[Label]:
    """Every full hour of the wall clock that the time that it is does not cover."""
    clock, now = sheet.clock, sheet.now // CELL_MINUTES * CELL_MINUTES
    instants = range(rows.interval.start, rows.interval.end, CELL_MINUTES)
    return [
        Label(rows.place(Interval(instant, instant + HOUR)), clock_time(clock, instant))
        for instant in instants
        if clock.wall(instant) % HOUR == 0 and abs(instant - now) >= LABEL_MINUTES
    ]


def _now(rows: Rows, sheet: Sheet) -> Label | None:
    """The time that it is, where a day of the board shows it."""
    row = rows.row_of(sheet.now)
    if row is None:
        return None
    return Label(f"from-{row} until-{row + 3}", clock_time(sheet.clock, sheet.now))


def _column(column: Column, rows: Rows, sheet: Sheet) -> BoardColumn:
    clock = sheet.clock
    blocks: list[BookingBlock | FreePlace] = [
        booking_block(booking, rows, sheet) for booking in column.bookings
    ]
    if sheet.may.book:
        blocks += free_places(column, rows, sheet)
    is_today = column.date == clock.date(sheet.now)
    now = rows.row_of(sheet.now)
    return BoardColumn(
        key=column.date.isoformat() if sheet.is_week else column.owner.slug,
        head=_head(column, sheet),
        hours=", ".join(stretch_words(clock, interval) for interval in column.working),
        add=_add(column, rows, sheet),
        working=[rows.place(interval) for interval in column.working],
        marks=list(mark_blocks(column, rows, clock)),
        blocks=sorted(blocks, key=lambda block: block.start),
        now=f"from-{now}" if now is not None and is_today else "",
        is_today=is_today,
    )


def _head(column: Column, sheet: Sheet) -> Link:
    """To the week of a day's therapist or room, and to the day of a week's date."""
    if sheet.is_week:
        day = date_format(column.date, _("D j M"))
        return Link(day, board_url(sheet.location, column.date, sheet.by))
    week = week_url(sheet.location, column.date, sheet.by, column.owner.slug)
    return Link(column.owner.name, week)


def _add(column: Column, rows: Rows, sheet: Sheet) -> Link | None:
    """Time off for the therapist, or a block of the room, as long as the shift."""
    shift = _hull(column.working) or rows.interval
    pk, location = column.owner.pk, sheet.location.pk
    if sheet.by is By.THERAPIST and sheet.may.give_time_off:
        rows_named = {"therapist": pk, "location": location}
        url = add_url("therapists_timeoff", sheet.back, sheet.clock, shift, **rows_named)
        return Link(_("Time off"), url)
    if sheet.by is By.ROOM and sheet.may.block:
        url = add_url("premises_roomblock", sheet.back, sheet.clock, shift, room=pk)
        return Link(_("Block"), url)
    return None


def tools(columns: list[Column], board: Board, sheet: Sheet) -> list[Link]:
    """What is asked or entered for the whole day, as long as the shifts last."""
    shifts = [interval for column in columns for interval in column.working]
    shift, at = _hull(shifts) or board.rows.interval, {"location": sheet.location.pk}
    may, found = sheet.may, []
    if may.move:
        found.append(Link(_("Why not?"), explain_url(sheet.location, shift.start)))
    for label, model, rows, is_allowed in (
        (_("Time off"), "therapists_timeoff", at, may.give_time_off),
        (_("Close part of the day"), "premises_closure", at, may.close),
        (_("Block a room"), "premises_roomblock", {}, may.block),
    ):
        if is_allowed:
            found.append(Link(label, add_url(model, sheet.back, sheet.clock, shift, **rows)))
    return found


def cancelled_link(booking: Booking, sheet: Sheet) -> Link:
    """A session that will not be, and its booking's page."""
    block = booking_block(booking, Rows.over(booking.occupied), sheet)
    words = _("%(times)s %(client)s, %(session)s, %(therapist)s")
    named = {
        "times": block.times,
        "client": block.client,
        "session": block.session,
        "therapist": booking.therapist.name,
    }
    return Link(words % named, block.url)


def _hull(intervals: list[Interval]) -> Interval | None:
    """From the first start to the last end."""
    if not intervals:
        return None
    return Interval(min(each.start for each in intervals), max(each.end for each in intervals))
