"""What can be booked, and all that it takes."""

from dataclasses import dataclass
from decimal import Decimal

from bookings.models import SessionType
from studio.premises.models import Equipment, Location, Room
from tests.factories.premises import make_equipment, make_location, make_room
from tests.factories.therapists import (
    make_certification,
    make_qualification,
    make_shift,
    make_therapist,
)
from therapists.models import Qualification, Therapist


def make_session_type(
    *,
    slug: str | None = None,
    duration_minutes: int = 60,
    buffer_before_minutes: int = 0,
    buffer_after_minutes: int = 0,
    talk_minutes: int = 10,
    price: str = "120.00",
    barefoot: bool = True,
    style: str = "",
    locations: tuple[Location, ...] = (),
    therapists: tuple[Therapist, ...] = (),
    requires_equipment: tuple[Equipment, ...] = (),
    requires_qualifications: tuple[Qualification, ...] = (),
    active: bool = True,
) -> SessionType:
    """A kind of session, offered where and by whom is given."""
    slug = slug or f"session-{SessionType.objects.count() + 1}"
    session_type = SessionType.objects.create(
        slug=slug,
        name=slug.title(),
        duration_minutes=duration_minutes,
        buffer_before_minutes=buffer_before_minutes,
        buffer_after_minutes=buffer_after_minutes,
        talk_minutes=talk_minutes,
        price=Decimal(price),
        barefoot=barefoot,
        style=style,
        active=active,
    )
    session_type.locations.add(*locations)
    session_type.therapists.add(*therapists)
    session_type.requires_equipment.add(*requires_equipment)
    session_type.requires_qualifications.add(*requires_qualifications)
    return session_type


@dataclass(frozen=True)
class Bookable:
    """What `make_bookable` made."""

    location: Location
    room: Room
    therapist: Therapist
    session_type: SessionType


def make_bookable(
    *,
    time_from: str = "09:00",
    time_until: str = "17:00",
    duration_minutes: int = 60,
    buffer_before_minutes: int = 0,
    buffer_after_minutes: int = 0,
    timezone: str = "America/Denver",
    slot_step_minutes: int = 15,
) -> Bookable:
    """All that one session type needs to be booked.

    A place, a room with ceiling bars, and a certified therapist who works every day of the week.
    """
    location = make_location(timezone=timezone, slot_step_minutes=slot_step_minutes)
    bars, licence = make_equipment(), make_qualification()
    therapist = make_therapist()
    make_certification(therapist=therapist, qualification=licence)
    for weekday in range(7):
        make_shift(
            therapist=therapist,
            location=location,
            weekday=weekday,
            time_from=time_from,
            time_until=time_until,
        )
    return Bookable(
        location=location,
        room=make_room(location=location, equipment=(bars,)),
        therapist=therapist,
        session_type=make_session_type(
            duration_minutes=duration_minutes,
            buffer_before_minutes=buffer_before_minutes,
            buffer_after_minutes=buffer_after_minutes,
            locations=(location,),
            therapists=(therapist,),
            requires_equipment=(bars,),
            requires_qualifications=(licence,),
        ),
    )
