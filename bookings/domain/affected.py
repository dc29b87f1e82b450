"""Which bookings a change of the schedule leaves without therapist or room (rule B8).

Such a change cancels nothing: whoever makes it is told, and decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import singledispatch

from django.db.models import Model, Q

from bookings.domain.frame import Frame
from bookings.domain.question import question_about
from bookings.domain.reach import offering
from bookings.domain.rooms import room_entries
from bookings.domain.roster import Candidate, roster
from bookings.domain.taken import Taken
from bookings.enums import Status
from bookings.models import Booking, SessionType
from bookings.models.booking import BookingQuerySet
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.slots import Resource, Rule
from bookings.scheduling.timeline import Minute
from studio.premises.models import Closure, Inspection, Location, Room, RoomBlock
from therapists.models import (
    Certification,
    ExtraShift,
    Qualification,
    Shift,
    Therapist,
    TimeOff,
)

COMING = (Status.HELD, Status.PENDING_REVIEW, Status.CONFIRMED)

JUDGED = frozenset(Rule) - {Rule.NOTICE_AND_HORIZON, Rule.CLIENT_FREE, Rule.BAREFOOT_CAP}
"""What the studio's own changes can break; notice and horizon were the client's matter."""

AROUND = timedelta(days=2)
"""A session reaches at most a day out of its date, and dates of two zones differ by one more."""


@dataclass(frozen=True, slots=True)
class Affected:
    """A booking and the rules that its therapist or its room breaks, in the rules' order."""

    booking: Booking
    rules: tuple[Rule, ...]


def affected_by(rows: Iterable[Model], *, now: Minute) -> list[Affected]:
    """The coming bookings that break a rule and that these rows of the schedule can decide about.

    Call it when the rows are written, or deleted.
    """
    reach = Q(pk__in=[])
    for row in rows:
        reach |= reach_of(row)
    return affected(coming(now).filter(reach), now=now)


def coming(now: Minute) -> BookingQuerySet:
    """Bookings still to come that stand."""
    instant = to_instant(now)
    return (
        Booking.objects.standing(instant)
        .filter(status__in=COMING, starts_at__gte=instant)
        .select_related("location", "session_type", "therapist", "room", "client")
        .order_by("starts_at", "pk")
    )


def affected(candidates: BookingQuerySet, *, now: Minute) -> list[Affected]:
    """Those of the candidates that break a rule as the schedule stands now, in their order.

    Bookings of one session type at one location are judged together, so the number of queries
    grows with the kinds of session and not with the bookings.
    """
    bookings = list(candidates)
    groups: defaultdict[tuple[int, int, bool], list[Booking]] = defaultdict(list)
    for booking in bookings:
        groups[booking.location_id, booking.session_type_id, booking.barefoot].append(booking)
    broken: dict[int, tuple[Rule, ...]] = {}
    for group in groups.values():
        broken |= _broken_rules(group, now=now)
    return [Affected(booking, broken[booking.pk]) for booking in bookings if broken[booking.pk]]


def _broken_rules(group: Sequence[Booking], *, now: Minute) -> dict[int, tuple[Rule, ...]]:
    """Per booking the rules it breaks; all are of one session type at one location.

    Other bookings are left out of account: the database has seen to them (rule B2).
    """
    days = [booking.date for booking in group]
    about_first = question_about(group[0], is_staff=True, now=now)
    frame = Frame.of(replace(about_first, first=min(days), last=max(days)))
    therapists, rooms = _therapists(frame, group), _rooms(frame, group)
    is_open = group[0].location.active
    broken = {}
    for booking in group:
        cell = frame.window.cell_of(to_minute(booking.starts_at))
        assert cell is not None  # the window was made to hold it
        rules = {
            rule
            for resource in (therapists[booking.therapist_id], rooms[booking.room_id])
            for rule in resource.refusals(booking.length, cell)
        }
        if not is_open:
            rules.add(Rule.OFFERED)
        broken[booking.pk] = tuple(rule for rule in Rule if rule in rules & JUDGED)
    return broken


def _therapists(frame: Frame, group: Sequence[Booking]) -> dict[int, Resource]:
    question = frame.question
    session_type, location = question.session_type, question.location
    is_offered = session_type.active and session_type.locations.filter(pk=location.pk).exists()
    offer = set(offering(session_type)) if is_offered else set()
    therapists = {booking.therapist for booking in group}
    candidates = [
        Candidate(therapist.pk, therapist.slug, therapist.pk in offer, cap_minutes=None)
        for therapist in therapists
    ]
    return {entry.pk: entry.resource for entry in roster(frame, candidates, Taken())}


def _rooms(frame: Frame, group: Sequence[Booking]) -> dict[int, Resource]:
    rooms = list({booking.room for booking in group})
    return {entry.pk: entry.resource for entry in room_entries(frame, rooms, Taken())}


@singledispatch
def reach_of(row: Model) -> Q:
    """The bookings a row of the schedule can decide about; none, where nothing else is said."""
    return Q(pk__in=[])


@reach_of.register
def _(row: Location) -> Q:
    return Q(location=row.pk)


@reach_of.register
def _(row: Room) -> Q:
    return Q(room=row.pk)


@reach_of.register
def _(row: Inspection) -> Q:
    return Q(room=row.room_id, date__gt=row.due_on)


@reach_of.register
def _(row: RoomBlock) -> Q:
    return Q(room=row.room_id) & _near(row.wall_from, row.wall_until)


@reach_of.register
def _(row: Closure) -> Q:
    at = Q(location=row.location_id)
    if row.first_day is not None and row.last_day is not None:
        return at & _near(row.first_day, row.last_day)
    return at & _near(row.wall_from, row.wall_until)


@reach_of.register
def _(row: Therapist) -> Q:
    return Q(therapist=row.pk)


@reach_of.register(Certification)
@reach_of.register(Shift)
@reach_of.register(ExtraShift)
def _(row: Certification | Shift | ExtraShift) -> Q:
    return Q(therapist=row.therapist_id)


@reach_of.register
def _(row: TimeOff) -> Q:
    return Q(therapist=row.therapist_id) & _near(row.wall_from, row.wall_until)


@reach_of.register
def _(row: SessionType) -> Q:
    return Q(session_type=row.pk)


@reach_of.register
def _(row: Qualification) -> Q:
    return Q(session_type__in=SessionType.objects.exclude(requires_qualifications=None))


def _near(first: date | datetime, last: date | datetime) -> Q:
    start, end = (day.date() if isinstance(day, datetime) else day for day in (first, last))
    # Whoever means "for good" may type the last date there is.
    start, end = max(start, date.min + AROUND), min(end, date.max - AROUND)
    return Q(date__gte=start - AROUND, date__lte=end + AROUND)
