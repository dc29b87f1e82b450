"""Whether bookings fit the schedule as it stands: the rules, and what of them was accepted (B8)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import F, Sum

from bookings.domain.attention.accepted import Accepted, accepted_for
from bookings.domain.bookable.frame import Frame
from bookings.domain.bookable.gathering import gathered_of
from bookings.domain.bookable.question import question_about
from bookings.domain.bookable.rooms import room_entry
from bookings.domain.bookable.roster import roster_entry
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Resource, Rule, SessionLength
from bookings.scheduling.timeline import Bits, Minute
from studio.premises.models import Room
from therapists.models import Therapist

NOT_JUDGED = frozenset({Rule.NOTICE_AND_HORIZON, Rule.CLIENT_FREE})
"""What the studio's own changes cannot break: these were the client's matter."""

NAMED = ("location", "session_type", "therapist", "room", "client")

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


class Row(NamedTuple):
    """What a booking is judged by; reading no more of thousands of them saves half the time."""

    pk: int
    location: int
    session_type: int
    therapist: int
    room: int
    date: date
    barefoot: bool
    occupied_from: Minute
    duration: int
    buffer_before: int
    buffer_after: int

    @property
    def length(self) -> SessionLength:
        """Its own duration and buffers."""
        return SessionLength(self.duration, self.buffer_before, self.buffer_after)


def judge(candidates: BookingQuerySet, *, now: Minute) -> Judgement:
    """Apply the rules to every candidate, in the schedule as it stands now.

    Bookings of one session type at one location are judged together, so the number of queries
    grows with the kinds of session and not with the bookings. Only those that break a rule are
    read with all that belongs to them.
    """
    rows = [
        Row(*values)
        for values in candidates.values_list(
            "pk",
            "location_id",
            "session_type_id",
            "therapist_id",
            "room_id",
            "date",
            "barefoot",
            "occupied_from",
            "duration_minutes",
            "buffer_before_minutes",
            "buffer_after_minutes",
        )
    ]
    groups: defaultdict[tuple[int, int, bool], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.location, row.session_type, row.barefoot].append(row)
    firsts = _read([group[0].pk for group in groups.values()])
    broken: dict[int, set[Rule]] = {}
    for group in groups.values():
        first = firsts[group[0].pk]
        broken |= _broken_rules(first, group, now=now)
    full = full_days(rows, now=now)
    for row in rows:
        if row.barefoot and (row.therapist, row.date) in full:
            broken.setdefault(row.pk, set()).add(Rule.BAREFOOT_CAP)
    whole = _read([row.pk for row in rows if row.pk in broken])
    found = [
        Affected(booking, tuple(rule for rule in Rule if rule in broken[pk]))
        for pk, booking in whole.items()
    ]
    return Judgement(found, full)


def _read(bookings: Collection[int]) -> dict[int, Booking]:
    rows = Booking.objects.filter(pk__in=bookings).select_related(*NAMED)
    return {booking.pk: booking for booking in rows.order_by("starts_at", "pk")}


def full_days(bookings: Iterable[Row], *, now: Minute) -> dict[Day, FullDay]:
    """The days of these bookings that are over the cap, with every session that counts."""
    days = {(row.therapist, row.date) for row in bookings if row.barefoot}
    if not days:
        return {}
    cap = "therapist__max_barefoot_minutes_per_day"
    dates = [day for _therapist, day in days]
    counted = (
        Booking.objects.standing(to_instant(now))
        .on_dates(min(dates), max(dates))
        .filter(barefoot=True, therapist__in={therapist for therapist, _day in days})
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


def _broken_rules(first: Booking, group: Sequence[Row], *, now: Minute) -> dict[int, set[Rule]]:
    """Per booking the rules it breaks, if any; all are of one session type at one location.

    Other bookings are left out of account: the database has seen to them (rule B2), and the
    barefoot cap is for the day to tell. `first` is one of them, with what belongs to it.
    """
    days = [row.date for row in group]
    question = question_about(first, is_staff=True, now=now)
    frame = Frame.of(replace(question, first=min(days), last=max(days)))
    givers, places = _resources(frame, group)
    fits = _fitting(frame)
    is_open = first.location.active
    broken = {}
    for row in group:
        length = row.length
        cell = frame.window.cell_of(row.occupied_from + length.buffer_before)
        assert cell is not None  # the window was made to hold it
        sides = (givers[row.therapist], places[row.room])
        if is_open and all(fits(side, length) >> cell & 1 for side in sides):
            continue
        rules = {rule for side in sides for rule in side.refusals(length, cell)} - NOT_JUDGED
        if not is_open:
            rules.add(Rule.OFFERED)
        broken[row.pk] = rules
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


def _resources(
    frame: Frame, group: Sequence[Row]
) -> tuple[dict[int, Resource], dict[int, Resource]]:
    """The therapists and the rooms of the bookings, by id, without a cap and unbooked."""
    found = gathered_of(
        frame,
        Therapist.objects.filter(pk__in={row.therapist for row in group}),
        Room.objects.filter(pk__in={row.room for row in group}),
        with_bookings=False,
    )
    without_cap = (
        replace(each, candidate=each.candidate._replace(max_barefoot_minutes_per_day=None))
        for each in found.therapists
    )
    roster = (roster_entry(frame, each, found.taken) for each in without_cap)
    rooms = (room_entry(frame, each, found.taken) for each in found.rooms)
    return (
        {entry.pk: entry.resource for entry in roster},
        {entry.pk: entry.resource for entry in rooms},
    )
