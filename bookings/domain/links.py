"""References to read aloud, and the unguessable links of a booking (rule P1)."""

import re
import secrets
from base64 import urlsafe_b64encode

from django.utils.crypto import constant_time_compare, salted_hmac

from bookings.models import Booking, CalendarFeed, Client, WaitlistEntry

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without those that sound or look like others."""
_REFERENCE = re.compile("[A-Z0-9]{5}-[A-Z0-9]{5}")


def new_reference() -> str:
    """Ten random letters and digits in two groups: about 49 bits, readable aloud."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def is_reference(text: str) -> bool:
    """Whether a form or a program can have drawn it: it goes into links as it is."""
    return _REFERENCE.fullmatch(text) is not None


def manage_token(booking: Booking, *, epoch: int | None = None) -> str:
    """The secret of the manage link, reckoned when needed and stored nowhere.

    Raising the booking's epoch makes every earlier token invalid.
    """
    return manage_token_of(booking.reference, booking.token_epoch if epoch is None else epoch)


def manage_token_of(reference: str, epoch: int) -> str:
    """The same by what it is reckoned from."""
    return _token("manage", reference, epoch)


def calendar_token(booking: Booking, *, epoch: int | None = None) -> str:
    """The secret of the calendar link; it opens nothing else."""
    return calendar_token_of(booking.reference, booking.token_epoch if epoch is None else epoch)


def calendar_token_of(reference: str, epoch: int) -> str:
    """The same by what it is reckoned from."""
    return _token("calendar", reference, epoch)


def waitlist_token(entry: WaitlistEntry, *, epoch: int | None = None) -> str:
    """The secret of the link of somebody who waits, in the same manner."""
    return _token("waitlist", entry.reference, entry.token_epoch if epoch is None else epoch)


def waiting_by(reference: str, token: str) -> WaitlistEntry | None:
    """The entry of the waitlist that a link opens; None if either half is wrong."""
    entry = (
        WaitlistEntry.objects.select_related("location", "session_type", "therapist", "client")
        .filter(reference=reference)
        .first()
    )
    is_opened = entry is not None and constant_time_compare(token, waitlist_token(entry))
    return entry if is_opened else None


def feed_token(feed: CalendarFeed) -> str:
    """The secret of a calendar feed's address, reckoned when needed and stored nowhere."""
    # When it was made is in it, so that no later row by its number has the same.
    return _token("feed", str(feed.pk), int(feed.made_at.timestamp()))


def choice_token(client: Client, choice: str) -> str:
    """The secret with which a client says whether to get a kind of mail; it opens nothing else."""
    return _token(f"mail.{choice}", str(client.pk), 0)


def opened_by(reference: str, token: str) -> Booking | None:
    """The booking that a manage link opens; None if either half is wrong."""
    booking = (
        Booking.objects.select_related(
            "location__version", "session_type", "therapist", "room", "client"
        )
        .filter(reference=reference)
        .first()
    )
    return booking if booking is not None and opens(booking, token) else None


def opens(booking: Booking, token: str) -> bool:
    """Whether a manage token is the booking's own."""
    return constant_time_compare(token, manage_token(booking))


def opens_calendar(booking: Booking, token: str) -> bool:
    """Whether a calendar token is the booking's own."""
    return constant_time_compare(token, calendar_token(booking))


def _token(purpose: str, reference: str, epoch: int) -> str:
    digest = salted_hmac(f"bookings.{purpose}", f"{reference}:{epoch}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
