"""The people who book."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings.admin.schedule import AnyAdmin
from bookings.domain.clients.data import forget_in_log
from bookings.models import Client
from bookings.models.client import ClientQuerySet


class OnlineFilter(admin.SimpleListFilter):
    """By whether they may book online."""

    title = _("online booking")
    parameter_name = "online"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Both answers."""
        return [("yes", _("may book online")), ("no", _("blocked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The clients with the chosen answer."""
        wanted = {"yes": True, "no": False}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(blocked_at__isnull=wanted)


@admin.register(Client)
class ClientAdmin(AnyAdmin):
    list_display = ("name", "email", "phone", "may_book_online", "created_at")
    list_filter = (OnlineFilter,)
    search_fields = ("folded_name",)  # that there is a search; `get_search_results` does it
    search_help_text = _("Name, e-mail address or telephone number.")
    show_full_result_count = False
    date_hierarchy = "created_at"
    fields = ("name", "phone", "email", "language", "notes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Client]:
        """Those who are somebody of their own."""
        return Client.objects.present()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Client], search_term: str
    ) -> tuple[QuerySet[Client], bool]:
        """Whom the desk would find too, best first unless another order is asked for."""
        assert isinstance(queryset, ClientQuerySet)
        if not search_term.strip():
            return queryset, False
        found = queryset.matching(search_term)
        return (
            found.order_by(*queryset.query.order_by) if ORDER_VAR in request.GET else found
        ), False

    @admin.display(description=_("may book online"), boolean=True, ordering="blocked_at")
    def may_book_online(self, client: Client) -> bool:
        """Whether they may book online."""
        return not client.is_blocked

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The client's page at the desk."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not (object_id.isascii() and object_id.isdecimal()):
            raise Http404
        return HttpResponseRedirect(reverse("admin:client", args=[object_id]))

    def has_delete_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        """Of one who was typed by mistake; a client with a history stays (rule B7)."""
        if obj is None or any(rows.exists() for rows in (obj.bookings, obj.events, obj.merged)):
            return False
        return super().has_delete_permission(request, obj)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Client]) -> Any:
        """That one was deleted, but not who (rule P3)."""
        deleted = [client.pk for client in queryset]
        entries = super().log_deletions(request, queryset)
        forget_in_log(deleted)
        return entries
