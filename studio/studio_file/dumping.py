"""From the database to the tables of a studio file, in an order that is always the same."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet

from bookings.domain.health.screening import in_force
from bookings.enums import Status
from bookings.models import Booking, Questionnaire, SessionType
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.fields import format_day_minute
from studio.premises.models import Closure, Equipment, Location, Room, Studio
from studio.studio_file import schema
from therapists.models import Certification, Qualification, Shift, Therapist, TimeOff, Weekday


def dump(*, now: Minute, with_bookings: bool = False) -> schema.StudioFile:
    """The studio as it is in the database.

    Nothing is checked: what another writer has let through had better stand in a file that must
    be mended than in none.
    """
    studio = Studio.objects.first()
    return schema.StudioFile.model_construct(
        studio=_table(schema.Studio, studio) if studio else None,
        equipment=[_table(schema.Equipment, row) for row in _by_slug(Equipment.objects.all())],
        qualifications=[
            _table(schema.Qualification, row) for row in _by_slug(Qualification.objects.all())
        ],
        locations=_locations(),
        session_types=_session_types(),
        therapists=_therapists(),
        bookings=list(_bookings(to_instant(now))) if with_bookings else [],
        questionnaire=_questionnaire(),
    )


def questionnaire_table(row: Questionnaire) -> schema.Questionnaire:
    """One version of the questions."""
    return _table(
        schema.Questionnaire,
        row,
        signed_off_by=row.signed_off_by or None,
        questions=[
            _table(
                schema.Question,
                question,
                outcomes=[
                    schema.Outcome.model_construct(**outcome) for outcome in question.outcomes
                ],
            )
            for question in row.questions.order_by("position", "key")
        ],
    )


def _questionnaire() -> schema.Questionnaire | None:
    """The version in force; before there is one, the newest draft."""
    row = in_force() or Questionnaire.objects.order_by("-version").first()
    return questionnaire_table(row) if row else None


def _locations() -> list[schema.Location]:
    rows = Location.objects.prefetch_related(
        "closures",
        "rooms__equipment",
        "rooms__beside",
        "rooms__inspections__equipment",
        "rooms__blocks",
    )
    return [
        _table(
            schema.Location,
            row,
            rooms=[_room(room) for room in _by_slug(row.rooms.all())],
            closures=sorted(map(_closure, row.closures.all()), key=_begin_and_end),
        )
        for row in _by_slug(rows)
    ]


def _room(row: Room) -> schema.Room:
    return _table(
        schema.Room,
        row,
        equipment=sorted(equipment.slug for equipment in row.equipment.all()),
        beside=sorted(room.slug for room in row.beside.all()),
        inspections=dict(sorted((due.equipment.slug, due.due_on) for due in row.inspections.all())),
        blocks=sorted(
            (
                schema.Block.model_construct(
                    from_=block.wall_from, until=block.wall_until, reason=block.reason
                )
                for block in row.blocks.all()
            ),
            key=_begin_and_end,
        ),
    )


def _closure(row: Closure) -> schema.Closure:
    return schema.Closure.model_construct(
        from_=row.first_day or row.wall_from,
        until=row.last_day or row.wall_until,
        reason=row.reason,
    )


def _session_types() -> list[schema.SessionType]:
    rows = SessionType.objects.prefetch_related(
        "locations", "requires_equipment", "requires_qualifications"
    )
    return [
        _table(
            schema.SessionType,
            row,
            locations=sorted(location.slug for location in row.locations.all()),
            requires_equipment=sorted(one.slug for one in row.requires_equipment.all()),
            requires_qualifications=sorted(one.slug for one in row.requires_qualifications.all()),
        )
        for row in _by_slug(rows)
    ]


def _therapists() -> list[schema.Therapist]:
    rows = Therapist.objects.prefetch_related(
        "session_types",
        "certifications__qualification",
        "shifts__location",
        "extra_shifts__location",
        "time_off__location",
    )
    return [
        _table(
            schema.Therapist,
            row,
            session_types=sorted(session_type.slug for session_type in row.session_types.all()),
            certifications=sorted(
                map(_certification, row.certifications.all()),
                key=lambda proof: (proof.qualification, proof.number),
            ),
            shifts=_shifts(list(row.shifts.all())),
            extra_shifts=sorted(
                (
                    schema.ExtraShift.model_construct(
                        location=extra.location.slug, from_=extra.wall_from, until=extra.wall_until
                    )
                    for extra in row.extra_shifts.all()
                ),
                key=lambda extra: (extra.from_, extra.until, extra.location),
            ),
            time_off=sorted(
                map(_time_off, row.time_off.all()),
                key=lambda off: (off.from_, off.until, off.location, off.barefoot_only),
            ),
        )
        for row in _by_slug(rows)
    ]


def _certification(row: Certification) -> schema.Certification:
    return _table(schema.Certification, row, qualification=row.qualification.slug)


def _time_off(row: TimeOff) -> schema.TimeOff:
    return schema.TimeOff.model_construct(
        from_=row.wall_from,
        until=row.wall_until,
        location=row.location.slug,
        barefoot_only=row.barefoot_only,
    )


def _shifts(rows: list[Shift]) -> list[schema.Shift]:
    """Equal hours on several weekdays are one table."""
    hours: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.weekday):
        key = (row.location.slug, row.time_from, row.time_until, row.first, row.last)
        hours[key].append(row.weekday)
    tables = []
    for (location, start, until, first, last), weekdays in hours.items():
        while weekdays:
            once = sorted(set(weekdays))
            for weekday in once:
                weekdays.remove(weekday)
            tables.append(
                schema.Shift.model_construct(
                    location=location,
                    days=[Weekday(weekday).name.lower() for weekday in once],
                    from_=format_day_minute(start),
                    until=format_day_minute(until),
                    first=first,
                    last=last,
                )
            )
    return sorted(
        tables,
        key=lambda table: (
            table.location,
            table.first or date.min,
            table.last or date.max,
            [Weekday[day.upper()] for day in table.days],
            table.from_,
            table.until,
        ),
    )


def _bookings(now: datetime) -> Iterator[schema.Booking]:
    """Bookings by their start; a hold or a review past its time limit has expired (rule B3)."""
    rows = Booking.objects.whole().order_by("starts_at", "location__slug", "pk")
    for row in rows.iterator():
        yield schema.Booking.model_construct(
            location=row.location.slug,
            session_type=row.session_type.slug,
            therapist=row.therapist.slug,
            room=row.room.slug,
            starts_at=_with_offset(row.starts_at, row.location.zone),
            client=_table(schema.Client, row.client) if row.client else None,
            status=str(Status.EXPIRED) if row.has_lapsed(now) else row.status,
        )


def _with_offset(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant on the location's wall clock; in UTC where its offset had seconds once."""
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None  # an aware datetime has one
    return instant.astimezone(UTC if offset % timedelta(minutes=1) else timezone(offset))


def _table[T: schema.Table](table: type[T], row: Model, **others: Any) -> T:
    """A table with what its row calls the same, and with the others."""
    own = {name: getattr(row, name) for name in table.model_fields if name not in others}
    return table.model_construct(**own, **others)


def _by_slug[Row: (Equipment, Qualification, Location, Room, SessionType, Therapist)](
    rows: QuerySet[Row],
) -> list[Row]:
    """Sorted here, since databases disagree about capitals and hyphens."""
    return sorted(rows, key=lambda row: row.slug)


def _begin_and_end(table: schema.Block | schema.Closure) -> tuple[datetime, datetime, str]:
    begin, end = (
        moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)
        for moment in (table.from_, table.until)
    )
    return begin, end, table.reason
