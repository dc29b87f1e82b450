"""Who looked at whose health answers, and when: read here, and nothing else (rule H3)."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bookings.admin.schedule import Kept
from bookings.models import Look
from bookings.words import at_location


@admin.register(Look)
class LookAdmin(Kept):
    list_display = ("when", "by", "whose", "of_what", "page")
    list_display_links = None
    list_filter = ("page", ("by", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("by", "booking__client", "booking__location")
    search_fields = ("booking__reference", "booking__client__name", "by__username")
    search_help_text = _("Reference, client or who looked.")
    date_hierarchy = "at"
    fields = ("when", "by", "whose", "of_what", "page")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """To nobody: each is written with the look itself."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """To nobody."""
        return False

    @admin.display(description=_("when"), ordering="at")
    def when(self, look: Look) -> str:
        """By the clock of the place."""
        return at_location(look.at, look.booking)

    @admin.display(description=_("whose"), ordering="booking__client__name")
    def whose(self, look: Look) -> str:
        """The client."""
        return str(look.booking.client or "")

    @admin.display(description=_("booking"), ordering="booking__reference")
    def of_what(self, look: Look) -> str:
        """The booking, with the way to it."""
        page = reverse("admin:booking", args=[look.booking.reference])
        return format_html('<a href="{}">{}</a>', page, look.booking.reference)
