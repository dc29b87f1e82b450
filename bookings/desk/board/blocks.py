"""What lies on the board's rows, in words and classes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.board.rows import Rows
from bookings.desk.board.sheet import Sheet
from bookings.desk.board.times import clock_time, stretch_words
from bookings.desk.links import book_url, booking_url
from bookings.desk.pairs.card import client_name
from bookings.domain.bookable.hindrances import Hinders
from bookings.domain.day import By, Column, Mark
from bookings.domain.moving import is_movable
from bookings.domain.pairs.partners import are_together
from bookings.enums import LIVE, Status
from bookings.models import Booking
from bookings.scheduling.cells import grid_bits
from bookings.scheduling.hours import WallClock, to_minute
from bookings.scheduling.timeline import Interval, Minute, Window, cells_of
from bookings.words import SIGNS

STATES = [(status.value, SIGNS[status], status.label) for status in LIVE]
"""What the legend explains."""

MARKS: dict[Hinders, str | Promise] = {
    Hinders.CLOSED: gettext_lazy("Closed"),
    Hinders.TIME_OFF: gettext_lazy("Time off"),
    Hinders.NOT_BAREFOOT: gettext_lazy("No barefoot work"),
    Hinders.BLOCKED: gettext_lazy("Blocked"),
}

SHORTEST_PLACE_MINUTES = 15
"""A free place lower than that would be too small to hit."""


@dataclass(frozen=True, slots=True)
class BookingBlock:
    """A booking with its buffers: the block is what it occupies, the session lies inside."""

    pk: int
    url: str
    place: str
    session_place: str
    start: Minute
    minutes: int
    before: int
    after: int
    movable: bool
    status: str
    sign: str
    state: str
    times: str
    client: str
    together: str
    session: str
    where: str


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A start that nothing takes, and the way to book it."""

    start: Minute
    place: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class MarkBlock:
    """Time off, a closure, a block, a session elsewhere."""

    kind: str
    place: str
    words: str


def booking_block(booking: Booking, rows: Rows, sheet: Sheet) -> BookingBlock:
    """A booking on the board; by therapist it names the room, and the other way round."""
    start, status = to_minute(booking.starts_at), Status(booking.status)
    session = Interval(start, start + booking.duration_minutes)
    other = booking.room if sheet.by is By.THERAPIST else booking.therapist
    return BookingBlock(
        pk=booking.pk,
        url=booking_url(booking.pk),
        place=rows.place(booking.occupied),
        session_place=Rows.over(booking.occupied).place(session),
        start=start,
        minutes=booking.duration_minutes,
        before=booking.buffer_before_minutes,
        after=booking.buffer_after_minutes,
        movable=sheet.may.move and is_movable(booking, now=sheet.now) and not sheet.is_week,
        status=status.value,
        sign=SIGNS.get(status, ""),
        state=_state(booking, sheet.clock),
        times=stretch_words(sheet.clock, session),
        client=client_name(booking),
        together=_together(booking, sheet),
        session=booking.session_name,
        where=other.name,
    )


def _together(booking: Booking, sheet: Sheet) -> str:
    """With whom its client comes, while both do."""
    partner = sheet.partners.get(booking.pk)
    if partner is None or not are_together(booking, partner, now=sheet.now):
        return ""
    return _("Together with %(name)s") % {"name": client_name(partner)}


def _state(booking: Booking, clock: WallClock) -> str:
    """Its state in a word; with the time until which it waits."""
    state = str(Status(booking.status).label)
    if booking.expires_at is None:
        return state
    until = clock_time(clock, to_minute(booking.expires_at))
    return _("%(state)s until %(time)s") % {"state": state, "time": until}


def free_places(column: Column, rows: Rows, sheet: Sheet) -> Iterator[FreePlace]:
    """Starts on the location's step within what is free, those that have not gone past.

    Whoever walks in some minutes after a start is still booked at it (rule S9).
    """
    step = sheet.location.slot_step_minutes
    step *= -(-SHORTEST_PLACE_MINUTES // step)
    for free in column.free:
        window = Window.covering(free)
        grid = grid_bits(sheet.clock, window, step)
        starts = [window.instant_of(cell) for cell in cells_of(grid)]
        for start, end in zip(starts, [*starts[1:], free.end], strict=False):
            if end > sheet.now:
                yield _free_place(Interval(start, end), column, rows, sheet)


def _free_place(free: Interval, column: Column, rows: Rows, sheet: Sheet) -> FreePlace:
    who = {"time": clock_time(sheet.clock, free.start), "name": column.owner.name}
    with_her = sheet.by is By.THERAPIST
    words = _("Book %(time)s with %(name)s") if with_her else _("Book %(time)s in %(name)s")
    slug = {sheet.by.value: column.owner.slug}
    return FreePlace(
        start=free.start,
        place=rows.place(free),
        url=book_url(sheet.location, free.start, **slug),
        words=words % who,
    )


def mark_blocks(column: Column, rows: Rows, clock: WallClock) -> Iterator[MarkBlock]:
    """What is in the way, each with its name; where it is off the board there is nothing."""
    for mark in column.marks:
        if mark.interval.overlaps(rows.interval):
            yield MarkBlock(mark.kind.value, rows.place(mark.interval), mark_words(mark, clock))
    for booking in column.elsewhere:
        if booking.occupied.overlaps(rows.interval):
            words = _("Booked at %(location)s") % {"location": booking.location}
            yield MarkBlock("elsewhere", rows.place(booking.occupied), words)


def mark_words(mark: Mark, clock: WallClock) -> str:
    """What it is, when, and why."""
    words = f"{MARKS[mark.kind]}, {stretch_words(clock, mark.interval)}"
    return f"{words}: {mark.reason}" if mark.reason else words
