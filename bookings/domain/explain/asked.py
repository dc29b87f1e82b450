"""The start that is asked about, and how what stands behind a rule is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.question import Question
from bookings.models import Booking
from bookings.scheduling.hours import local_time, to_minute
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Bits, Interval, Minute


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and the booking it is about: who comes is not for everybody to read."""

    words: str
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says, and why.

    `number` is None where it would give a private period away (S7). A soft rule is one that
    reception can override; one `for_clients` does not bind reception at all.
    """

    number: str | None
    ok: bool
    reasons: tuple[Reason, ...]
    soft: bool = False
    for_clients: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One start of a question, with the bookings that stand in its way."""

    frame: Frame
    start: Minute
    bookings: tuple[Booking, ...] = ()

    @property
    def question(self) -> Question:
        """What is asked of the schedule."""
        return self.frame.question

    @property
    def day(self) -> date:
        """The local date of the start."""
        return self.frame.clock.date(self.start)

    @property
    def occupied(self) -> Interval:
        """The session with its buffers."""
        return self.question.length.occupied_from(self.start)

    @property
    def cells(self) -> Bits:
        """The cells of the window that the session and its buffers take."""
        return self.frame.window.bits(self.occupied.start, self.occupied.end)

    def is_in(self, bits: Bits) -> bool:
        """Whether some cells hold the one that begins at the start."""
        cell = self.frame.window.cell_of(self.start)
        return cell is not None and bool(bits >> cell & 1)

    def spelled(self, span: Interval) -> str:
        """From when until when, on the location's wall clock; a date only where it is another."""
        return f"{self._time(span.start)}–{self._time(span.end)}"

    def spelled_at(self, bits: Bits, at: Bits) -> str:
        """The unbroken stretches of some cells that touch others; empty where none does."""
        window = self.frame.window
        spans = [
            self.spelled(span)
            for span in window.intervals(bits)
            if window.bits(span.start, span.end) & at
        ]
        return listed(spans)

    def taken_by(self, whose: str, pk: int) -> list[Reason]:
        """The bookings that take a therapist (`therapist_id`) or a room (`room_id`) then."""
        return [
            Reason(self._spelled_booking(booking), booking)
            for booking in self.bookings
            if getattr(booking, whose) == pk
        ]

    def _spelled_booking(self, booking: Booking) -> str:
        start = to_minute(booking.starts_at)
        session = Interval(start, start + booking.duration_minutes)
        told = {
            "times": self.spelled(session),
            "occupied": self.spelled(booking.occupied),
            "location": booking.location if self._is_elsewhere(booking) else "",
        }
        match booking.occupied != session, self._is_elsewhere(booking):
            case True, True:
                words = _("Is booked %(times)s (with its buffers %(occupied)s) at %(location)s.")
            case True, False:
                words = _("Is booked %(times)s (with its buffers %(occupied)s).")
            case False, True:
                words = _("Is booked %(times)s at %(location)s.")
            case _:
                words = _("Is booked %(times)s.")
        return words % told

    def _is_elsewhere(self, booking: Booking) -> bool:
        return booking.location_id != self.question.location.pk

    def _time(self, instant: Minute) -> str:
        wall = local_time(instant, self.question.location.zone)
        if wall.date() == self.day:
            return wall.strftime("%H:%M")
        is_midnight = wall.strftime("%H:%M") == "00:00"
        if is_midnight and wall.date() == self.day + timedelta(days=1):
            return "24:00"
        return date_format(wall, _("D j M, H:i"))


def verdict(rule: Rule, reasons: Iterable[Reason], *, ok: bool, soft: bool = False) -> Verdict:
    """What a rule of the house says under its own number."""
    return Verdict(rule.value, ok, tuple(reasons), soft=soft)


def listed(parts: list[str]) -> str:
    """One after the other, with an "and" before the last."""
    *most, last = parts or [""]
    return _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def spelled_minutes(minutes: int) -> str:
    """A length of time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    return " ".join(parts)


def spelled_day(day: date) -> str:
    """A date as sentences name it."""
    return date_format(day, _("j M Y"))
