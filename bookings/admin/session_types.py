"""What clients can book."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bookings.admin.premises import FEW_TO_TICK, Named
from bookings.models import SessionType


@admin.register(SessionType)
class SessionTypeAdmin(Named):
    list_display = ("name", "slug", "duration_minutes", "price", "barefoot", "active")
    list_filter = ("active", "barefoot", "style", "locations")
    search_fields = ("name", "slug")
    formfield_overrides = FEW_TO_TICK
    fieldsets = (
        (None, {"fields": ("name", "slug", "summary", "description", "active")}),
        (
            _("Session"),
            {
                "fields": (
                    ("duration_minutes", "buffer_before_minutes", "buffer_after_minutes"),
                    "talk_minutes",
                    "price",
                    ("barefoot", "style"),
                )
            },
        ),
        (
            _("Offered"),
            {
                "fields": ("locations", "therapists"),
                "description": _("Bookings that were made keep their price and length."),
            },
        ),
        (_("Needs"), {"fields": ("requires_equipment", "requires_qualifications")}),
    )
