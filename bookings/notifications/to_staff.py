"""Mails to those who work in the studio. Of a client they say the first name and an initial."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from bookings.enums import NotificationKind as Kind
from bookings.models import Booking
from bookings.notifications.letter import Fact, Letter, Link, Prose, one_line
from bookings.notifications.links import board_url, desk_url
from bookings.notifications.times import (
    day_words,
    moment_words,
    short_day_words,
    span_words,
    time_words,
    zone_words,
)
from bookings.notifications.to_clients import Before
from bookings.notifications.wording import HEADINGS, Words
from studio.premises.models import Location
from therapists.models import Therapist


def therapist_letter(
    kind: Kind,
    booking: Booking,
    words: Words,
    *,
    studio: str,
    therapist: Therapist,
    before: Before | None,
) -> Letter:
    """What has changed in a therapist's schedule; of what is gone, when she expected it."""
    start, location = booking.starts_at, booking.location
    if kind == Kind.THERAPIST_CANCELLED and before is not None:
        start = before.start
    values = {
        "client": short_name(booking),
        "date": day_words(start, location),
        "time": time_words(start, location),
        "location": location.name,
        "studio": studio,
        "address": location.address,
        "phone": location.phone,
        "link": board_url(),
        "session": booking.session_name,
        "therapist": therapist.name,
    }
    moved_from = before if kind == Kind.THERAPIST_MOVED else None
    return _letter(
        kind,
        words,
        values | {"date": short_day_words(start, location)},
        values,
        studio=studio,
        action=Link(_("Open your schedule"), board_url()),
        facts=tuple(_facts(booking, start, moved_from)),
    )


def agenda_letter(
    therapist: Therapist, bookings: Sequence[Booking], words: Words, *, studio: str
) -> Letter:
    """What is booked with a therapist on one date, in order."""
    location, day = bookings[0].location, bookings[0].starts_at
    values = {
        "date": day_words(day, location),
        "studio": studio,
        "therapist": therapist.name,
        "link": board_url(),
    }
    return _letter(
        Kind.THERAPIST_AGENDA,
        words,
        values | {"date": short_day_words(day, location)},
        values,
        studio=studio,
        action=Link(_("Open your schedule"), board_url()),
        facts=tuple(_line(booking) for booking in bookings),
    )


def review_letter(booking: Booking, words: Words, *, studio: str) -> Letter:
    """That a booking waits for a decision, and until when; of the booking itself nothing."""
    assert booking.expires_at is not None
    location = booking.location
    values = {
        "studio": studio,
        "deadline": moment_words(booking.expires_at, location),
        "link": desk_url(booking),
    }
    return _letter(
        Kind.REVIEW_WAITING,
        words,
        values,
        values,
        studio=studio,
        action=Link(_("Look at it"), desk_url(booking)),
        facts=(Fact(_("Until"), (values["deadline"], zone_words(booking.expires_at, location))),),
    )


def short_name(booking: Booking) -> str:
    """`Robin C.` of Robin Client."""
    names = booking.client.name.split() if booking.client else []
    return f"{names[0]} {names[-1][0]}." if len(names) > 1 else " ".join(names)


def _letter(
    kind: Kind,
    words: Words,
    in_subject: dict[str, str],
    values: dict[str, str],
    *,
    studio: str,
    action: Link,
    facts: tuple[Fact, ...],
) -> Letter:
    on_a_line = {name: one_line(value) for name, value in values.items()}
    return Letter(
        subject=Prose(words.subject, in_subject).line,
        heading=str(HEADINGS[kind]),
        opening=Prose(words.opening, on_a_line),
        closing=Prose(words.closing, on_a_line),
        facts=facts,
        action=action,
        studio=studio,
        reason=_("You get this mail because you work at %(studio)s.") % {"studio": studio},
    )


def _facts(booking: Booking, start: datetime, before: Before | None) -> Iterator[Fact]:
    location = booking.location
    if before is not None and before.start != booking.starts_at:
        yield Fact(_("Until now"), (moment_words(before.start, location),), is_past=True)
    yield _when(start, booking, location)
    yield Fact(_("Where"), (booking.room.name, location.name))
    yield Fact(_("Session"), (booking.session_name,))
    yield Fact(_("Client"), (short_name(booking),))


def _when(start: datetime, booking: Booking, location: Location) -> Fact:
    end = start + (booking.ends_at - booking.starts_at)
    span = span_words(start, end, location)
    return Fact(_("When"), (day_words(start, location), span, zone_words(start, location)))


def _line(booking: Booking) -> Fact:
    location = booking.location
    return Fact(
        span_words(booking.starts_at, booking.ends_at, location),
        (
            booking.session_name,
            f"{booking.room.name}, {location.name}",
            short_name(booking),
        ),
    )
