"""Every list as a file for spreadsheets: what it shows, and all of it."""

from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import DateField, Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.domain.schedule import latest_today
from studio.clock import this_minute
from studio.premises.fields import DayInput
from studio.spreadsheets import Cell, csv_answer

if TYPE_CHECKING:  # Django's class takes a type argument only in the stubs
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin

EXPORT = "export"
DAYS: dict[type[Any], dict[str, Any]] = {DateField: {"widget": DayInput}}
"""Days are those of a place: Django's own widget would ask for them in UTC, and offer its today."""
CHUNK = 2000


class Exported(_Admin):
    """A list with a link to all of its filtered rows as CSV, for everybody who sees it."""

    formfield_overrides = DAYS

    def get_urls(self) -> list[URLPattern]:
        """The export's own address, before those that take any path."""
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=f"{self._name}_export"), *super().get_urls()]

    @property
    def _name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, which knows where its file is."""
        context = extra_context or {}
        if IS_POPUP_VAR not in request.GET:
            url, query = reverse(f"admin:{self._name}_export"), request.GET.urlencode()
            context = {**context, "export_url": f"{url}?{query}" if query else url}
        return super().changelist_view(request, context)

    def get_changelist_instance(self, request: HttpRequest) -> Any:  # Django's ChangeList
        """What the list shows; a NUL, for which PostgreSQL does not look, is no filter."""
        if any("\0" in value for _name, values in request.GET.lists() for value in values):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """All rows that the list's filters and search leave, in its order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            url = reverse(f"admin:{self._name}_changelist")
            return HttpResponseRedirect(f"{url}?{ERROR_FLAG}=1")
        return export(self, request, rows)


@admin.action(permissions=["view"], description=gettext_lazy("Export as CSV"))
def export(
    model_admin: "admin.ModelAdmin[Any]", request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponseBase:
    """The rows with the columns that the list has for whoever asks."""
    names = [name for name in model_admin.get_list_display(request) if name != "action_checkbox"]

    def rows() -> Iterator[list[Cell]]:
        yield [str(label_for_field(name, model_admin.model, model_admin)) for name in names]
        for row in queryset.iterator(chunk_size=CHUNK):
            yield [_cell(name, row, model_admin) for name in names]

    title = str(model_admin.opts.verbose_name_plural)
    return csv_answer(title, latest_today(this_minute()), rows())


admin.site.add_action(export, EXPORT)


def only_exports(request: HttpRequest) -> bool:
    """Whether a list's form was sent to export the ticked rows, which changes nothing."""
    return set(request.POST.getlist("action")) == {EXPORT}


def _cell(name: Any, row: Model, model_admin: "admin.ModelAdmin[Any]") -> Cell:
    """What the list shows, without the mark-up, and as a value where it is one."""
    try:
        field, _attribute, value = lookup_field(name, row, model_admin)
    except ObjectDoesNotExist:
        return None
    if isinstance(field, Field) and field.flatchoices:
        value = dict(field.flatchoices).get(value, value)
    if isinstance(field, ForeignKey):
        return None if value is None else str(value)
    return _plain(value)


def _plain(value: Any) -> Cell:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, SafeString):
        return unescape(strip_tags(value))
    if isinstance(value, list | tuple):
        return ", ".join(str(_plain(each)) for each in value)
    if isinstance(value, Model):
        return str(value)
    cell: Cell = value
    return cell
