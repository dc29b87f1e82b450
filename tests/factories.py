"""Rows for tests: each function writes the row it is named for, with the values it is given.

What is left out gets a plain default, and a parent that is left out is made too. Places are in
Denver. Times of day read "09:00", wall-clock times "2026-08-03 12:00" (a Monday).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from bookings.enums import PaymentMethod, Pressure, Source, Status
from bookings.models import (
    Booking,
    CalendarFeed,
    Client,
    Payment,
    Question,
    Questionnaire,
    SessionType,
)
from bookings.scheduling.hours import to_minute
from studio.pages.models import Page
from studio.premises.fields import parse_day_minute
from studio.premises.models import (
    Closure,
    Equipment,
    Inspection,
    Location,
    Room,
    RoomBlock,
    ScheduleVersion,
    Studio,
)
from therapists.models import (
    Certification,
    ExtraShift,
    Qualification,
    Shift,
    Therapist,
    TimeOff,
)

MONDAY = date(2026, 8, 3)


def at(wall: str, zone: str = "America/Denver") -> datetime:
    """The instant, in UTC, at which the wall clocks of a zone show a time."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


_numbers = count(1)
MONDAY_AT_TEN = at("2026-08-03 10:00")


def make_studio(
    *, name: str = "Ashiatsu Studio", currency: str = "USD", language: str = "en"
) -> Studio:
    """The one row of the business."""
    return Studio.objects.create(id=1, name=name, currency=currency, language=language)


def make_location(
    *,
    slug: str | None = None,
    timezone: str = "America/Denver",
    slot_step_minutes: int = 15,
    min_notice_minutes: int = 120,
    horizon_days: int = 90,
    free_cancellation_hours: int = 24,
    active: bool = True,
) -> Location:
    """A location, and its count of changes to the schedule."""
    slug = slug or f"location-{Location.objects.count() + 1}"
    location = Location.objects.create(
        slug=slug,
        name=slug.title(),
        timezone=timezone,
        address="1 Main Street",
        phone="+1 303 555 0100",
        email="studio@example.org",
        slot_step_minutes=slot_step_minutes,
        min_notice_minutes=min_notice_minutes,
        horizon_days=horizon_days,
        free_cancellation_hours=free_cancellation_hours,
        active=active,
    )
    ScheduleVersion.objects.create(location=location)
    return location


def make_equipment(*, slug: str = "ceiling-bars") -> Equipment:
    """A kind of equipment."""
    return Equipment.objects.create(slug=slug, name=slug.title())


def make_room(
    *,
    location: Location | None = None,
    slug: str | None = None,
    equipment: tuple[Equipment, ...] = (),
    active: bool = True,
) -> Room:
    """A room with exactly the given equipment."""
    slug = slug or f"room-{Room.objects.count() + 1}"
    room = Room.objects.create(
        location=location or make_location(), slug=slug, name=slug.title(), active=active
    )
    room.equipment.add(*equipment)
    return room


def make_inspection(*, room: Room, equipment: Equipment, due_on: date) -> Inspection:
    """The last day on which a room's equipment may be used."""
    return Inspection.objects.create(room=room, equipment=equipment, due_on=due_on)


def make_room_block(*, room: Room, wall_from: str, wall_until: str) -> RoomBlock:
    """A stretch in which a room cannot be used."""
    return RoomBlock.objects.create(
        room=room,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
    )


def make_closure_of_dates(*, location: Location, first_day: date, last_day: date) -> Closure:
    """Whole local dates, both included, on which a location is shut."""
    return Closure.objects.create(location=location, first_day=first_day, last_day=last_day)


def make_closure_of_times(*, location: Location, wall_from: str, wall_until: str) -> Closure:
    """Wall-clock times between which a location is shut."""
    return Closure.objects.create(
        location=location,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
    )


def make_user(*, username: str = "reception") -> User:
    """A staff account without a password."""
    return User.objects.create_user(username=username, is_staff=True)


def make_therapist(
    *,
    slug: str | None = None,
    max_barefoot_minutes_per_day: int | None = None,
    active: bool = True,
) -> Therapist:
    """A therapist who holds nothing and works nowhere yet."""
    slug = slug or f"therapist-{Therapist.objects.count() + 1}"
    return Therapist.objects.create(
        slug=slug,
        name=slug.title(),
        max_barefoot_minutes_per_day=max_barefoot_minutes_per_day,
        active=active,
    )


def make_qualification(
    *, slug: str = "massage-licence", style: str = "", level: int | None = None
) -> Qualification:
    """A licence, or with style and level a training."""
    return Qualification.objects.create(slug=slug, name=slug.title(), style=style, level=level)


def make_certification(
    *,
    therapist: Therapist,
    qualification: Qualification,
    number: str = "1",
    issued_on: date = date(2020, 1, 1),
    expires_on: date | None = None,
    verified_on: date | None = date(2020, 1, 2),
    revoked_on: date | None = None,
) -> Certification:
    """A proof that holds, unless dates say otherwise."""
    return Certification.objects.create(
        therapist=therapist,
        qualification=qualification,
        issuing_body="State Board",
        number=number,
        issued_on=issued_on,
        expires_on=expires_on,
        verified_on=verified_on,
        revoked_on=revoked_on,
    )


def make_shift(
    *,
    therapist: Therapist,
    location: Location,
    weekday: int = 0,
    time_from: str = "09:00",
    time_until: str = "17:00",
    first: date | None = None,
    last: date | None = None,
) -> Shift:
    """Working time of every week; weekday 0 is Monday."""
    return Shift.objects.create(
        therapist=therapist,
        location=location,
        weekday=weekday,
        time_from=parse_day_minute(time_from),
        time_until=parse_day_minute(time_until),
        first=first,
        last=last,
    )


def make_extra_shift(
    *, therapist: Therapist, location: Location, wall_from: str, wall_until: str
) -> ExtraShift:
    """Working time of one day."""
    return ExtraShift.objects.create(
        therapist=therapist,
        location=location,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
    )


def make_time_off(
    *,
    therapist: Therapist,
    location: Location,
    wall_from: str,
    wall_until: str,
    barefoot_only: bool = False,
) -> TimeOff:
    """When a therapist does not work, or not barefoot."""
    return TimeOff.objects.create(
        therapist=therapist,
        location=location,
        wall_from=datetime.fromisoformat(wall_from),
        wall_until=datetime.fromisoformat(wall_until),
        barefoot_only=barefoot_only,
    )


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


def make_client(
    *, name: str = "Robin Client", email: str = "robin@example.org", phone: str = ""
) -> Client:
    """A client."""
    return Client.objects.create(name=name, email=email, phone=phone)


def make_booking(
    *,
    therapist: Therapist | None = None,
    room: Room | None = None,
    session_type: SessionType | None = None,
    client: Client | None = None,
    starts_at: datetime = MONDAY_AT_TEN,
    status: Status = Status.CONFIRMED,
    expires_at: datetime | None = None,
    duration_minutes: int | None = None,
    buffer_before_minutes: int | None = None,
    buffer_after_minutes: int | None = None,
    barefoot: bool | None = None,
    reference: str | None = None,
    price: str | None = None,
    currency: str = "USD",
    source: Source = Source.SITE,
    booked_at: datetime | None = None,
    late_cancellation: bool = False,
    stored: bool = True,
) -> Booking:
    """A booking, copying from its session type; no rule is asked but the database's own."""
    room = room or make_room()
    session_type = session_type or make_session_type()
    duration = session_type.duration_minutes if duration_minutes is None else duration_minutes
    before = (
        session_type.buffer_before_minutes
        if buffer_before_minutes is None
        else buffer_before_minutes
    )
    after = (
        session_type.buffer_after_minutes if buffer_after_minutes is None else buffer_after_minutes
    )
    start = to_minute(starts_at)
    booking = Booking(
        reference=reference or f"TEST-{next(_numbers)}",
        status=status,
        location=room.location,
        session_type=session_type,
        therapist=therapist or make_therapist(),
        room=room,
        client=client or make_client(),
        starts_at=starts_at,
        date=starts_at.astimezone(room.location.zone).date(),
        occupied_from=start - before,
        occupied_until=start + duration + after,
        expires_at=expires_at,
        session_name=session_type.name,
        barefoot=session_type.barefoot if barefoot is None else barefoot,
        duration_minutes=duration,
        buffer_before_minutes=before,
        buffer_after_minutes=after,
        price=session_type.price if price is None else Decimal(price),
        currency=currency,
        free_cancellation_hours=room.location.free_cancellation_hours,
        pressure=Pressure.MEDIUM,
        source=source,
        booked_at=booked_at or starts_at - timedelta(days=7),
        late_cancellation=late_cancellation,
    )
    if stored:
        booking.save()
    return booking


def make_calendar_feed(
    *, therapist: Therapist | None = None, room: Room | None = None, with_names: bool = False
) -> CalendarFeed:
    """A feed of a therapist or a room, which stands."""
    return CalendarFeed.objects.create(
        therapist=therapist, room=room, with_names=with_names, made_at=MONDAY_AT_TEN
    )


def make_payment(
    *,
    booking: Booking,
    amount: str = "120.00",
    method: PaymentMethod = PaymentMethod.CASH,
    received_at: datetime = MONDAY_AT_TEN,
) -> Payment:
    """Money received by a member of staff, who is made for it."""
    return Payment.objects.create(
        booking=booking,
        amount=Decimal(amount),
        method=method,
        received_at=received_at,
        received_by=make_user(username=f"till-{next(_numbers)}"),
    )


def make_questionnaire(
    *questions: dict[str, Any], version: int = 3, is_signed_off: bool = True
) -> Questionnaire:
    """A version in force with these questions: of yes and no, required, at booking, for review."""
    questionnaire = Questionnaire.objects.create(
        version=version,
        signed_off_by="Dr. Ames" if is_signed_off else "",
        signed_off_on=date(2026, 1, 1) if is_signed_off else None,
    )
    for position, question in enumerate(questions, start=1):
        usual = {"kind": "yes_no", "required": True, "outcomes": [{"outcome": "review"}]}
        text = f"{question['key'].replace('_', ' ').capitalize()}?"
        Question.objects.create(
            questionnaire=questionnaire, position=position, **{"text": text, **usual, **question}
        )
    return questionnaire


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


def make_page(
    *,
    slug: str = "page",
    language: str = "en",
    kind: str = "article",
    title: str | None = None,
    menu: str = "",
    body: str = "",
    position: int = 100,
    place: str = "none",
    published: bool = True,
) -> Page:
    """An informational page."""
    return Page.objects.create(
        slug=slug,
        language=language,
        kind=kind,
        title=title or slug.title(),
        menu=menu,
        summary="In short",
        body=body,
        position=position,
        place=place,
        published=published,
    )
