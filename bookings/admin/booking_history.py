"""What happened to a booking and what was paid for it, below its form: to read, not to edit."""

from datetime import datetime

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from bookings.admin.schedule import AnyInline
from bookings.models import Booking, Event, Payment
from bookings.words import at_location

MOVED = {
    "starts_at": gettext_lazy("start"),
    "session_type": gettext_lazy("session type"),
    "therapist": gettext_lazy("therapist"),
    "room": gettext_lazy("room"),
    "price": gettext_lazy("price"),
}
"""What a move can change, in words."""


class ReadOnlyRows(AnyInline):
    """Rows that the domain writes and people read."""

    extra = 0
    can_delete = False
    classes = ("desk-rows",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """To nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """To nobody."""
        return False


class PaymentRows(ReadOnlyRows):
    model = Payment
    fields = readonly_fields = ("amount", "method", "received", "received_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        """With what their labels name."""
        return super().get_queryset(request).select_related("booking__location", "received_by")

    @admin.display(description=gettext_lazy("received at"))
    def received(self, payment: Payment) -> str:
        """When, on the wall clock of the location."""
        return at_location(payment.received_at, payment.booking)


class EventRows(ReadOnlyRows):
    model = Event
    fields = readonly_fields = (
        "when",
        "kind",
        "by",
        "source",
        "from_status",
        "to_status",
        "reason",
        "rules",
        "changes",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """With what their labels name."""
        return super().get_queryset(request).select_related("booking__location", "by")

    @admin.display(description=gettext_lazy("when"))
    def when(self, event: Event) -> str:
        """When, on the wall clock of the location."""
        return at_location(event.at, event.booking)

    @admin.display(description=gettext_lazy("rules overridden"))
    def rules(self, event: Event) -> str:
        """Their numbers."""
        return ", ".join(event.overridden)

    @admin.display(description=gettext_lazy("details"))
    def changes(self, event: Event) -> str:
        """What was before and after a move; else whatever was noted."""
        before, after = event.details.get("before"), event.details.get("after")
        if before is None or after is None:
            return ", ".join(f"{key}: {_listed(value)}" for key, value in event.details.items())
        if before["starts_at"] != after["starts_at"]:
            before, after = (
                {**place, "starts_at": _start_in(place, event.booking)} for place in (before, after)
            )
        return ", ".join(
            f"{MOVED.get(key, key)}: {before[key]} → {after[key]}"
            for key in before
            if before[key] != after[key]
        )


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _start_in(place: dict[str, str], booking: Booking) -> str:
    """The start that a move has noted, on the wall clock of the location."""
    return at_location(datetime.fromisoformat(place["starts_at"]), booking)
