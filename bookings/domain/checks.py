"""Every invariant of the schedule, looked up in the database as it is.

The database refuses most of this by itself. What it cannot see, or what somebody wrote with its
constraints switched off, is found here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from django.db.models import CheckConstraint, Model

from bookings.domain.clients.checks import wrong_clients
from bookings.domain.pairs.checks import wrong_pairs
from bookings.domain.waitlist.checks import wrong_waitlist
from bookings.enums import LIVE, WITHOUT_CLIENT, Status
from bookings.models import (
    Booking,
    Client,
    Event,
    Payment,
    Question,
    Questionnaire,
    SessionType,
    WaitlistEntry,
    WaitlistOffer,
)
from bookings.scheduling.hours import local_date, to_minute
from bookings.scheduling.slots import OVERRIDABLE
from bookings.scheduling.timeline import CELL_MINUTES, Minute
from studio.premises.models import Closure, Inspection, Location, Room, RoomBlock, Studio
from therapists.models import (
    Certification,
    ExtraShift,
    Proof,
    Qualification,
    Shift,
    Therapist,
    TimeOff,
)

CHUNK = 2000

LIMITED = (Status.HELD, Status.PENDING_REVIEW)
"""The states that end by themselves, at `expires_at`."""

SETUP: tuple[type[Model], ...] = (
    Studio,
    Location,
    Room,
    Inspection,
    Closure,
    RoomBlock,
    Qualification,
    Therapist,
    Certification,
    Shift,
    ExtraShift,
    TimeOff,
    SessionType,
    Questionnaire,
    Question,
    Payment,
    Client,
    WaitlistEntry,
    WaitlistOffer,
)
"""What has no invariants but those that the database holds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A row and what is wrong with it."""

    row: str
    wrong: str


class Row(NamedTuple):
    """What the invariants need of a booking."""

    reference: str
    status: str
    location: int
    timezone: str
    room: int
    room_location: int
    therapist: int
    client: int | None
    starts_at: datetime
    date: date
    occupied_from: Minute
    occupied_until: Minute
    duration: int
    before: int
    after: int
    expires_at: datetime | None
    cancelled_at: datetime | None


class Step(NamedTuple):
    """A booking's state now, and one recorded change of it, or none."""

    reference: str
    status: str
    before: str | None
    after: str | None


def findings() -> Iterator[Finding]:
    """Everything that is wrong; nothing is kept in memory but the last booking of each.

    Each query sees the database at one moment, so it may go on working meanwhile.
    """
    yield from wrong_bookings(_rows())
    yield from wrong_histories(_steps())
    yield from wrong_exceptions()
    yield from (Finding(row, wrong) for row, wrong in wrong_clients())
    yield from (Finding(row, wrong) for row, wrong in wrong_waitlist())
    yield from (Finding(row, wrong) for row, wrong in wrong_pairs())
    for model in SETUP:
        yield from wrong_setup(model)
    yield from wrong_proofs()


def _rows() -> Iterator[Row]:
    rows = Booking.objects.order_by("occupied_from", "pk").values_list(
        "reference",
        "status",
        "location_id",
        "location__timezone",
        "room_id",
        "room__location_id",
        "therapist_id",
        "client_id",
        "starts_at",
        "date",
        "occupied_from",
        "occupied_until",
        "duration_minutes",
        "buffer_before_minutes",
        "buffer_after_minutes",
        "expires_at",
        "cancelled_at",
    )
    return (Row(*row) for row in rows.iterator(chunk_size=CHUNK))


def wrong_bookings(rows: Iterable[Row]) -> Iterator[Finding]:
    """What is wrong with bookings, given by `occupied_from` ascending."""
    therapists: dict[int, Row] = {}
    rooms: dict[int, Row] = {}
    for row in rows:
        yield from (Finding(row.reference, wrong) for wrong in _wrong_alone(row))
        if row.status not in LIVE:
            continue
        for taken, owner, name in (
            (therapists, row.therapist, "therapist"),
            (rooms, row.room, "room"),
        ):
            earlier = taken.get(owner)
            if earlier is not None and row.occupied_from < earlier.occupied_until:
                wrong = f"overlaps {earlier.reference}, which has the same {name} (B2)"
                yield Finding(row.reference, wrong)
            if earlier is None or row.occupied_until > earlier.occupied_until:
                taken[owner] = row


def _wrong_alone(row: Row) -> Iterator[str]:
    """What is wrong with a booking, whatever the others are."""
    if row.status not in Status.values:
        yield f"has a status that does not exist: {row.status}"
    start = to_minute(row.starts_at)
    if row.starts_at.second or row.starts_at.microsecond:
        yield "does not start at a whole minute (T6)"
    if any(number % CELL_MINUTES for number in (start, row.duration, row.before, row.after)):
        yield "has a start, a duration or a buffer off the 5 minutes (T2)"
    if row.duration <= 0 or row.before < 0 or row.after < 0:
        yield "has a length that cannot be"
    if row.occupied_from != start - row.before:
        yield "is not occupied from its start less the buffer"
    if row.occupied_until != start + row.duration + row.after:
        yield "is not occupied until its end and the buffer"
    if row.date != local_date(row.timezone, start):
        yield "does not count on the date of its start at its location (T7)"
    if row.room_location != row.location:
        yield "is in a room of another location (S1)"
    if row.client is None and row.status not in WITHOUT_CLIENT:
        yield "has no client"
    if row.status in LIMITED and row.expires_at is None:
        yield "has no time limit, though its state ends by itself (B3)"
    if row.status in LIVE and row.status not in LIMITED and row.expires_at is not None:
        yield "has a time limit, though its state does not end by itself (B3)"
    if (row.status == Status.CANCELLED) != (row.cancelled_at is not None):
        yield "is cancelled without a moment, or has one without being cancelled"


def _steps() -> Iterator[Step]:
    steps = Booking.objects.order_by("pk", "events__pk").values_list(
        "reference", "status", "events__from_status", "events__to_status"
    )
    return (Step(*step) for step in steps.iterator(chunk_size=CHUNK))


def wrong_histories(steps: Iterable[Step]) -> Iterator[Finding]:
    """Gaps in what is recorded of a booking, up to its state now; its steps in their order."""
    for reference, history in groupby(steps, key=attrgetter("reference")):
        status = ""
        for step in history:
            if step.after is None:
                yield Finding(reference, "has no recorded event (B7)")
                break
            if step.before != status:
                words = f"is recorded as {step.before or 'new'} after {status or 'nothing'} (B7)"
                yield Finding(reference, words)
            status = step.after
        else:
            if status != step.status:
                words = f"is {step.status}, but was last recorded as {status} (B7)"
                yield Finding(reference, words)


def wrong_exceptions() -> Iterator[Finding]:
    """Rules gone past that nobody may go past, or without a reason.

    Reasons go with a client who is erased (P3).
    """
    events = Event.objects.exclude(overridden=[]).order_by("pk")
    for reference, numbers, reason, erased_at in events.values_list(
        "booking__reference", "overridden", "reason", "booking__client__erased_at"
    ).iterator(chunk_size=CHUNK):
        hard = sorted({*numbers} - OVERRIDABLE)
        if hard:
            yield Finding(reference, f"has gone past {', '.join(hard)}, which nobody may")
        if not reason and erased_at is None:
            yield Finding(reference, f"has gone past {', '.join(numbers)} without a reason")


def wrong_setup(model: type[Model]) -> Iterator[Finding]:
    """Rows that break a constraint of their own table."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            broken = model._default_manager.exclude(constraint.condition).order_by("pk")
            for row in broken.iterator(chunk_size=CHUNK):
                name = f"{model._meta.verbose_name} {row.pk}"
                yield Finding(name, f"breaks {constraint.name}")


def wrong_proofs() -> Iterator[Finding]:
    """Proofs of certifications whose file is not there any more, not even a replaced one's (B7)."""
    for proof in Proof.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if not Path(proof.file.path).exists():
            yield Finding(f"{Proof._meta.verbose_name} {proof.pk}", "has lost its file (B7)")
