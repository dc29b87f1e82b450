"""Clients and what they have booked."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

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
from studio.premises.models import Room
from tests.factories.premises import make_room
from tests.factories.sessions import make_session_type
from tests.factories.therapists import make_therapist, make_user
from tests.factories.times import MONDAY_AT_TEN
from therapists.models import Therapist

_numbers = count(1)


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
