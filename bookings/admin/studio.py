"""The business as a whole, and what the pages are headed with."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.admin.schedule import Kept
from studio.premises.models import Studio


@admin.register(Studio)
class StudioAdmin(Kept):
    list_display = ("name", "currency", "language")
    fields = ("name", "currency", "language")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As long as there is none."""
        return super().has_add_permission(request) and not Studio.objects.exists()

    def save_model(self, request: HttpRequest, obj: Studio, form: Any, change: bool) -> None:
        """Save the one row there is."""
        obj.pk = 1
        super().save_model(request, obj, form, change)


def _name() -> str:
    return Studio.objects.values_list("name", flat=True).first() or _("Studio desk")


admin.site.site_header = lazy(_name, str)()
admin.site.site_title = gettext_lazy("Studio desk")
admin.site.index_title = gettext_lazy("What would you like to do?")
