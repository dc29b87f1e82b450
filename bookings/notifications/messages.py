"""What is queued, as mails. Words are made when a mail leaves, from the rows as they are then."""

from email.message import MIMEPart
from email.policy import SMTP

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import override

from bookings.domain.health.screening import open_asks
from bookings.domain.staff import reviewers
from bookings.domain.telling.news import CLIENT_NEWS, THERAPIST_NEWS
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.enums import Status
from bookings.models import Booking, Notification, SessionType
from bookings.notifications.calendar import invitation, method_of
from bookings.notifications.headers import headers, sender
from bookings.notifications.languages import language_of
from bookings.notifications.letter import Letter
from bookings.notifications.to_clients import EXPECTING, Before, client_letter
from bookings.notifications.to_staff import agenda_letter, review_letter, therapist_letter
from bookings.notifications.truth import is_true
from bookings.notifications.wording import GREETED, words_of
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.house import House
from therapists.models import Therapist

ON_THE_DAY = (Status.CONFIRMED, Status.CHECKED_IN)

INVITING = (Kind.CONFIRMED, Kind.MOVED, Kind.CANCELLED)
"""What calendars have to follow."""


def compose(row: Notification, *, now: Minute) -> EmailMultiAlternatives | None:
    """The mail of a row; None when it is not true any more, or nobody is there to read it.

    What it says is read from the database now.
    """
    if row.booking_id is None:
        return _agenda(row, now=now)
    booking = Booking.objects.select_related(
        "client", "location", "room", "session_type", "therapist__user"
    ).get(pk=row.booking_id)
    to = _readers(row, booking)
    if not to or not is_true(row, booking, now=now):
        return None
    with override(language_of(booking.client if row.kind in GREETED else None)):
        mail = _mail(row, _letter(row, booking, now=now), to)
    mail.reply_to = [booking.location.email]
    if row.kind in INVITING:
        method = method_of(booking, now=now)
        file = invitation(booking, now=now).decode()
        mail.attach(_calendar_part(file, method))
    return mail


def _calendar_part(file: str, method: str) -> MIMEPart:
    """The invitation; mail programs act on it only where its type says what it asks."""
    part = MIMEPart(policy=SMTP)
    part.set_content(file, subtype="calendar", disposition="attachment", filename="invite.ics")
    part.set_param("method", method)
    return part


def _readers(row: Notification, booking: Booking) -> list[str]:
    if row.therapist is not None:
        return _reached(row.therapist)
    if row.kind == Kind.REVIEW_WAITING:
        return [user.email for user in reviewers()]
    return [booking.client.email] if booking.client and booking.client.email else []


def _reached(therapist: Therapist) -> list[str]:
    user = therapist.user
    return [user.email] if user is not None and user.is_active and user.email else []


def _letter(row: Notification, booking: Booking, *, now: Minute) -> Letter:
    kind, studio = Kind(row.kind), House().studio.name
    words = words_of(kind)
    if kind == Kind.REVIEW_WAITING:
        return review_letter(booking, words, studio=studio)
    before = _told_before(row)
    if row.therapist is not None:
        return therapist_letter(
            kind, booking, words, studio=studio, therapist=row.therapist, before=before
        )
    return client_letter(
        kind,
        booking,
        words,
        studio=studio,
        now=now,
        before=before,
        asks=kind in EXPECTING and bool(open_asks(booking, now=now)),
    )


def _told_before(row: Notification) -> Before | None:
    """What whoever reads the mail was told last, where it is about a change of that."""
    if row.kind not in (Kind.MOVED, Kind.THERAPIST_MOVED, Kind.THERAPIST_CANCELLED):
        return None
    told = Notification.objects.filter(
        booking=row.booking_id,
        therapist=row.therapist_id,
        kind__in=CLIENT_NEWS if row.therapist_id is None else THERAPIST_NEWS,
        state__in=(State.SENT, State.TOLD),
    )
    last = told.exclude(pk=row.pk).order_by("-queued_at", "-pk").first()
    if last is None:
        return None
    facts = last.facts
    therapist = Therapist.objects.filter(slug=facts.get("therapist", "")).first()
    session = SessionType.objects.filter(slug=facts.get("session_type", "")).first()
    return Before(
        start=last.start,
        therapist=therapist.name if therapist else "",
        session=session.name if session else "",
    )


def _agenda(row: Notification, *, now: Minute) -> EmailMultiAlternatives | None:
    """A therapist's sessions on the day of a row, as her locations' clocks have it."""
    assert row.therapist is not None
    # Whatever the zone, the row says the date by its midnight in UTC.
    booked = Booking.objects.on_dates(row.start.date(), row.start.date()).filter(
        therapist=row.therapist, status__in=ON_THE_DAY
    )
    named = booked.select_related("client", "location", "room")
    bookings = list(named.order_by("starts_at", "pk"))
    to = _reached(row.therapist)
    if not to or not bookings or bookings[-1].ends_at <= to_instant(now):
        return None
    with override(language_of(None)):
        letter = agenda_letter(
            row.therapist,
            bookings,
            words_of(Kind.THERAPIST_AGENDA),
            studio=House().studio.name,
        )
        mail = _mail(row, letter, to)
    mail.reply_to = [bookings[0].location.email]
    return mail


def _mail(row: Notification, letter: Letter, to: list[str]) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=sender(letter.studio),
        to=to,
        headers=headers(row, letter),
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail
