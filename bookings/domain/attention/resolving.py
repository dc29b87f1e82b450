"""Bookings that somebody must deal with (rule B8), and the ways to do it that are theirs alone.

A booking leaves the list when it is moved, given to somebody else, cancelled or decided about, when
nothing is wrong with it any more, or when reception keeps it as it is, with a reason.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bookings.domain.attention.accepted import Accepted, accepted_for
from bookings.domain.attention.affected import affected, coming
from bookings.domain.attention.judging import NAMED
from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.domain.health.screening import unanswered
from bookings.domain.moving import move
from bookings.domain.placing import announce, locked
from bookings.domain.refusals import rule_refusal
from bookings.domain.requests import Change, Override, Seen
from bookings.enums import EventKind, Status
from bookings.errors import ChangedMeanwhile, RuleRefused
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.slots import OVERRIDABLE, Rule
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out
from therapists.models import Therapist


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking with the rules that it breaks and nobody has accepted, in the rules' order."""

    booking: Booking
    rules: tuple[Rule, ...] = ()
    awaits_answers: bool = False
    """Whether its review waits for the client, who has answered nothing yet: for nobody else."""

    @property
    def decide_until(self) -> datetime | None:
        """When an undecided review lapses (rule H2); None for a booking that awaits none."""
        awaits = self.booking.status == Status.PENDING_REVIEW
        return self.booking.expires_at if awaits else None

    @property
    def due(self) -> datetime:
        """By when somebody must have dealt with it."""
        return self.decide_until or self.booking.starts_at

    @property
    def can_be_kept(self) -> bool:
        """Whether a reason is enough: hard rules nobody goes past."""
        return bool(self.rules) and OVERRIDABLE.issuperset(self.rules)


def attention(*, now: Minute) -> list[Entry]:
    """All that needs attention, what is due first first.

    Holds do not: they end by themselves, and once one is confirmed it stands here.
    """
    return entries_of(awaiting(now), now=now)


def entries_of(bookings: BookingQuerySet, *, now: Minute) -> list[Entry]:
    """Those of some coming bookings that need attention, what is due first first."""
    broken = affected(bookings, now=now)
    fitting = bookings.exclude(pk__in=[each.booking.pk for each in broken])
    reviews = fitting.filter(status=Status.PENDING_REVIEW).select_related(*NAMED)
    found = [(each.booking, each.rules) for each in broken] + [(each, ()) for each in reviews]
    awaited = unanswered([each for each, _rules in found if each.status == Status.PENDING_REVIEW])
    entries = [Entry(each, rules, each.pk in awaited) for each, rules in found]
    return sorted(entries, key=lambda each: (each.due, each.booking.starts_at, each.booking.pk))


def awaiting(now: Minute) -> BookingQuerySet:
    """The coming bookings that can need attention."""
    return coming(now).exclude(status=Status.HELD)


def entry_of(booking: Booking, *, now: Minute) -> Entry | None:
    """What is to be dealt with about one booking, if anything."""
    return next(iter(entries_of(awaiting(now).filter(pk=booking.pk), now=now)), None)


def keep(
    booking: Booking, rules: Collection[Rule], *, caller: Caller, now: Minute, reason: str
) -> Booking:
    """Keep a booking as it is, although it breaks these soft rules; recorded with the reason.

    Keeping what breaks nothing any more is harmless. Raises RuleRefused where a hard rule is
    broken, and ChangedMeanwhile where another one is broken than the caller knows of.
    """

    def work() -> Booking:
        kept = locked(booking)
        entry = entry_of(kept, now=now)
        if entry is None or not entry.rules:
            return kept
        for rule in entry.rules:
            if rule not in OVERRIDABLE:
                raise rule_refusal(rule, overridable=False)
        if not set(entry.rules) <= set(rules):
            raise ChangedMeanwhile
        record(
            kept,
            EventKind.KEPT,
            by=caller,
            at=now,
            from_status=kept.status,
            reason=reason,
            overridden=entry.rules,
        )
        announce(kept)
        return kept

    return carry_out(work)


def hand_over(
    booking: Booking, therapist: Therapist | None, *, seen: Seen, caller: Caller, now: Minute
) -> Booking:
    """Give a booking to a therapist at its own start, in its own room where that can be.

    Without one named it stays with its own therapist, if another room is all it takes; else it
    goes to whom A1 picks. What was accepted of it and still concerns it stays accepted. Raises
    what a move raises.
    """
    accepted = accepted_for([booking.pk]).get(booking.pk, {})

    def give(change: Change, therapist: Therapist | None) -> Booking:
        past = carried_over(booking, accepted, therapist)
        return move(booking, change, seen=seen, caller=caller, now=now, override=past)

    if therapist is not None:
        return give(Change(therapist=therapist, keeps_room=True), therapist)
    try:
        return give(Change(keeps_room=True), booking.therapist)
    except RuleRefused:
        return give(Change(any_therapist=True, keeps_room=True), None)


def carried_over(booking: Booking, accepted: Accepted, therapist: Therapist | None) -> Override:
    """What stays accepted of a booking that is given to a therapist at its own start.

    That the client has another session then; the rest was about its own therapist alone.
    """
    rules = frozenset(accepted) & OVERRIDABLE
    if therapist != booking.therapist:
        rules &= {Rule.CLIENT_FREE}
    reasons = dict.fromkeys(accepted[rule] for rule in sorted(rules))
    return Override(rules, "; ".join(reasons)[:1000])
