"""What is asked of the schedule, as values."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bookings.models import Booking, SessionType
from bookings.scheduling.slots import NOTHING_OVERRIDDEN, Rule, SessionLength
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location


@dataclass(frozen=True, slots=True)
class Question:
    """When a session type can start at a location, between two local dates.

    `first` and `last` are inclusive. `is_staff` leaves out the notice and the horizon (S9) and
    the step (T5). A named therapist or room narrows the search to it. The own time of `moving`
    counts as free, and its own length is kept unless the session type changes (rules B4, B5);
    with `keeps_room` its room goes before those that A2 would pick. The time of `freed`, and of
    its partner, counts as free only: it is given back before anything else is taken (B3). With
    `leaves_undo` what was given back counts as taken while it can be taken back (B6). `in_pair`
    asks for the rooms beside each other too.
    """

    location: Location
    session_type: SessionType
    first: date
    last: date
    now: Minute
    is_staff: bool = False
    therapist: str | None = None
    room: str | None = None
    moving: Booking | None = None
    keeps_room: bool = False
    freed: Booking | None = None
    leaves_undo: bool = False
    in_pair: bool = False
    overridden: frozenset[Rule] = NOTHING_OVERRIDDEN

    @property
    def own(self) -> Q:
        """The bookings whose time counts as free."""
        own = Q(pk__in=[each.pk for each in (self.moving, self.freed) if each is not None])
        if self.freed is not None and self.freed.pair_id is not None:
            own |= Q(pair=self.freed.pair_id, pair__isnull=False)
        return own

    def is_own(self, booking: Booking) -> bool:
        """Whether a booking is one of those."""
        if booking.pk in {each.pk for each in (self.moving, self.freed) if each is not None}:
            return True
        pair = self.freed.pair_id if self.freed is not None else None
        return pair is not None and booking.pair_id == pair

    @property
    def past_working_time(self) -> bool:
        """Whether whoever asks can go past S2, and is told how far from it somebody is.

        Then everybody counts who gives the session, wherever she works; else those who work there.
        """
        return self.is_staff or Rule.WORKING in self.overridden

    @property
    def keeps_length(self) -> bool:
        """Whether a booking is asked about that keeps its session type."""
        return self.moving is not None and self.moving.session_type_id == self.session_type.pk

    @property
    def kept_room_id(self) -> int | None:
        """The room that a booking stays in where it can."""
        return self.moving.room_id if self.moving is not None and self.keeps_room else None

    @property
    def length(self) -> SessionLength:
        """Duration and buffers, minutes."""
        if self.moving is not None and self.keeps_length:
            return self.moving.length
        return self.session_type.length

    @property
    def barefoot(self) -> bool:
        """Whether the session counts towards barefoot minutes (rules S7 and S8)."""
        if self.moving is not None and self.keeps_length:
            return self.moving.barefoot
        return self.session_type.barefoot


def question_about(booking: Booking, *, is_staff: bool, now: Minute) -> Question:
    """Whether a booking that has lost its time could have it again, as it was."""
    return Question(
        location=booking.location,
        session_type=booking.session_type,
        first=booking.date,
        last=booking.date,
        now=now,
        is_staff=is_staff,
        therapist=booking.therapist.slug,
        moving=booking,
    )
