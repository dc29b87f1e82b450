"""A booking for each kind of mail, and the mail that tells of it."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Permission, User
from django.core.mail import EmailMultiAlternatives

from bookings.domain.telling.news import CLIENT_NEWS, THERAPIST_NEWS, facts_of
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.enums import Status, WaitlistState
from bookings.models import (
    Booking,
    Client,
    Notification,
    Question,
    Questionnaire,
    WaitlistEntry,
    WaitlistOffer,
)
from bookings.notifications.messages import compose
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import NOW
from tests.factories import MONDAY_AT_TEN, make_bookable, make_booking, make_studio, make_user
from therapists.models import Therapist

LATER = MONDAY_AT_TEN + timedelta(hours=2)
SESSION, THERAPIST = "Deep Bars 90", "Sky Walker"
STATUSES = {
    Kind.RECEIVED: Status.PENDING_REVIEW,
    Kind.REVIEW_WAITING: Status.PENDING_REVIEW,
    Kind.CANCELLED: Status.CANCELLED,
    Kind.THERAPIST_CANCELLED: Status.CANCELLED,
    Kind.DECLINED: Status.DECLINED,
    Kind.LAPSED: Status.EXPIRED,
    Kind.WAITLIST_OFFER: Status.HELD,
    Kind.FOLLOW_UP: Status.COMPLETED,
}
"""In which a kind is true; in the others the booking is confirmed."""

ENDING = (Status.HELD, Status.PENDING_REVIEW)
TO_THERAPISTS = (*THERAPIST_NEWS, Kind.THERAPIST_AGENDA)


def make_row(
    kind: Kind,
    *,
    language: str = "en",
    client: Client | None = None,
    studio_language: str = "en",
) -> Notification:
    """What is queued of a kind, and true of a booking on Monday at ten."""
    make_studio(name="Still Water", language=studio_language)
    studio = make_bookable()
    location, session, therapist = studio.location, studio.session_type, studio.therapist
    location.name, session.name, therapist.name = "Downtown", SESSION, THERAPIST
    therapist.user = staff("therapist", "")
    for row in (location, session, therapist):
        row.save()
    staff("reviewer", "view_answers")
    client = client or Client(name="Robin Client", email="robin@example.org", language=language)
    client.save()
    status = STATUSES.get(kind, Status.CONFIRMED)
    booking = make_booking(
        therapist=therapist,
        room=studio.room,
        session_type=session,
        client=client,
        status=status,
        expires_at=to_instant(NOW + 60) if status in ENDING else None,
        booked_at=to_instant(NOW),
    )
    if kind == Kind.ANSWERS_NEEDED:
        ask_something()
    if kind == Kind.WAITLIST_OFFER:
        offer(booking, client)
    return row_of(kind, booking)


def row_of(kind: Kind, booking: Booking, *, lead_hours: int = 0) -> Notification:
    """The row of a booking as it is; before a change something else was told."""
    therapist = booking.therapist if kind in TO_THERAPISTS else None
    if kind == Kind.MOVED:
        told(booking, Kind.CONFIRMED)
    elif kind in (Kind.THERAPIST_MOVED, Kind.THERAPIST_CANCELLED):
        told(booking, Kind.THERAPIST_BOOKED, therapist)
    if kind == Kind.THERAPIST_AGENDA:
        midnight = datetime(2026, 8, 3, tzinfo=UTC)
        return queued(kind, booking=None, therapist=therapist, start=midnight)
    return queued(
        kind,
        booking=booking,
        therapist=therapist,
        start=booking.starts_at,
        facts=facts_of(booking),
        sequence=booking.sequence,
        lead_hours=lead_hours,
    )


def queued(kind: Kind, **values: object) -> Notification:
    """A row that is due now."""
    instant = to_instant(NOW)
    return Notification.objects.create(kind=kind, due_at=instant, queued_at=instant, **values)


def told(booking: Booking, kind: Kind, therapist: Therapist | None = None) -> Notification:
    """What was sent before the booking was moved from noon to where it is."""
    instant = to_instant(NOW - 60)
    return Notification.objects.create(
        booking=booking,
        kind=kind,
        therapist=therapist,
        start=LATER,
        facts=facts_of(booking),
        state=State.SENT,
        due_at=instant,
        queued_at=instant,
        sent_at=instant,
    )


def mail_of(
    kind: Kind,
    *,
    language: str = "en",
    client: Client | None = None,
    studio_language: str = "en",
) -> EmailMultiAlternatives:
    """The mail of a kind as it leaves."""
    row = make_row(kind, language=language, client=client, studio_language=studio_language)
    mail = compose(row, now=minute_of(kind))
    assert isinstance(mail, EmailMultiAlternatives)
    return mail


def minute_of(kind: Kind) -> int:
    """When a kind leaves: a few minutes after its change, or after the session."""
    return NOW + 7 * 24 * 60 if kind == Kind.FOLLOW_UP else NOW + 4


def staff(name: str, permission: str) -> User:
    """An account with an address, and perhaps one permission."""
    user = make_user(username=name)
    user.email = f"{name}@example.org"
    user.save()
    if permission:
        user.user_permissions.add(Permission.objects.get(codename=permission))
    return user


def ask_something() -> None:
    """A questionnaire that nobody has answered."""
    asked = Questionnaire.objects.create(version=1, signed_off_by="Mei", signed_off_on="2026-01-01")
    Question.objects.create(
        questionnaire=asked,
        key="thinners",
        position=1,
        kind="yes_no",
        text="Do you take blood thinners?",
        outcomes=[{"outcome": "review"}],
    )


def offer(booking: Booking, client: Client) -> None:
    """Somebody has waited for it."""
    day = booking.date
    entry = WaitlistEntry.objects.create(
        reference="WAITS-FOR22",
        location=booking.location,
        session_type=booking.session_type,
        first=day,
        last=day,
        client=client,
        joined_at=to_instant(NOW),
        state=WaitlistState.OFFERED,
    )
    WaitlistOffer.objects.create(
        entry=entry,
        booking=booking,
        starts_at=booking.starts_at,
        offered_at=to_instant(NOW),
        expires_at=to_instant(NOW + 60),
    )


def is_for_client(kind: Kind) -> bool:
    """Whether it goes to whoever booked."""
    others = (Kind.REVIEW_WAITING, *TO_THERAPISTS)
    return kind in CLIENT_NEWS or kind not in others
