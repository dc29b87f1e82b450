"""What callers are told: each shape once, for the answer and for the documentation."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import is_cancellable
from bookings.enums import Pressure, Source, Status
from bookings.models import Booking, Client
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.api.schema import ProblemOutput


class MoneyOutput(serializers.Serializer[Any]):
    amount = serializers.CharField()
    currency = serializers.CharField(help_text="ISO 4217.")


class SlotOutput(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    therapists = serializers.ListField(child=serializers.CharField(), help_text="Slugs.")


class DayOutput(serializers.Serializer[Any]):
    date = serializers.DateField()
    slots = SlotOutput(many=True)


class AvailabilityOutput(serializers.Serializer[Any]):
    """Describes the answer only: thousands of slots are written without it, much faster."""

    location = serializers.CharField()
    session_type = serializers.CharField()
    timezone = serializers.CharField()
    vars()["from"] = serializers.DateField()
    until = serializers.DateField()
    days = DayOutput(many=True, help_text="Every date of the range, in order.")
    next_available = serializers.DateTimeField(
        allow_null=True,
        help_text="The first slot of the range, or else the first one after it.",
    )


class LocalTime(serializers.DateTimeField):
    """An instant of a booking, as the wall clocks at its location show it (rule T5)."""

    def get_attribute(self, instance: Booking) -> datetime | None:
        """The instant in the location's zone."""
        instant: datetime | None = super().get_attribute(instance)
        return instant.astimezone(instance.location.zone) if instant else None

    def to_representation(self, value: datetime) -> str:
        """Such as `2026-12-01T09:00:00-07:00`."""
        return value.isoformat(timespec="seconds")


class BookingFields(serializers.Serializer[Booking]):
    """What there is to say of a booking that is no secret; `context` has `now`.

    Describes it only: `said_of` says it, much faster.
    """

    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    starts_at = serializers.DateTimeField(help_text="The session, without its buffers.")
    ends_at = serializers.DateTimeField()
    timezone = serializers.CharField()
    location = serializers.SlugField()
    session_type = serializers.SlugField()
    therapist = serializers.SlugField()
    room = serializers.SlugField()
    price = MoneyOutput()
    held_until = serializers.DateTimeField(allow_null=True, help_text="Null unless it is held.")
    cancellable_until = serializers.DateTimeField(
        allow_null=True,
        help_text="Until when cancelling is free and a client may move it; null when it is over.",
    )

    def to_representation(self, instance: Booking) -> dict[str, Any]:
        """What is said of every booking, and what a subclass has besides."""
        said = said_of(instance, now=self.context["now"])
        more = [field for name, field in self.fields.items() if name not in said]
        return said | {
            str(field.field_name): field.to_representation(field.get_attribute(instance))
            for field in more
        }


def said_of(booking: Booking, *, now: Minute) -> dict[str, Any]:
    """What there is to say of a booking that is no secret, in the order of the contract."""
    zone, has_lapsed = booking.location.zone, booking.has_lapsed(to_instant(now))
    is_held = booking.status == Status.HELD and not has_lapsed
    held_until = booking.expires_at if is_held else None
    free_until = to_instant(cancellable_until(booking)) if is_cancellable(booking) else None
    return {
        "reference": booking.reference,
        # One past its time limit is expired, cleaned up or not (rule B3).
        "status": Status.EXPIRED.value if has_lapsed else str(booking.status),
        "starts_at": _local(booking.starts_at, zone),
        "ends_at": _local(booking.ends_at, zone),
        "timezone": booking.location.timezone,
        "location": booking.location.slug,
        "session_type": booking.session_type.slug,
        "therapist": booking.therapist.slug,
        "room": booking.room.slug,
        # As it was when the booking was made.
        "price": {"amount": f"{booking.price:.2f}", "currency": booking.currency},
        "held_until": _local(held_until, zone) if held_until else None,
        "cancellable_until": _local(free_until, zone) if free_until else None,
    }


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="seconds")


class BookingOutput(BookingFields):
    """A booking, for who has made it. The last three carry secrets, which are stored nowhere."""

    manage_token = serializers.CharField()
    manage_url = serializers.URLField()
    calendar_url = serializers.URLField()


class ClientOutput(serializers.ModelSerializer[Client]):
    class Meta:
        model = Client
        fields = ("id", "name", "email", "phone", "language")


class StaffBookingOutput(BookingFields):
    """A booking, for staff; `context` has `clients`: whether they may see who it is for."""

    client = serializers.SerializerMethodField(help_text="Null without `clients:read`.")
    notes = serializers.SerializerMethodField(help_text="Null without `clients:read`.")
    pressure = serializers.ChoiceField(choices=Pressure.choices)
    therapist_requested = serializers.BooleanField(help_text="False: the client took any.")
    late_cancellation = serializers.BooleanField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # the metaclass takes fields off
        choices=Source.choices
    )
    booked_at = LocalTime()

    @extend_schema_field(ClientOutput(allow_null=True))
    def get_client(self, booking: Booking) -> dict[str, Any] | None:
        """Who it is for."""
        if booking.client is None or not self.context["clients"]:
            return None
        return ClientOutput(booking.client).data

    @extend_schema_field({"type": ["string", "null"]})
    def get_notes(self, booking: Booking) -> str | None:
        """What the client wrote."""
        return booking.notes if self.context["clients"] else None


class StaffBookingDetailOutput(StaffBookingOutput):
    """One booking, for staff. The links are null without `bookings:write`: they let write."""

    manage_token = serializers.CharField(allow_null=True)
    manage_url = serializers.URLField(allow_null=True)
    calendar_url = serializers.URLField(allow_null=True)


class RefusalOutput(ProblemOutput):
    """A problem with what else the domain knows."""

    alternatives = SlotOutput(
        many=True,
        required=False,
        help_text="With `slot_unavailable` and `hold_expired`: up to 5 nearest open slots.",
    )
    rule = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="With `rule_refused`: its number; null where that would give a secret away.",
    )
    overridable = serializers.BooleanField(
        required=False, help_text="With `rule_refused`: whether a reason goes past it."
    )
