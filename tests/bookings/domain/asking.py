"""Who asks for what in the domain's tests. NOW is a Friday morning in Denver, MONDAY follows."""

import pytest

from bookings.domain.booking import book, hold
from bookings.domain.callers import Caller
from bookings.domain.requests import NO_OVERRIDE, Details, Override, Person, Wish
from bookings.enums import Source
from bookings.errors import RuleRefused
from bookings.models import Booking, Client, SessionType
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Rule
from studio.premises.models import Location, Room
from tests.factories import Bookable, at
from therapists.models import Therapist

NOW = to_minute(at("2026-07-31 08:00"))

CLIENT = Caller(source=Source.API)
RECEPTION = Caller(source=Source.DESK, is_staff=True)
ADA = Person(name="Ada L.", email="ada@example.org")


def minute(wall: str, zone: str = "America/Denver") -> int:
    """The instant of a wall-clock time in minutes."""
    return to_minute(at(wall, zone))


def wish(
    what: Bookable,
    wall: str,
    *,
    therapist: Therapist | None = None,
    room: Room | None = None,
    session_type: SessionType | None = None,
    location: Location | None = None,
) -> Wish:
    """A session of a studio at a wall-clock time of its zone, with anyone unless named."""
    place = location or what.location
    return Wish(
        location=place,
        session_type=session_type or what.session_type,
        starts_at=minute(wall, place.timezone),
        therapist=therapist,
        room=room,
    )


def booked(
    what: Bookable,
    wall: str,
    *,
    caller: Caller = CLIENT,
    now: int = NOW,
    client: Person | Client = ADA,
    therapist: Therapist | None = None,
    session_type: SessionType | None = None,
    override: Override = NO_OVERRIDE,
) -> Booking:
    """A booking made through the domain."""
    asked = wish(what, wall, therapist=therapist, session_type=session_type)
    return book(asked, Details(client), caller=caller, now=now, override=override)


def refused(what: Bookable, wall: str = "2026-08-03 10:00", **options: object) -> RuleRefused:
    """The rule that keeps reception from booking."""
    with pytest.raises(RuleRefused) as caught:
        booked(what, wall, caller=RECEPTION, **options)  # type: ignore[arg-type]  # passed on
    return caught.value


def held(what: Bookable, wall: str, *, caller: Caller = CLIENT, now: int = NOW) -> Booking:
    """A hold made through the domain, without a client yet."""
    return hold(wish(what, wall), Details(), caller=caller, now=now)


def past(*rules: Rule) -> Override:
    """Reception goes past soft rules."""
    return Override(frozenset(rules), reason="The client asked for it.")
