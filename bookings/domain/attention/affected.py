"""Which bookings the schedule, as it stands, leaves without therapist or room (rule B8).

A change of it cancels nothing: whoever makes it is told, and reception decides. What reception
has accepted with a reason is left alone, until a change of the schedule concerns it.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Model, Q

from bookings.domain.attention.concerned import doubted_by, doubted_without, reach_of
from bookings.domain.attention.judging import Affected, Judgement, judge
from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.enums import EventKind, Status
from bookings.models import Booking
from bookings.models.booking_queryset import BookingQuerySet
from bookings.scheduling.hours import DAY_MINUTES, to_instant
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute

COMING = (Status.HELD, Status.PENDING_REVIEW, Status.CONFIRMED)

MANY_ROWS = 100
"""From here on it is less work to look at all coming bookings than to tell which are concerned."""


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
    """Bookings still to come that stand.

    The second bound follows from the first: with it, those of one therapist, or in one room, are
    found by an index alone.
    """
    instant = to_instant(now)
    return (
        Booking.objects.standing(instant)
        .filter(status__in=COMING, starts_at__gte=instant, occupied_from__gte=now - DAY_MINUTES)
        .order_by("starts_at", "pk")
    )


def affected(candidates: BookingQuerySet, *, now: Minute) -> list[Affected]:
    """Those of the candidates that break a rule as the schedule stands now, in their order.

    What reception has accepted does not count.
    """
    judgement = judge(candidates, now=now)
    return judgement.standing(judgement.accepted())
