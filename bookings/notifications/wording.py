"""The words that can be a studio's own: of each kind of mail its subject, opening and closing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bookings.enums import NotificationKind as Kind
from bookings.models import MailText

IN_BRACES = re.compile(r"\{[^{}]*\}|[{}]")

type Text = str | Promise

IN_SUBJECTS = ("client", "date", "time", "location", "studio")
"""Nothing of the session: a subject lies open on a locked telephone."""

OF_BOOKINGS = (*IN_SUBJECTS, "address", "phone", "link", "session", "therapist")
DEADLINE = (Kind.RECEIVED, Kind.WAITLIST_OFFER, Kind.REVIEW_WAITING)
"""Kinds that have an end to tell of."""


@dataclass(frozen=True, slots=True)
class Words:
    """Texts with placeholders; an empty closing says nothing."""

    subject: str
    opening: str
    closing: str


def placeholders(kind: Kind, *, in_subject: bool) -> tuple[str, ...]:
    """What the words of a kind can have filled in."""
    deadline = ("deadline",) if kind in DEADLINE else ()
    if kind == Kind.REVIEW_WAITING:
        return ("studio", *deadline) if in_subject else ("studio", "link", *deadline)
    if kind == Kind.THERAPIST_AGENDA:
        return ("date", "studio") if in_subject else ("date", "studio", "therapist", "link")
    return (*(IN_SUBJECTS if in_subject else OF_BOOKINGS), *deadline)


def unknown_in(text: str, kind: Kind, *, in_subject: bool) -> list[str]:
    """What stands in braces and means nothing there, as it was typed; stray braces too."""
    known = {f"{{{name}}}" for name in placeholders(kind, in_subject=in_subject)}
    return [found for found in IN_BRACES.findall(text) if found not in known]


def words_of(kind: Kind) -> Words:
    """What a mail says in the language that is spoken now: the studio's words before ours."""
    own = MailText.objects.filter(kind=kind, language=get_language()).first()
    ours = program_words(kind)
    if own is None:
        return ours
    return Words(own.subject or ours.subject, own.opening or ours.opening, own.closing)


def program_words(kind: Kind) -> Words:
    """What the program says in the language that is spoken now."""
    opening = f"{GREETING}\n\n{OPENINGS[kind]}" if kind in GREETED else str(OPENINGS[kind])
    return Words(str(SUBJECTS[kind]), opening, str(CLOSINGS.get(kind, "")))


GREETING = _("Hello {client},")
GREETED = (
    Kind.RECEIVED,
    Kind.CONFIRMED,
    Kind.MOVED,
    Kind.CANCELLED,
    Kind.DECLINED,
    Kind.LAPSED,
    Kind.REMINDER,
    Kind.ANSWERS_NEEDED,
    Kind.WAITLIST_OFFER,
    Kind.FOLLOW_UP,
)
"""Kinds that go to clients."""

ABOUT = _("About your appointment at {location}, {date}, {time}")
SUBJECTS: Mapping[Kind, Text] = {
    Kind.RECEIVED: _("We have your booking: {location}, {date}, {time}"),
    Kind.CONFIRMED: _("Your appointment at {location}, {date}, {time}"),
    Kind.MOVED: _("Moved: your appointment at {location}, {date}, {time}"),
    Kind.CANCELLED: _("Cancelled: your appointment at {location}, {date}, {time}"),
    Kind.DECLINED: ABOUT,
    Kind.LAPSED: ABOUT,
    Kind.REMINDER: _("Reminder: your appointment at {location}, {date}, {time}"),
    Kind.ANSWERS_NEEDED: _("Before your appointment at {location}, {date}, {time}"),
    Kind.WAITLIST_OFFER: _("A time has come free at {location}: {date}, {time}"),
    Kind.FOLLOW_UP: _("Thank you for coming to {location}"),
    Kind.THERAPIST_BOOKED: _("New in your schedule: {location}, {date}, {time}"),
    Kind.THERAPIST_MOVED: _("Changed in your schedule: {location}, {date}, {time}"),
    Kind.THERAPIST_CANCELLED: _("Gone from your schedule: {location}, {date}, {time}"),
    Kind.THERAPIST_AGENDA: _("Your day: {date}"),
    Kind.REVIEW_WAITING: _("A review is waiting, until {deadline}"),
}

NOT_CONFIRMED = _(
    "We are sorry about that. Please call us: we will gladly find something that suits you."
)
# None of them says again what the heading above it has said.
OPENINGS: Mapping[Kind, Text] = {
    Kind.RECEIVED: _("Thank you for booking. The time is kept for you."),
    Kind.CONFIRMED: _("Thank you for booking. We look forward to seeing you."),
    Kind.MOVED: _("This is how it stands now:"),
    Kind.CANCELLED: _(
        "The time is free for others now. We would be glad to see you on another day."
    ),
    Kind.DECLINED: NOT_CONFIRMED,
    Kind.LAPSED: NOT_CONFIRMED,
    Kind.REMINDER: _("On {date} at {time} we expect you."),
    Kind.ANSWERS_NEEDED: _(
        "Please take a minute for them. Only the people who need your answers see them."
    ),
    Kind.WAITLIST_OFFER: _(
        "You were waiting for one like this. It is kept for you until {deadline}; then the next"
        " person on the list is asked."
    ),
    Kind.FOLLOW_UP: _("If you would like to tell us how it was, simply answer this mail."),
    Kind.THERAPIST_BOOKED: _("This has been booked with you:"),
    Kind.THERAPIST_MOVED: _("This is how it stands now:"),
    Kind.THERAPIST_CANCELLED: _("This is not in your schedule any more:"),
    Kind.THERAPIST_AGENDA: _("This is what is booked with you on {date}:"),
    Kind.REVIEW_WAITING: _("Until {deadline}, a booking waits for somebody to look at it."),
}

CLOSINGS: Mapping[Kind, Text] = {
    Kind.CONFIRMED: _("See you soon!"),
}

HEADINGS: Mapping[Kind, Text] = {
    Kind.RECEIVED: _("We have your booking"),
    Kind.CONFIRMED: _("Your appointment is booked"),
    Kind.MOVED: _("Your appointment has changed"),
    Kind.CANCELLED: _("Your appointment has been cancelled"),
    Kind.DECLINED: _("We could not confirm your booking"),
    Kind.LAPSED: _("We could not confirm your booking"),
    Kind.REMINDER: _("See you soon"),
    Kind.ANSWERS_NEEDED: _("A few questions before you come"),
    Kind.WAITLIST_OFFER: _("A time has come free"),
    Kind.FOLLOW_UP: _("Thank you for coming"),
    Kind.THERAPIST_BOOKED: _("New in your schedule"),
    Kind.THERAPIST_MOVED: _("Changed in your schedule"),
    Kind.THERAPIST_CANCELLED: _("Gone from your schedule"),
    Kind.THERAPIST_AGENDA: _("Your day"),
    Kind.REVIEW_WAITING: _("A review is waiting"),
}
"""What stands at the head of a mail, whatever the studio writes below it."""
