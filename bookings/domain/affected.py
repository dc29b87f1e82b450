"""Which bookings a change of the schedule leaves without therapist or room (rule B8).

Such a change cancels nothing: whoever makes it is told, and decides.
"""

from bookings.domain.availability import gather
from bookings.domain.question import question_about
from bookings.enums import Status
from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute

COMING = (Status.HELD, Status.PENDING_REVIEW, Status.CONFIRMED)

JUDGED = frozenset(Rule) - {Rule.NOTICE_AND_HORIZON, Rule.CLIENT_FREE, Rule.BAREFOOT_CAP}
"""What the studio's own changes can break; notice and horizon were the client's matter."""


def coming(now: Minute) -> BookingQuerySet:
    """Bookings still to come that stand."""
    instant = to_instant(now)
    return (
        Booking.objects.standing(instant)
        .filter(status__in=COMING, starts_at__gte=instant)
        .select_related("location", "session_type", "therapist", "room", "client")
        .order_by("starts_at", "pk")
    )


def broken_rules(booking: Booking, *, now: Minute) -> list[Rule]:
    """The rules that its therapist or its room breaks as the schedule stands now."""
    question = question_about(booking, is_staff=True, now=now)
    situation = gather(question)
    cell = situation.cell_of(to_minute(booking.starts_at))
    if cell is None:
        return [Rule.NOTICE_AND_HORIZON]
    length = question.length
    broken = [
        rule
        for resource in (*situation.search.therapists, *situation.search.rooms)
        if resource.slug in (booking.therapist.slug, booking.room.slug)
        for rule in resource.refusals(length, cell)
    ]
    return [rule for rule in broken if rule in JUDGED]


def affected(candidates: BookingQuerySet, *, now: Minute) -> list[Booking]:
    """Those of the candidates that break a rule as the schedule stands now."""
    return [booking for booking in candidates if broken_rules(booking, now=now)]
