"""What clients change about themselves."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bookings.domain.callers import Caller
from bookings.domain.clients.identity import locked_client
from bookings.domain.events import record_about
from bookings.domain.telling.outbox import follow_choice
from bookings.enums import ClientEventKind, Status
from bookings.models import Booking, Client
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out


@dataclass(frozen=True, slots=True)
class Choices:
    """How a client wants to be called, reached and written to."""

    name: str
    phone: str
    language: str
    wants_reminders: bool
    wants_follow_ups: bool


class MailChoice(TextChoices):
    """Mail that a client may do without; the values stand in addresses."""

    REMINDERS = "reminders", _("reminders")
    FOLLOW_UPS = "follow-ups", _("mail after a session")

    @property
    def field(self) -> str:
        """What of the client's row says whether they get it."""
        return f"wants_{self.value.replace('-', '_')}"


def change(client: Client, choices: Choices, *, caller: Caller, now: Minute) -> Client:
    """Write what differs, and record which of it; mail that waits follows (rule P4).

    Raises WrongState for one who is erased.
    """
    return _write(client, asdict(choices), caller=caller, now=now)


def choose_mail(
    client: Client, choice: MailChoice, *, wanted: bool, caller: Caller, now: Minute
) -> Client:
    """Switch one kind of mail on or off, in the same way."""
    return _write(client, {choice.field: wanted}, caller=caller, now=now)


def _write(client: Client, wanted: Mapping[str, Any], *, caller: Caller, now: Minute) -> Client:
    def work() -> Client:
        changed = locked_client(client)
        fields = [name for name, value in wanted.items() if getattr(changed, name) != value]
        if not fields:
            return changed
        for name in fields:
            setattr(changed, name, wanted[name])
        changed.save(update_fields=fields)
        record_about(
            changed, ClientEventKind.CHANGED, by=caller, at=now, details={"fields": fields}
        )
        if any(choice.field in fields for choice in MailChoice):
            _follow(changed, now=now)
        return changed

    return carry_out(work)


def _follow(client: Client, *, now: Minute) -> None:
    ahead = Booking.objects.filter(
        client=client, status=Status.CONFIRMED, starts_at__gt=to_instant(now)
    )
    for booking in ahead.select_related("location", "session_type", "therapist__user", "room"):
        booking.client = client
        follow_choice(booking, now=now)
