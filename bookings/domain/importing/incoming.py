"""A booking as a studio file states it."""

from dataclasses import dataclass
from datetime import date

from bookings.domain.callers import Caller
from bookings.domain.requests import Person
from bookings.enums import LIVE, Source, Status
from bookings.models import Booking, SessionType
from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Room
from therapists.models import Therapist

FILE = Caller(source=Source.FILE, is_staff=True)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A booking as a file states it; only a live one may leave its room open.

    `stored` is the booking in the database that it is about: that one keeps its client, and all
    that was copied when it was made.
    """

    location: Location
    session_type: SessionType
    therapist: Therapist
    starts_at: Minute
    status: Status
    room: Room | None = None
    person: Person | None = None
    stored: Booking | None = None

    @property
    def date(self) -> date:
        """Of its start, at the location (rule T7)."""
        return local_date(self.location.timezone, self.starts_at)

    @property
    def stays(self) -> bool:
        """Whether it has its time already, with this therapist and in this room."""
        stored = self.stored
        return (
            stored is not None
            and stored.is_live
            and self.status in LIVE
            and stored.therapist_id == self.therapist.pk
            and (self.room is None or stored.room_id == self.room.pk)
        )

    @property
    def is_judged(self) -> bool:
        """Whether it takes time that it has not had before."""
        return self.status in LIVE and not self.stays
