"""Mails to whoever booked. Nothing of anybody's health stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import is_late
from bookings.domain.clients.choices import MailChoice
from bookings.domain.health.substitutes import suggested
from bookings.enums import BOOKED, Status
from bookings.enums import NotificationKind as Kind
from bookings.models import Booking
from bookings.notifications.letter import Fact, Letter, Link, Note, Prose, one_line
from bookings.notifications.links import (
    answers_url,
    book_url,
    choice_url,
    manage_url,
    offer_url,
    terms_url,
    times_url,
)
from bookings.notifications.pairs import partner_facts
from bookings.notifications.series import series_facts
from bookings.notifications.times import (
    day_words,
    moment_words,
    short_day_words,
    span_words,
    time_words,
    zone_words,
)
from bookings.notifications.wording import HEADINGS, Words
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from bookings.templatetags.appointments import money

EXPECTING = (Kind.RECEIVED, Kind.CONFIRMED, Kind.MOVED, Kind.REMINDER)
"""These tell of a session that is to come, and of questions that are open by then."""

PREPARED = (Kind.CONFIRMED, Kind.REMINDER)
"""After these somebody gets ready to come."""

OVER = (Kind.CANCELLED, Kind.DECLINED, Kind.LAPSED, Kind.FOLLOW_UP)
"""After these nobody comes any more, or somebody has come."""

CHOSEN = {Kind.REMINDER: MailChoice.REMINDERS, Kind.FOLLOW_UP: MailChoice.FOLLOW_UPS}
"""What nobody has to have."""


@dataclass(frozen=True, slots=True)
class Before:
    """What somebody was told before of a booking that has changed."""

    start: datetime
    therapist: str
    session: str


def client_letter(
    kind: Kind,
    booking: Booking,
    words: Words,
    *,
    studio: str,
    now: Minute,
    before: Before | None,
    asks: bool = False,
) -> Letter:
    """The mail of a kind, in the language that is spoken now.

    With `asks` it leads to the questions that are open, and says nothing of them.
    """
    action = _action(kind, booking, asks=asks)
    values = client_values(booking, studio=studio, link=action.url)
    short = {**values, "date": short_day_words(booking.starts_at, booking.location)}
    return Letter(
        subject=Prose(words.subject, short).line,
        heading=str(HEADINGS[kind]),
        opening=Prose(words.opening, values),
        facts=tuple(_facts(kind, booking, before, now=now)),
        action=action,
        notes=tuple(_notes(kind, booking, action, asks=asks, now=now)),
        closing=Prose(words.closing, values),
        studio=studio,
        reason=_("You get this mail because somebody gave this address for an appointment."),
        stop=_stop(kind, booking),
    )


def client_values(booking: Booking, *, studio: str, link: str) -> dict[str, str]:
    """What fills the placeholders, each on one line."""
    location, start = booking.location, booking.starts_at
    ends = booking.expires_at
    values = {
        "client": booking.client.name if booking.client else "",
        "date": day_words(start, location),
        "time": time_words(start, location),
        "location": location.name,
        "studio": studio,
        "address": location.address,
        "phone": location.phone,
        "link": link,
        "session": booking.session_name,
        "therapist": booking.therapist.name,
        "deadline": moment_words(ends, location) if ends else "",
    }
    return {name: one_line(value) for name, value in values.items()}


def _facts(kind: Kind, booking: Booking, before: Before | None, *, now: Minute) -> Iterator[Fact]:
    location, start = booking.location, booking.starts_at
    if kind == Kind.MOVED and before is not None:
        yield from _was(before, booking)
    span = span_words(start, booking.ends_at, location)
    yield Fact(_("When"), (day_words(start, location), span, zone_words(start, location)))
    yield Fact(_("Where"), (location.name, location.address))
    yield Fact(_("Session"), (booking.session_name,))
    yield Fact(_("With"), (booking.therapist.name,))
    yield from partner_facts(kind, booking, now=now)
    yield from series_facts(kind, booking)
    if kind not in OVER or booking.late_cancellation:
        yield Fact(_("Price"), (money(booking.price, booking.currency),))


def _was(before: Before, booking: Booking) -> Iterator[Fact]:
    """What of it is not so any more."""
    lines = []
    if before.start != booking.starts_at:
        lines.append(moment_words(before.start, booking.location))
    if before.session != booking.session_type.name:
        lines.append(before.session)
    if before.therapist != booking.therapist.name:
        lines.append(_("with %(name)s") % {"name": before.therapist})
    if lines:
        yield Fact(_("Until now"), tuple(lines), is_past=True)


def _action(kind: Kind, booking: Booking, *, asks: bool) -> Link:
    match kind:
        case Kind.RECEIVED if asks:
            return _answer(booking)
        case Kind.WAITLIST_OFFER:
            return Link(_("Accept or decline"), offer_url(booking))
        case Kind.ANSWERS_NEEDED:
            return _answer(booking)
        case Kind.FOLLOW_UP:
            return Link(_("Book another session"), book_url(booking.client))
        case Kind.CANCELLED | Kind.DECLINED | Kind.LAPSED:
            return Link(_("See your booking"), manage_url(booking))
    return Link(_("See, move or cancel it"), manage_url(booking))


def _answer(booking: Booking) -> Link:
    return Link(_("Answer the questions"), answers_url(booking))


def _notes(
    kind: Kind, booking: Booking, action: Link, *, asks: bool, now: Minute
) -> Iterator[Note]:
    """What is true of the booking, whatever the studio writes."""
    if asks:
        yield _asking(kind, booking)
    yield from _standing(kind, booking, now=now)
    if kind in PREPARED:
        yield from (Note(words) for words in _preparations(booking))
    if kind != Kind.WAITLIST_OFFER and action.url != manage_url(booking):
        words = _("Your booking:") if kind in OVER else _("Your booking, to see and to change:")
        yield Note(words, Link(_("See your booking"), manage_url(booking)))
    phone = booking.location.phone.replace(" ", "\N{NO-BREAK SPACE}")
    yield Note(_("Call us with any question: %(phone)s") % {"phone": phone})


def _asking(kind: Kind, booking: Booking) -> Note:
    """That questions are open; what about is nobody's business who reads over a shoulder."""
    if kind == Kind.RECEIVED:
        return Note(_("A few questions are still open. With your answers we can tell you sooner."))
    words = _("A few questions are still open. Please answer them before you come:")
    return Note(words, _answer(booking))


def _standing(kind: Kind, booking: Booking, *, now: Minute) -> Iterator[Note]:
    """What its state means for whoever booked it."""
    location, ends = booking.location, booking.expires_at
    match booking.status:
        case Status.PENDING_REVIEW if ends is not None:
            yield Note(
                _(
                    "A person at the studio looks at your booking. You hear from us by %(until)s"
                    " (studio time)."
                )
                % {"until": moment_words(ends, location)}
            )
        case Status.DECLINED if (instead := suggested(booking)) is not None:
            words = _("We suggest instead, at the same time: %(session)s")
            link = Link(_("Choose a time for it"), times_url(booking, instead))
            yield Note(words % {"session": instead.name}, link)
        case Status.CANCELLED if booking.late_cancellation:
            words = _("It was a late cancellation. Our terms say what that costs:")
            yield Note(words, Link(_("Terms and cancellation"), terms_url(booking.client)))
        case Status.CANCELLED:
            yield Note(_("This session has been cancelled, free of charge."))
        case Status.HELD if ends is not None:
            words = _("The time is kept for you until %(until)s (studio time).")
            yield Note(words % {"until": moment_words(ends, location)})
    if booking.status in BOOKED and kind != Kind.FOLLOW_UP:
        yield Note(_changing(booking, now=now))


def _changing(booking: Booking, *, now: Minute) -> str:
    if is_late(booking, now=now):
        return _(
            "The time in which you could move or cancel free of charge has ended. You can still"
            " cancel, as a late cancellation; the studio may ask for the price of the session then,"
            " %(price)s."
        ) % {"price": money(booking.price, booking.currency)}
    until, location = to_instant(cancellable_until(booking)), booking.location
    return _("You can move or cancel free of charge until %(until)s (studio time).") % {
        "until": moment_words(until, location)
    }


def _preparations(booking: Booking) -> tuple[str, ...]:
    price = money(booking.price, booking.currency)
    return (
        _(
            "On your first visit, please come 10 to 15 minutes early: we talk about how you are"
            " before you lie down."
        ),
        _(
            "There is nothing to bring. Oil may be used on your skin, so wear clothes that can take"
            " a little of it."
        ),
        _("You pay %(price)s at the studio.") % {"price": price},
    )


def _stop(kind: Kind, booking: Booking) -> Link | None:
    choice = CHOSEN.get(kind)
    if choice is None or booking.client is None:
        return None
    words = {
        MailChoice.REMINDERS: _("No more reminders"),
        MailChoice.FOLLOW_UPS: _("No more mail after a session"),
    }
    return Link(words[choice], choice_url(booking.client, choice))
