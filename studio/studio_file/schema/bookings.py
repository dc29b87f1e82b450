"""What clients book, and what they have booked."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from bookings.enums import WITHOUT_CLIENT, Status
from bookings.models.session_type import TALK_MINUTES
from bookings.scheduling.hours import DAY_MINUTES
from studio.studio_file.schema.table import InlineTable, Table, expected
from studio.studio_file.schema.times import Instant
from studio.studio_file.schema.values import (
    BufferMinutes,
    EmailIfAny,
    Flag,
    Minutes,
    Name,
    PhoneIfAny,
    Price,
    Slug,
    Slugs,
    StatusName,
    Style,
    Summary,
    Text,
)


def _fits_a_day(after: int, info: ValidationInfo) -> int:
    before, duration = info.data.get("buffer_before_minutes"), info.data.get("duration_minutes")
    if before is None or duration is None or before + duration + after <= DAY_MINUTES:
        return after
    raise expected(f"session and buffers of at most {DAY_MINUTES} minutes together")


def _leaves_time(talk: int, info: ValidationInfo) -> int:
    duration = info.data.get("duration_minutes")
    if duration is None or talk < duration:
        return talk
    raise expected("fewer minutes than the session has")


class SessionType(Table):
    """What a client books."""

    slug: Slug
    name: Name
    summary: Summary = ""
    description: Text = ""
    style: Style = ""
    barefoot: Flag
    duration_minutes: Minutes
    buffer_before_minutes: BufferMinutes = 0
    buffer_after_minutes: Annotated[BufferMinutes, AfterValidator(_fits_a_day)] = Field(
        default=0, validate_default=True
    )
    talk_minutes: Annotated[BufferMinutes, AfterValidator(_leaves_time)] = TALK_MINUTES
    price: Price
    locations: Slugs
    requires_equipment: Slugs = Field(default_factory=list)
    requires_qualifications: Slugs = Field(default_factory=list)
    active: Flag = True


class Client(InlineTable):
    """Who comes; reachable by mail, by telephone, or by both."""

    name: Name
    email: EmailIfAny = ""
    phone: PhoneIfAny = ""


_TO_COME = (Status.PENDING_REVIEW, Status.CONFIRMED, Status.CHECKED_IN)


def _goes_with_the_client(status: str, info: ValidationInfo) -> str:
    if "client" not in info.data:
        return status
    client: Client | None = info.data["client"]
    if client is None and status not in WITHOUT_CLIENT:
        raise expected("another status, as no client is named")
    # History may be of someone whose data were erased since.
    if client and status in _TO_COME and not (client.email or client.phone):
        raise expected("another status, as the client has neither email nor phone")
    return status


class Booking(Table):
    """One client, one session type, one start: history, or a demo day."""

    location: Slug
    session_type: Slug
    therapist: Slug
    room: Slug | None = None
    starts_at: Instant
    client: Client | None = None
    status: Annotated[StatusName, AfterValidator(_goes_with_the_client)]
