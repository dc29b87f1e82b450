"""Which broken rules reception has accepted for a booking, with its reasons (rules B7 and B8)."""

from collections.abc import Collection

from bookings.enums import EventKind
from bookings.models import Event
from bookings.scheduling.slots import Rule

type Accepted = dict[Rule, str]
"""The rules that may stay broken, each with the reason that was given."""

JUDGED_ANEW = (EventKind.BOOKED, EventKind.MOVED, EventKind.RESTORED)
"""After these only what was overridden with them is accepted: every rule was judged."""


def accepted_for(bookings: Collection[int]) -> dict[int, Accepted]:
    """Per booking (ids) what is accepted, in one query; bookings without anything are left out.

    Read from what is recorded: overriding a rule and keeping a booking accept, a change of the
    schedule that concerns the booking takes that back.
    """
    found: dict[int, Accepted] = {}
    if not bookings:
        return found
    steps = (
        Event.objects.filter(
            booking__in=bookings, kind__in=(*JUDGED_ANEW, EventKind.KEPT, EventKind.AFFECTED)
        )
        .order_by("pk")
        .values_list("booking_id", "kind", "overridden", "reason", "details")
    )
    for booking, kind, overridden, reason, details in steps:
        if kind in JUDGED_ANEW:
            found.pop(booking, None)
        if kind == EventKind.AFFECTED:
            for number in details["rules"]:
                found.get(booking, {}).pop(Rule(number), None)
        elif overridden:
            found.setdefault(booking, {}).update((Rule(number), reason) for number in overridden)
    return {booking: rules for booking, rules in found.items() if rules}
