"""A mail about nobody, for whoever writes its words. Nothing of it is stored."""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from bookings.enums import NotificationKind as Kind
from bookings.enums import Status
from bookings.models import Booking, Client, SessionType, WaitlistEntry, WaitlistOffer
from bookings.notifications.letter import Letter
from bookings.notifications.to_clients import Before, client_letter
from bookings.notifications.to_staff import agenda_letter, review_letter, therapist_letter
from bookings.notifications.wording import Words
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.house import House
from studio.premises.models import Location, Room
from therapists.models import Therapist

STATUSES = {
    Kind.RECEIVED: Status.PENDING_REVIEW,
    Kind.REVIEW_WAITING: Status.PENDING_REVIEW,
    Kind.WAITLIST_OFFER: Status.HELD,
    Kind.CANCELLED: Status.CANCELLED,
    Kind.DECLINED: Status.DECLINED,
    Kind.LAPSED: Status.EXPIRED,
    Kind.FOLLOW_UP: Status.COMPLETED,
}
"""In which a kind is sent; of the others the booking is confirmed."""

AHEAD = timedelta(days=9)


def example_letter(kind: Kind, language: str, words: Words, *, now: Minute) -> Letter:
    """The letter of a kind with these words, in the language that is spoken now."""
    house = House()
    name = house.studio.name
    booking = _booking(kind, language, house, now=now)
    if kind == Kind.REVIEW_WAITING:
        return review_letter(booking, words, studio=name)
    if kind == Kind.THERAPIST_AGENDA:
        return agenda_letter(booking.therapist, [booking], words, studio=name)
    before = Before(
        booking.starts_at - timedelta(days=1), booking.therapist.name, booking.session_type.name
    )
    if kind in (Kind.THERAPIST_BOOKED, Kind.THERAPIST_MOVED, Kind.THERAPIST_CANCELLED):
        return therapist_letter(
            kind, booking, words, studio=name, therapist=booking.therapist, before=before
        )
    return client_letter(kind, booking, words, studio=name, now=now, before=before)


def _booking(kind: Kind, language: str, house: House, *, now: Minute) -> Booking:
    location = house.locations[0] if house.locations else _location()
    session_type = SessionType(name=_("Session"), slug="example")
    hour = to_instant(now - now % 60)
    booking = Booking(
        reference="EXAMP-LE234",
        status=STATUSES.get(kind, Status.CONFIRMED),
        location=location,
        session_type=session_type,
        session_name=session_type.name,
        therapist=Therapist(name="Mei Tanaka", slug="example"),
        room=Room(name=_("Room"), slug="example"),
        client=Client(pk=0, name="Robin Rivera", email="robin@example.org", language=language),
        starts_at=hour + AHEAD,
        duration_minutes=60,
        price=Decimal(120),
        currency=house.studio.currency,
        free_cancellation_hours=location.free_cancellation_hours,
        booked_at=to_instant(now),
        expires_at=hour + timedelta(hours=settings.REVIEW_HOURS),
    )
    entry = WaitlistEntry(reference="EXAMP-LE234", client=booking.client)
    WaitlistOffer(booking=booking, entry=entry)
    booking.date = booking.starts_at.astimezone(location.zone).date()
    booking.occupied_from = to_minute(booking.starts_at)
    return booking


def _location() -> Location:
    return Location(
        name=_("Location"),
        timezone="America/Denver",
        address="1 Main Street",
        phone="+1 303 555 0100",
    )
