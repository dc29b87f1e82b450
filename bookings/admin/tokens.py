"""The API tokens of the staff: seen and revoked here, made by `manage.py createtoken`."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.admin.schedule import Kept
from bookings.scheduling.hours import to_instant
from studio.api.models import StaffToken
from studio.clock import this_minute


@admin.register(StaffToken)
class StaffTokenAdmin(Kept):
    list_display = ("name", "user", "scopes", "created_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    date_hierarchy = "created_at"
    fields = readonly_fields = ("name", "user", "scopes", "created_at", "revoked_at")
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """To nobody: a token is shown once, where it is made."""
        return False

    @admin.action(
        permissions=["change"],
        description=_("Revoke"),
        description_plural=_("Revoke the chosen tokens"),
        location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
    )
    def revoke(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """End them for good; a program that still calls with one is turned away."""
        count = queryset.filter(revoked_at=None).update(revoked_at=to_instant(this_minute()))
        words = ngettext("%(count)s token revoked.", "%(count)s tokens revoked.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
