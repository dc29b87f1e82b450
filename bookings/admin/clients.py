"""The people who book."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bookings.admin.schedule import AnyAdmin
from bookings.models import Client


@admin.register(Client)
class ClientAdmin(AnyAdmin):
    list_display = ("name", "email", "phone", "created_at")
    search_fields = ("folded_name",)  # that there is a search; `get_search_results` does it
    search_help_text = _("Name, e-mail address or telephone number.")
    show_full_result_count = False
    date_hierarchy = "created_at"
    readonly_fields = ("created_at", "bookings")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Client], search_term: str
    ) -> tuple[QuerySet[Client], bool]:
        """Whom the desk would find too, best first unless another order is asked for."""
        if not search_term.strip():
            return queryset, False
        found = Client.objects.matching(search_term)
        if ORDER_VAR in request.GET:
            return queryset.filter(pk__in=found.order_by().values("pk")), False
        return found, False

    def get_fields(self, request: HttpRequest, obj: Client | None = None) -> Any:
        """What is asked, and of a known client what is known."""
        asked = ("name", "email", "phone", "language")
        return (*asked, *self.readonly_fields) if obj else asked

    @admin.display(description=_("bookings"))
    def bookings(self, client: Client) -> SafeString:
        """A link to them."""
        query = urlencode({"client__id__exact": client.pk})
        return format_html(
            '<a href="{}?{}">{}</a>',
            reverse("admin:bookings_booking_changelist"),
            query,
            client.bookings.count(),
        )

    def has_delete_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        """Of one who was typed by mistake; a client with bookings stays (rule B7)."""
        if obj is None or obj.bookings.exists():
            return False
        return super().has_delete_permission(request, obj)
