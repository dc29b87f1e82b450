"""What is booked already around a question (rules S3, S4, S8 and A1)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from bookings.domain.frame import Frame
from bookings.domain.question import Question
from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Bits, Interval


@dataclass(slots=True)
class Taken:
    """Cells taken per therapist and per room, and minutes booked per therapist and date."""

    by_therapist: defaultdict[int, Bits] = field(default_factory=lambda: defaultdict(int))
    by_room: defaultdict[int, Bits] = field(default_factory=lambda: defaultdict(int))
    minutes: defaultdict[tuple[int, date], int] = field(default_factory=lambda: defaultdict(int))
    barefoot: defaultdict[int, defaultdict[date, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )

    def add(
        self, therapist: int, room: int, cells: Bits, day: date, minutes: int, *, barefoot: bool
    ) -> None:
        """Count one more booking: the cells it takes, and its minutes without buffers."""
        self.by_therapist[therapist] |= cells
        self.by_room[room] |= cells
        self.minutes[therapist, day] += minutes
        if barefoot:
            self.barefoot[therapist][day] += minutes

    def without(self, booking: Booking, cells: Bits) -> "Taken":
        """What is left when a booking that was counted gives its cells back."""
        left = Taken(
            self.by_therapist.copy(), self.by_room.copy(), self.minutes.copy(), self.barefoot.copy()
        )
        therapist, day, minutes = booking.therapist_id, booking.date, booking.duration_minutes
        left.by_therapist[therapist] &= ~cells
        left.by_room[booking.room_id] &= ~cells
        left.minutes[therapist, day] -= minutes
        if booking.barefoot:
            left.barefoot[therapist] = left.barefoot[therapist].copy()
            left.barefoot[therapist][day] -= minutes
        return left


def taken(frame: Frame, therapist_ids: Collection[int], room_ids: Collection[int]) -> Taken:
    """Gather the bookings that stand in the window, at any location, in one query."""
    rows = in_the_way(frame.question, frame.instants, therapist_ids, room_ids)
    found = Taken()
    for therapist, room, start, end, day, minutes, barefoot in rows.values_list(
        "therapist_id",
        "room_id",
        "occupied_from",
        "occupied_until",
        "date",
        "duration_minutes",
        "barefoot",
    ):
        cells = frame.window.bits(start, end)
        found.add(therapist, room, cells, day, minutes, barefoot=barefoot)
    return found


def in_the_way(
    question: Question,
    stretch: Interval,
    therapist_ids: Collection[int],
    room_ids: Collection[int],
) -> BookingQuerySet:
    """The bookings that take one of the therapists or one of the rooms for some of a stretch.

    A hold past its time stops nobody (B3), nor does a booking that is being moved (B5) or given
    back.
    """
    bookings = (
        Booking.objects.standing(to_instant(question.now))
        .overlapping(stretch)
        .filter(Q(therapist_id__in=therapist_ids) | Q(room_id__in=room_ids))
        .order_by()
    )
    free = [own.pk for own in (question.moving, question.freed) if own is not None]
    return bookings.exclude(pk__in=free) if free else bookings
