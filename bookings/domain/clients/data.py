"""All that is kept of a client: to give to them, and to erase (rule P3)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.domain.callers import Caller
from bookings.domain.clients.history import unsettled_bookings
from bookings.domain.clients.identity import clients_at, locked_client
from bookings.domain.events import record_about
from bookings.domain.health.answers import forget_answers
from bookings.domain.health.looking import own_answers, record_look
from bookings.domain.staff import may_review
from bookings.domain.waitlist.entries import withdraw_all
from bookings.enums import ClientEventKind, LookPage, NotificationState
from bookings.errors import BookingError
from bookings.folding import mailbox
from bookings.models import (
    Account,
    Booking,
    Client,
    ClientEvent,
    Event,
    Notification,
    WaitlistEntry,
)
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out, lock_everything


class StillBooked(BookingError):
    """A client has sessions ahead, or of which nobody has said what became of them."""

    code = "wrong_state"
    message = gettext_lazy("Cancel or complete what is booked first.")

    def __init__(self, bookings: Sequence[Booking]) -> None:
        """Say which."""
        self.bookings = bookings
        super().__init__()


def export(client: Client, *, caller: Caller, now: Minute) -> dict[str, Any]:
    """Everything that is kept of a client, as JSON can hold it; that it was given is recorded.

    With the health answers, for the client and for who may see them; that staff got them is a
    look (rule H3). Raises AnswersUnreadable when a key of theirs is missing.
    """

    def work() -> dict[str, Any]:
        exported = locked_client(client)
        with_answers = not caller.is_staff or may_review(caller.user)
        record_about(exported, ClientEventKind.EXPORTED, by=caller, at=now)
        bookings = (
            Booking.objects.filter(client=exported)
            .select_related("location", "therapist", "room")
            .prefetch_related("events", "payments")
            .order_by("starts_at", "pk")
        )
        return {
            "exported_at": to_instant(now).isoformat(),
            "client": _person(exported),
            "merged": [_person(other) for other in exported.merged.order_by("pk")],
            "events": [
                {"what": event.kind, "at": event.at.isoformat(), "why": event.reason}
                for event in exported.events.all()
            ],
            "bookings": [
                _booking(booking)
                | ({"health_answers": _answers(booking, caller, now)} if with_answers else {})
                for booking in bookings
            ],
            "waitlist": [_waiting(entry) for entry in _waitlist_of(exported)],
        }

    return carry_out(work)


def _person(client: Client) -> dict[str, Any]:
    return {
        "id": client.pk,
        "name": client.name,
        "email": client.email,
        "phone": client.phone,
        "language": client.language,
        "wants_reminders": client.wants_reminders,
        "wants_follow_ups": client.wants_follow_ups,
        "known_since": client.created_at.isoformat(),
        "notes": client.notes,
        "blocked_since": _iso(client.blocked_at),
        "block_reason": client.block_reason,
    }


def _booking(booking: Booking) -> dict[str, Any]:
    zone = booking.location.zone
    return {
        "reference": booking.reference,
        "status": booking.status,
        "session": booking.session_name,
        "starts_at": booking.starts_at.astimezone(zone).isoformat(),
        "ends_at": booking.ends_at.astimezone(zone).isoformat(),
        "location": booking.location.name,
        "therapist": booking.therapist.name,
        "therapist_requested": booking.therapist_requested,
        "room": booking.room.name,
        "price": {"amount": str(booking.price), "currency": booking.currency},
        "pressure": booking.pressure,
        "notes": booking.notes,
        "source": booking.source,
        "booked_at": booking.booked_at.isoformat(),
        "cancelled_at": _iso(booking.cancelled_at),
        "late_cancellation": booking.late_cancellation,
        "series": booking.series_id,
        "place_in_series": booking.series_position,
        "place_in_pair": booking.pair_position,
        "history": [
            {
                "what": event.kind,
                "at": event.at.isoformat(),
                "from_where": event.source,
                "from": event.from_status,
                "to": event.to_status,
                "why": event.reason,
                "rules_overridden": event.overridden,
                "details": event.details,
            }
            for event in booking.events.all()
        ],
        "payments": [
            {
                "amount": str(payment.amount),
                "method": payment.method,
                "received_at": payment.received_at.isoformat(),
            }
            for payment in booking.payments.all()
        ],
    }


def _answers(booking: Booking, caller: Caller, now: Minute) -> list[dict[str, Any]]:
    answers = own_answers(booking)
    if answers and caller.is_staff:
        record_look(booking, LookPage.EXPORT, caller=caller, now=now)
    return answers


def _waitlist_of(client: Client) -> QuerySet[WaitlistEntry]:
    rows = WaitlistEntry.objects.filter(client=client)
    return rows.select_related("location", "session_type", "therapist").prefetch_related(
        "events", "offers__booking"
    )


def _waiting(entry: WaitlistEntry) -> dict[str, Any]:
    return {
        "reference": entry.reference,
        "state": entry.state,
        "location": entry.location.name,
        "session": entry.session_type.name,
        "therapist": entry.therapist.name if entry.therapist else None,
        "from": entry.first.isoformat(),
        "until": entry.last.isoformat(),
        "parts": entry.parts,
        "joined_at": entry.joined_at.isoformat(),
        "history": [
            {"to": event.to_state, "at": event.at.isoformat(), "from_where": event.source}
            for event in entry.events.all()
        ],
        "offers": [
            {
                "booking": offer.booking.reference,
                "starts_at": offer.starts_at.astimezone(entry.location.zone).isoformat(),
                "offered_at": offer.offered_at.isoformat(),
                "expires_at": offer.expires_at.isoformat(),
                "answer": offer.answer,
            }
            for offer in entry.offers.all()
        ],
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def erase(client: Client, *, caller: Caller, now: Minute) -> Client:
    """Take the person out of all that is kept; the bookings stay for the accounts, without them.

    It cannot be taken back. Links that were sent for the bookings open nothing any more. Raises
    StillBooked while something is booked that is neither over nor cancelled, and WrongState for
    one who is erased already.
    """

    def work() -> Client:
        lock_everything()
        erased = locked_client(client)
        withdraw_all(erased, caller=caller, now=now)
        unsettled = list(unsettled_bookings(erased, now=now))
        if unsettled:
            raise StillBooked(unsettled)
        rows = list(Client.objects.filter(Q(pk=erased.pk) | Q(merged_into=erased)))
        addresses = {row.email for row in rows}
        for row in rows:
            _forget(row, now=now)
        _forget_accounts(addresses)
        bookings = Booking.objects.filter(client__in=rows)
        forget_answers(bookings)
        _forget_mails(Notification.objects.filter(booking__in=bookings))
        # Reasons may say who it was in anybody's words; which rule was overridden stays.
        Event.objects.filter(booking__in=bookings).update(reason="")
        ClientEvent.objects.filter(client__in=rows).update(reason="")
        bookings.update(notes="", browser_key="", address_key="", token_epoch=F("token_epoch") + 1)
        forget_in_log([row.pk for row in rows])
        erased.refresh_from_db()
        record_about(erased, ClientEventKind.ERASED, by=caller, at=now)
        return erased

    return carry_out(work)


def forget_in_log(client_ids: Sequence[int]) -> None:
    """Take the names out of the admin's own log, which keeps them beside every change."""
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Client),
        object_id__in=[str(pk) for pk in client_ids],
    ).update(object_repr=_("a client"), change_message="")


def _forget_accounts(addresses: Collection[str]) -> None:
    """Forget verified addresses that are nobody's any more."""
    nobodys = [mailbox(email) for email in addresses if not clients_at(email)]
    Account.objects.filter(mailbox__in=nobodys).delete()


def _forget_mails(rows: QuerySet[Notification]) -> None:
    """Let nothing leave to who is not there any more; what servers said of them goes too."""
    rows.filter(state=NotificationState.QUEUED, therapist=None).update(
        state=NotificationState.WITHDRAWN
    )
    rows.exclude(last_error="").update(last_error="")


def _forget(client: Client, *, now: Minute) -> None:
    client.name = _("Erased client")
    client.email = client.phone = client.notes = client.block_reason = ""
    client.language = settings.LANGUAGE_CODE
    client.blocked_at = None
    client.erased_at = to_instant(now)
    client.save()
