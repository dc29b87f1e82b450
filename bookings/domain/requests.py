"""What callers ask for, as values that a door has parsed and the domain judges."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bookings.domain.health.evaluation import Given
from bookings.enums import Ask, Pressure
from bookings.models import Client, SessionType
from bookings.scheduling.slots import NOTHING_OVERRIDDEN, Rule
from bookings.scheduling.timeline import Minute
from studio.premises.models import Location, Room
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class Wish:
    """A session at a start, with a therapist and in a room, or with and in any (None)."""

    location: Location
    session_type: SessionType
    starts_at: Minute
    therapist: Therapist | None = None
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class PairWish:
    """Two sessions at one start, for two; with `side_by_side` in rooms beside each other alone."""

    first: Wish
    second: Wish
    side_by_side: bool = False

    @property
    def each(self) -> tuple[Wish, Wish]:
        """Both."""
        return self.first, self.second

    def __post_init__(self) -> None:
        """Refuse sessions at two starts, or places."""
        first, second = self.first, self.second
        if (first.location, first.starts_at) != (second.location, second.starts_at):
            raise ValueError("Two together come to one place at one start.")


@dataclass(frozen=True, slots=True)
class Person:
    """How a client describes themselves; joins no client that is known already (rule P1)."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class AnswersGiven:
    """Health answers by the keys of their questions, to the sets of them that were asked."""

    version: int
    answers: Mapping[str, Given] = field(repr=False)
    consent: bool
    asks: tuple[Ask, ...] = (Ask.BOOKING,)


@dataclass(frozen=True, slots=True)
class Details:
    """Who comes, and how they like it. A `Client` is one whom the caller may speak for."""

    client: Person | Client | None = None
    pressure: Pressure = Pressure.MEDIUM
    notes: str = ""
    answers: AnswersGiven | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Soft rules that reception goes past, and why (recorded)."""

    rules: frozenset[Rule] = NOTHING_OVERRIDDEN
    reason: str = ""


NO_OVERRIDE = Override()


@dataclass(frozen=True, slots=True)
class Change:
    """What to move about a booking; None keeps what was, but any room is taken (rule A2).

    With `keeps_room` its own room is taken before any other. `alone` lets staff move one of two
    who come together away from the other.
    """

    starts_at: Minute | None = None
    therapist: Therapist | None = None
    any_therapist: bool = False
    session_type: SessionType | None = None
    room: Room | None = None
    keeps_room: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the caller saw the booking that is to be moved; None where it was not looked at."""

    starts_at: Minute
    therapist: Therapist | None = None
    room: Room | None = None
