"""Which bookings the schedule, as it stands, leaves without therapist or room (rule B8).

A change of it cancels nothing: whoever makes it is told, and reception decides. What reception
has accepted with a reason is left alone, until a change of the schedule concerns it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.db.models import F, Model, Q, Sum

from bookings.domain.accepted import Accepted, accepted_for
from bookings.domain.callers import Caller
from bookings.domain.concerned import doubted_by, doubted_without, reach_of
from bookings.domain.events import record
from bookings.domain.frame import Frame
from bookings.domain.question import question_about
from bookings.domain.reach import offering
from bookings.domain.rooms import room_entries
from bookings.domain.roster import Candidate, roster
from bookings.domain.taken import Taken
from bookings.enums import EventKind, Status
from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.slots import Resource, Rule, SessionLength
from bookings.scheduling.timeline import Bits, Minute
from studio.premises.models import Room
from therapists.models import Therapist

COMING = (Status.HELD, Status.PENDING_REVIEW, Status.CONFIRMED)

NOT_JUDGED = frozenset({Rule.NOTICE_AND_HORIZON, Rule.CLIENT_FREE})
"""What the studio's own changes cannot break: these were the client's matter."""

NAMED = ("location", "session_type", "therapist", "room", "client")

MANY_ROWS = 100
"""From here on it is less work to look at all coming bookings than to tell which are concerned."""

type Day = tuple[int, date]
"""A therapist (id) and a date."""


@dataclass(frozen=True, slots=True)
class Affected:
    """A booking and the rules that its therapist or its room breaks, in the rules' order."""

    booking: Booking
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class FullDay:
    """A date with more barefoot minutes booked than the therapist's cap (rule S8)."""

    cap: int
    minutes: dict[int, int]
    """Per booking (id)."""

    def is_over(self, accepted: dict[int, Accepted]) -> bool:
        """Whether it is too much even without the bookings that were accepted past the cap."""
        counted = (
            minutes
            for booking, minutes in self.minutes.items()
            if Rule.BAREFOOT_CAP not in accepted.get(booking, {})
        )
        return sum(counted) > self.cap


@dataclass(frozen=True, slots=True)
class Judgement:
    """The candidates that break a rule, accepted or not, and the days that are over the cap."""

    found: list[Affected]
    full: dict[Day, FullDay]

    def accepted(self) -> dict[int, Accepted]:
        """What is accepted, of the bookings found and of those that share a full day with them."""
        on_full_days = {booking for day in self.full.values() for booking in day.minutes}
        return accepted_for({each.booking.pk for each in self.found} | on_full_days)

    def standing(self, accepted: dict[int, Accepted]) -> list[Affected]:
        """Those that break a rule which nobody has accepted."""
        over = {day for day, full in self.full.items() if full.is_over(accepted)}
        left = []
        for each in self.found:
            booking = each.booking
            fine = set(accepted.get(booking.pk, {}))
            if (booking.therapist_id, booking.date) not in over:
                fine.add(Rule.BAREFOOT_CAP)
            rules = tuple(rule for rule in each.rules if rule not in fine)
            if rules:
                left.append(Affected(booking, rules))
        return left


def note_change(
    rows: Iterable[Model], *, ended: Iterable[Model] = (), by: Caller, now: Minute
) -> list[Affected]:
    """The coming bookings that break a rule and that these rows of the schedule can decide about.

    Whoever writes such rows calls it in the same transaction when they are written: `rows` as
    they are now, `ended` as they were before they were changed or deleted. What reception had
    accepted of a booking, and what the change puts in doubt again, is recorded.
    """
    rows, ended = list(rows), list(ended)
    judgement = _judged_by([*rows, *ended], now=now)
    accepted = judgement.accepted()
    for each in judgement.found:
        booking, fine = each.booking, accepted.get(each.booking.pk, {})
        doubted = {rule for row in rows for rule in doubted_by(row, booking)}
        doubted |= {rule for row in ended for rule in doubted_without(row, booking)}
        doubted &= fine.keys() & set(each.rules)
        if doubted:
            _record_doubt(booking, doubted, by=by, now=now)
            for rule in doubted:
                del fine[rule]
    return judgement.standing(accepted)


def _record_doubt(booking: Booking, rules: Collection[Rule], *, by: Caller, now: Minute) -> None:
    record(
        booking,
        EventKind.AFFECTED,
        by=by,
        at=now,
        from_status=booking.status,
        details={"rules": sorted(rule.value for rule in rules)},
    )


def _judged_by(rows: Sequence[Model], *, now: Minute) -> Judgement:
    if len(rows) > MANY_ROWS:
        return judge(coming(now), now=now)
    reach = Q(pk__in=[])
    for row in rows:
        reach |= reach_of(row)
    return judge(coming(now).filter(reach), now=now)


def coming(now: Minute) -> BookingQuerySet:
    """Bookings still to come that stand."""
    instant = to_instant(now)
    return (
        Booking.objects.standing(instant)
        .filter(status__in=COMING, starts_at__gte=instant)
        .order_by("starts_at", "pk")
    )


def affected(candidates: BookingQuerySet, *, now: Minute) -> list[Affected]:
    """Those of the candidates that break a rule as the schedule stands now, in their order.

    What reception has accepted does not count.
    """
    judgement = judge(candidates, now=now)
    return judgement.standing(judgement.accepted())


def judge(candidates: BookingQuerySet, *, now: Minute) -> Judgement:
    """Apply the rules to every candidate, in the schedule as it stands now.

    Bookings of one session type at one location are judged together, so the number of queries
    grows with the kinds of session and not with the bookings. Only those that break a rule are
    read with all that belongs to them.
    """
    rows = list(candidates.only(*JUDGED_BY))
    groups: defaultdict[tuple[int, int, bool], list[Booking]] = defaultdict(list)
    for row in rows:
        groups[row.location_id, row.session_type_id, row.barefoot].append(row)
    firsts = _read([group[0].pk for group in groups.values()])
    therapists = Therapist.objects.in_bulk({row.therapist_id for row in rows})
    rooms = Room.objects.in_bulk({row.room_id for row in rows})
    broken: dict[int, set[Rule]] = {}
    for group in groups.values():
        first = firsts[group[0].pk]
        broken |= _broken_rules(first, group, therapists, rooms, now=now)
    full = full_days(rows, now=now)
    for row in rows:
        if row.barefoot and (row.therapist_id, row.date) in full:
            broken.setdefault(row.pk, set()).add(Rule.BAREFOOT_CAP)
    whole = _read([row.pk for row in rows if row.pk in broken])
    found = [
        Affected(booking, tuple(rule for rule in Rule if rule in broken[pk]))
        for pk, booking in whole.items()
    ]
    return Judgement(found, full)


JUDGED_BY = (
    "location",
    "session_type",
    "therapist",
    "room",
    "starts_at",
    "date",
    "barefoot",
    "duration_minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
)


def _read(bookings: Collection[int]) -> dict[int, Booking]:
    rows = Booking.objects.filter(pk__in=bookings).select_related(*NAMED)
    return {booking.pk: booking for booking in rows.order_by("starts_at", "pk")}


def full_days(bookings: Iterable[Booking], *, now: Minute) -> dict[Day, FullDay]:
    """The days of these bookings that are over the cap, with every session that counts."""
    days = {(row.therapist_id, row.date) for row in bookings if row.barefoot}
    if not days:
        return {}
    cap = "therapist__max_barefoot_minutes_per_day"
    counted = Booking.objects.standing(to_instant(now)).filter(
        barefoot=True,
        therapist__in={therapist for therapist, _day in days},
        date__gte=min(day for _therapist, day in days),
        date__lte=max(day for _therapist, day in days),
    )
    sums = counted.order_by().values("therapist", "date").annotate(sum=Sum("duration_minutes"))
    over = set(sums.filter(sum__gt=F(cap)).values_list("therapist", "date")) & days
    if not over:
        return {}
    found: dict[Day, FullDay] = {}
    shared = counted.filter(
        therapist__in={therapist for therapist, _day in over},
        date__in={day for _therapist, day in over},
    )
    for pk, therapist, day, minutes, most in shared.values_list(
        "pk", "therapist", "date", "duration_minutes", cap
    ):
        if (therapist, day) in over:
            found.setdefault((therapist, day), FullDay(most, {})).minutes[pk] = minutes
    return found


def _broken_rules(
    first: Booking,
    group: Sequence[Booking],
    therapists: dict[int, Therapist],
    rooms: dict[int, Room],
    *,
    now: Minute,
) -> dict[int, set[Rule]]:
    """Per booking the rules it breaks, if any; all are of one session type at one location.

    Other bookings are left out of account: the database has seen to them (rule B2), and the
    barefoot cap is for the day to tell. `first` is one of them, with what belongs to it.
    """
    days = [booking.date for booking in group]
    question = question_about(first, is_staff=True, now=now)
    frame = Frame.of(replace(question, first=min(days), last=max(days)))
    givers = _therapists(frame, [therapists[pk] for pk in {row.therapist_id for row in group}])
    places = _rooms(frame, [rooms[pk] for pk in {row.room_id for row in group}])
    fits = _fitting(frame)
    is_open = first.location.active
    broken = {}
    for booking in group:
        cell = frame.window.cell_of(to_minute(booking.starts_at))
        assert cell is not None  # the window was made to hold it
        sides = (givers[booking.therapist_id], places[booking.room_id])
        length = booking.length
        if is_open and all(fits(side, length) >> cell & 1 for side in sides):
            continue
        rules = {rule for side in sides for rule in side.refusals(length, cell)} - NOT_JUDGED
        if not is_open:
            rules.add(Rule.OFFERED)
        broken[booking.pk] = rules
    return broken


def _fitting(frame: Frame) -> Callable[[Resource, SessionLength], Bits]:
    """Where a therapist or a room lets a session of a length start, reckoned once for each."""
    resources: dict[int, Resource] = {}

    @cache
    def starts(resource: int, length: SessionLength) -> Bits:
        return resources[resource].starts(length, frame.window, NOT_JUDGED)

    def fits(resource: Resource, length: SessionLength) -> Bits:
        resources[id(resource)] = resource
        return starts(id(resource), length)

    return fits


def _therapists(frame: Frame, therapists: Iterable[Therapist]) -> dict[int, Resource]:
    question = frame.question
    session_type, location = question.session_type, question.location
    is_offered = session_type.active and session_type.locations.filter(pk=location.pk).exists()
    offer = set(offering(session_type)) if is_offered else set()
    candidates = [
        Candidate(therapist.pk, therapist.slug, therapist.pk in offer, cap_minutes=None)
        for therapist in therapists
    ]
    return {entry.pk: entry.resource for entry in roster(frame, candidates, Taken())}


def _rooms(frame: Frame, rooms: Iterable[Room]) -> dict[int, Resource]:
    return {entry.pk: entry.resource for entry in room_entries(frame, list(rooms), Taken())}
