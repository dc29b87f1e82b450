"""Who gives sessions: what there is to hold, and therapists, their proofs and working times."""

from collections.abc import Iterable, Iterator
from datetime import date

from bookings.domain.schedule import latest_today
from bookings.models import SessionType
from bookings.scheduling.timeline import Minute
from studio.premises.fields import parse_day_minute
from studio.premises.models import Location
from studio.studio_file import schema
from studio.studio_file.loading.report import Report
from studio.studio_file.loading.rows import Rows, by_slug, replace
from studio.studio_file.mistakes import spell
from therapists.models import (
    Certification,
    ExtraShift,
    Qualification,
    Shift,
    Therapist,
    TimeOff,
    Weekday,
)


def load_qualifications(file: schema.StudioFile, report: Report) -> None:
    """What a therapist can hold."""
    rows = Rows(Qualification, "slug", report=report)
    for table in file.qualifications:
        rows.put(**table.model_dump())


def load_therapists(file: schema.StudioFile, report: Report, *, now: Minute) -> None:
    """Therapists with what belongs to them."""
    rows = Rows(Therapist, "slug", report=report)
    lists = {"session_types", "certifications", "shifts", "extra_shifts", "time_off"}
    offers = SessionType.therapists.through
    locations, session_types = by_slug(Location), by_slug(SessionType)
    shifts: list[Shift] = []
    owners, offered, extra_shifts, time_off = [], [], [], []
    for table in file.therapists:
        pk = rows.put(**table.model_dump(exclude=lists)).pk
        owners.append(pk)
        offered += [
            offers(therapist_id=pk, sessiontype_id=session_types[slug].pk)
            for slug in table.session_types
        ]
        for weekly in table.shifts:
            shifts += _shifts(pk, locations[weekly.location].pk, weekly)
        extra_shifts += [
            ExtraShift(
                therapist_id=pk,
                location_id=locations[extra.location].pk,
                wall_from=extra.from_,
                wall_until=extra.until,
            )
            for extra in table.extra_shifts
        ]
        time_off += [
            TimeOff(
                therapist_id=pk,
                location_id=locations[off.location or _only_place(table, locations)].pk,
                wall_from=off.from_,
                wall_until=off.until,
                barefoot_only=off.barefoot_only,
            )
            for off in table.time_off
        ]
    report.updated(
        Therapist,
        *replace(offers, "therapist_id", owners, offered),
        *replace(Shift, "therapist_id", owners, shifts),
        *replace(ExtraShift, "therapist_id", owners, extra_shifts),
        *replace(TimeOff, "therapist_id", owners, time_off),
    )
    _load_certifications(file, report, today=latest_today(now))


def _load_certifications(file: schema.StudioFile, report: Report, *, today: date) -> None:
    """Proofs that the file does not name stay: they may stand behind earlier bookings."""
    rows = Rows(Certification, "therapist_id", "qualification_id", "number", report=report)
    therapists, qualifications = by_slug(Therapist), by_slug(Qualification)
    for position, therapist in enumerate(file.therapists):
        for number, table in enumerate(therapist.certifications):
            if table.verified_on is not None and table.verified_on > today:
                place = ("therapists", position, "certifications", number, "verified_on")
                expected = f"a day until today ({today}), as a proof is verified when it is seen"
                report.mistake(place, found=spell(table.verified_on), expected=expected)
            key = (
                therapists[therapist.slug].pk,
                qualifications[table.qualification].pk,
                table.number,
            )
            before = rows.get(*key)
            # Whoever signed for another day has not signed for this one.
            verified = before and before.verified_on == table.verified_on
            revoked = before and before.revoked_on == table.revoked_on
            rows.put(
                therapist_id=key[0],
                qualification_id=key[1],
                verified_by_id=before.verified_by_id if before and verified else None,
                revoked_by_id=before.revoked_by_id if before and revoked else None,
                **table.model_dump(exclude={"qualification"}),
            )


def _shifts(therapist_id: int, location_id: int, table: schema.Shift) -> Iterator[Shift]:
    """One row for each weekday."""
    for day in table.days:
        yield Shift(
            therapist_id=therapist_id,
            location_id=location_id,
            weekday=Weekday[day.upper()],
            time_from=parse_day_minute(table.from_),
            time_until=parse_day_minute(table.until),
            first=table.first,
            last=table.last,
        )


def _only_place(table: schema.Therapist, locations: Iterable[str]) -> str:
    """The location whose wall clock is meant where none is named; reading has made sure of one."""
    weekly = {shift.location for shift in table.shifts}
    (place,) = weekly | {extra.location for extra in table.extra_shifts} or {*locations}
    return place
