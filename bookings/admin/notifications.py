"""What has been told, waits, or could not be sent: read here, and sent again (rule P4)."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, ngettext

from bookings.admin.schedule import Kept
from bookings.domain.telling.delivery import send_again, tell_otherwise
from bookings.models import Client, Notification
from bookings.words import at_location, spelled
from studio.clock import this_minute


@admin.register(Notification)
class NotificationAdmin(Kept):
    list_display = ("kind", "to_whom", "of_what", "state", "due", "attempts", "last_error")
    list_filter = ("state", "kind")
    list_select_related = ("booking__client", "booking__location", "therapist")
    list_per_page = 50
    search_fields = ("booking__reference",)
    search_help_text = gettext_lazy("Reference, client or therapist.")
    show_full_result_count = False
    date_hierarchy = "due_at"
    actions = ("send_again", "told_otherwise")
    fields = (
        ("kind", "lead_hours"),
        "to_whom",
        "of_what",
        ("state", "due", "sent"),
        ("attempts", "last_error"),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Notification], search_term: str
    ) -> tuple[QuerySet[Notification], bool]:
        """By a part of the reference, the therapist, or the client as the desk finds one."""
        text = search_term.strip()
        if not text:
            return queryset, False
        clients = Client.objects.matching(text).order_by()
        found = Q(booking__reference__icontains=text) | Q(booking__client__in=clients)
        return queryset.filter(found | Q(therapist__name__icontains=text)), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """To nobody: they come with what they tell of."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """To nobody; the actions are all there is to do."""
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Who may decide about what could not be sent."""
        return request.user.has_perm("bookings.change_notification")

    @admin.display(description=gettext_lazy("to"))
    def to_whom(self, row: Notification) -> str:
        """The therapist's name, or the client's with the way to her page."""
        if row.therapist is not None:
            return row.therapist.name
        client = row.booking.client if row.booking else None
        if client is None:
            return ""
        page = reverse("admin:client", args=[client.pk])
        return format_html('<a href="{}">{}</a>', page, client.name)

    @admin.display(description=gettext_lazy("booking"), ordering="booking__reference")
    def of_what(self, row: Notification) -> str:
        """The booking, or the day."""
        if row.booking is None:
            return f"{row.start:%Y-%m-%d}"
        page = reverse("admin:booking", args=[row.booking.reference])
        return format_html('<a href="{}">{}</a>', page, row.booking.reference)

    @admin.display(description=gettext_lazy("due"), ordering="due_at")
    def due(self, row: Notification) -> str:
        """When it leaves, left or was tried last, at the location where there is one."""
        return at_location(row.due_at, row.booking) if row.booking else spelled(row.due_at)

    @admin.display(description=gettext_lazy("sent at"))
    def sent(self, row: Notification) -> str:
        """When it left."""
        if row.sent_at is None:
            return ""
        return at_location(row.sent_at, row.booking) if row.booking else spelled(row.sent_at)

    @admin.action(
        permissions=["send"],
        description=gettext_lazy("Send again"),
        description_plural=gettext_lazy("Send the chosen ones again that could not be sent"),
    )
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notification]) -> None:
        """Once more from the start, say because the address is right now."""
        count = send_again(queryset, now=this_minute())
        words = ngettext(
            "%(count)s message will be sent again.", "%(count)s messages will be sent again.", count
        )
        self.message_user(request, words % {"count": count}, _level(count))

    @admin.action(
        permissions=["send"],
        description=gettext_lazy("Told otherwise"),
        description_plural=gettext_lazy("Note that the chosen ones were told otherwise"),
    )
    def told_otherwise(self, request: HttpRequest, queryset: QuerySet[Notification]) -> None:
        """By telephone, say; nothing is left to be done about them."""
        count = tell_otherwise(queryset)
        words = ngettext(
            "%(count)s message counts as told.", "%(count)s messages count as told.", count
        )
        self.message_user(request, words % {"count": count}, _level(count))


def _level(count: int) -> Any:
    return messages.SUCCESS if count else messages.WARNING
