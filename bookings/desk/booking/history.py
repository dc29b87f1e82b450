"""What happened to a booking, in sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.enums import EventKind, PaymentMethod, Source, Status
from bookings.models import Booking, Event, SessionType
from bookings.scheduling.slots import Rule
from bookings.words import at_location, rule_number
from studio.premises.models import Room
from therapists.models import Therapist

WHAT: dict[EventKind, str | Promise] = {
    EventKind.HELD: gettext_lazy("Held"),
    EventKind.BOOKED: gettext_lazy("Booked"),
    EventKind.CONFIRMED: gettext_lazy("Confirmed"),
    EventKind.MOVED: gettext_lazy("Moved"),
    EventKind.CANCELLED: gettext_lazy("Cancelled"),
    EventKind.RESTORED: gettext_lazy("The cancellation was undone"),
    EventKind.EXPIRED: gettext_lazy("Expired"),
    EventKind.APPROVED: gettext_lazy("Approved after a review"),
    EventKind.DECLINED: gettext_lazy("Declined after a review"),
    EventKind.CHECKED_IN: gettext_lazy("Checked in"),
    EventKind.COMPLETED: gettext_lazy("Completed"),
    EventKind.NO_SHOW: gettext_lazy("Marked as a no-show"),
    EventKind.STEPPED_BACK: gettext_lazy("Taken back one step"),
    EventKind.PAID: gettext_lazy("Payment received"),
    EventKind.AFFECTED: gettext_lazy("Hit by a change of the schedule"),
    EventKind.KEPT: gettext_lazy("Kept as it is"),
    EventKind.ANSWERED: gettext_lazy("Health questions answered"),
}
WHERE: dict[Source, str | Promise] = {
    Source.SITE: gettext_lazy("on the website"),
    Source.API: gettext_lazy("through the API"),
    Source.DESK: gettext_lazy("at reception"),
    Source.FILE: gettext_lazy("from a studio file"),
    Source.CLOCK: gettext_lazy("because its time was up"),
    Source.WAITLIST: gettext_lazy("for somebody on the waitlist"),
}
MOVED = {
    "starts_at": gettext_lazy("start"),
    "session_type": gettext_lazy("session type"),
    "therapist": gettext_lazy("therapist"),
    "room": gettext_lazy("room"),
    "price": gettext_lazy("price"),
}
"""What a move can change, in words."""

SEEN_BY = "seen_by"
"""What answers on paper have noted: the slug of the therapist who has seen them."""

NAMED: dict[str, type[Model]] = {
    "session_type": SessionType,
    "therapist": Therapist,
    "room": Room,
}
"""What an event has noted by its slug."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: when, what in one sentence, and what changed."""

    when: str
    words: str
    why: str
    changes: list[str]


def history_of(booking: Booking, *, sees_private: bool) -> list[Happening]:
    """Everything that happened, the latest first; the queries do not grow with the events."""
    events = list(booking.events.select_related("by").order_by("-at", "-pk"))
    names = _names(events)
    return [
        Happening(
            at_location(event.at, booking),
            _sentence(event, booking, names),
            _why(event, sees_private=sees_private),
            list(_changes(event, booking, names, sees_private=sees_private)),
        )
        for event in events
    ]


def _sentence(event: Event, booking: Booking, names: dict[tuple[str, str], str]) -> str:
    what = str(WHAT[EventKind(event.kind)])
    if event.kind == EventKind.STEPPED_BACK:
        states = {"from": _label(event.from_status), "to": _label(event.to_status)}
        what = _("Taken back from %(from)s to %(to)s") % states
    elif event.kind == EventKind.PAID:
        method = PaymentMethod(event.details["method"]).label
        paid = {"amount": event.details["amount"], "currency": booking.currency, "by": method}
        what = _("Payment received: %(amount)s %(currency)s, %(by)s") % paid
    elif event.kind == EventKind.ANSWERED and SEEN_BY in event.details:
        slug = event.details[SEEN_BY]
        seen = {"name": names.get(("therapist", slug), slug)}
        what = _("Health questions answered on paper, seen by %(name)s; noted") % seen
    elif event.to_status == Status.PENDING_REVIEW and event.from_status != event.to_status:
        what = _("%(what)s, waiting for a review") % {"what": what}
    source = WHERE[Source(event.source)]
    if event.by is not None:
        who = event.by.get_full_name() or event.by.get_username()
        return _("%(what)s by %(who)s, %(where)s.") % {"what": what, "who": who, "where": source}
    if event.source in (Source.SITE, Source.API):
        return _("%(what)s by the client, %(where)s.") % {"what": what, "where": source}
    return _("%(what)s, %(where)s.") % {"what": what, "where": source}


def _why(event: Event, *, sees_private: bool) -> str:
    rules = _rules(event.overridden, sees_private=sees_private)
    if rules and event.reason:
        return _("Past %(rules)s: %(reason)s") % {"rules": rules, "reason": event.reason}
    return _("Past %(rules)s") % {"rules": rules} if rules else event.reason


def _changes(
    event: Event, booking: Booking, names: dict[tuple[str, str], str], *, sees_private: bool
) -> Iterator[str]:
    """What was before and after a move; else the rules that a change of the schedule broke."""
    before, after = event.details.get("before"), event.details.get("after")
    if before is None or after is None:
        if "rules" in event.details:
            yield _rules(event.details["rules"], sees_private=sees_private)
        return
    for key in before:
        if before[key] == after[key]:
            continue
        old, new = (_spelled(key, place[key], booking, names) for place in (before, after))
        yield _("%(what)s: %(old)s → %(new)s") % {"what": MOVED[key], "old": old, "new": new}


def _spelled(key: str, value: str, booking: Booking, names: dict[tuple[str, str], str]) -> str:
    if key == "starts_at":
        return at_location(datetime.fromisoformat(value), booking)
    if key == "price":
        return f"{value} {booking.currency}"
    return names.get((key, value), value)


def _names(events: Iterable[Event]) -> dict[tuple[str, str], str]:
    """The names behind the slugs that events have noted; what is gone keeps its slug."""
    noted: dict[str, set[str]] = {key: set() for key in NAMED}
    for event in events:
        for side in ("before", "after"):
            for key in NAMED.keys() & event.details.get(side, {}).keys():
                noted[key].add(event.details[side][key])
        if SEEN_BY in event.details:
            noted["therapist"].add(event.details[SEEN_BY])
    return {
        (key, slug): name
        for key, slugs in noted.items()
        if slugs
        for slug, name in NAMED[key]
        ._default_manager.filter(slug__in=slugs)
        .values_list("slug", "name")
    }


def _rules(numbers: Iterable[str], *, sees_private: bool) -> str:
    return ", ".join(rule_number(Rule(number), sees_private=sees_private) for number in numbers)


def _label(status: str) -> str:
    return str(Status(status).label)
