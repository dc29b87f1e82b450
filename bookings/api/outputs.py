"""What callers are told: each shape once, for the answer and for the documentation."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import is_cancellable
from bookings.enums import Pressure, Source, Status
from bookings.models import Booking, Client
from bookings.scheduling.hours import to_instant
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
    """What there is to say of a booking that is no secret; `context` has `now`."""

    reference = serializers.CharField()
    status = serializers.SerializerMethodField()
    starts_at = LocalTime(help_text="The session, without its buffers.")
    ends_at = LocalTime()
    timezone = serializers.CharField(source="location.timezone")
    location = serializers.SlugField(source="location.slug")
    session_type = serializers.SlugField(source="session_type.slug")
    therapist = serializers.SlugField(source="therapist.slug")
    room = serializers.SlugField(source="room.slug")
    price = serializers.SerializerMethodField()
    held_until = serializers.SerializerMethodField(help_text="Null unless it is held.")
    cancellable_until = serializers.SerializerMethodField(
        help_text="Until when cancelling is free and a client may move it; null when it is over."
    )

    @extend_schema_field(serializers.ChoiceField(choices=Status.choices))
    def get_status(self, booking: Booking) -> str:
        """The state; one past its time limit is expired, cleaned up or not (rule B3)."""
        has_lapsed = booking.has_lapsed(to_instant(self.context["now"]))
        return Status.EXPIRED.value if has_lapsed else booking.status

    @extend_schema_field(MoneyOutput)
    def get_price(self, booking: Booking) -> dict[str, str]:
        """The price as it was when the booking was made."""
        return {"amount": f"{booking.price:.2f}", "currency": booking.currency}

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_held_until(self, booking: Booking) -> str | None:
        """When a hold runs out."""
        if self.get_status(booking) != Status.HELD or booking.expires_at is None:
            return None
        return booking.expires_at.astimezone(booking.location.zone).isoformat(timespec="seconds")

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_cancellable_until(self, booking: Booking) -> str | None:
        """The deadline of rule B6."""
        if not is_cancellable(booking):
            return None
        deadline = to_instant(cancellable_until(booking))
        return deadline.astimezone(booking.location.zone).isoformat(timespec="seconds")


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
