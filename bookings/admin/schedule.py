"""What the pages for the studio's own data share: locks first, a warning at the end (rule B8)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Model, QuerySet
from django.forms import Field, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy

from bookings.domain.attention.affected import note_change
from bookings.domain.attention.judging import Affected
from bookings.domain.callers import at_desk
from bookings.domain.schedule import ScheduleChange, changing_schedule
from bookings.domain.staff import may_see_private_time_off
from bookings.words import affected_words, spelled_wall
from studio.clock import this_minute
from studio.exports import DAYS, Exported, only_exports

AnyAdmin = Exported
"""What every page of ours for a table begins as."""

if TYPE_CHECKING:  # Django's classes take type arguments only in the stubs
    AnyInline = admin.TabularInline[Any, Any]
    AnyStackedInline = admin.StackedInline[Any, Any]
    AnyForm = ModelForm[Any]
else:
    AnyInline = admin.TabularInline
    AnyStackedInline = admin.StackedInline
    AnyForm = ModelForm

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


class Kept(AnyAdmin):
    """Rows that are never deleted (rule B7); what has had its day is retired instead."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """To nobody."""
        return False


class ScheduleAdmin(AnyAdmin):
    """Rows that bookings are judged by: written under the schedule's locks, never in between.

    Whoever saves or deletes one is told which coming bookings no longer fit.
    """

    informs: frozenset[str] = frozenset()
    """Fields that are there to be read, and decide about no booking."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add or change, with the locks taken before the form's rows are read."""
        with _writing(request):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; its actions write under the locks too."""
        with _writing(request):
            return super().changelist_view(request, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete, with the locks taken first."""
        with _writing(request):
            return super().delete_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row; what it said before has ended."""
        form.ended = _as_stored(type(obj), [obj.pk]) if change else []
        _touches(request, form.ended)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what belongs to the row; with that the change is whole, and can be judged."""
        ended = [*form.ended]
        for formset in formsets:
            touched = [each.instance.pk for each in formset.initial_forms if each.has_changed()]
            ended += _as_stored(formset.model, touched)
        _touches(request, ended)
        super().save_related(request, form, formsets, change)
        rows = [row for formset in formsets for row in _written(formset)]
        _touches(request, [form.instance, *rows])
        if not self.informs.issuperset(form.changed_data):
            rows.append(form.instance)
        found = warn_about(request, rows, ended=ended)
        request.left_behind = bool(found)  # type: ignore[attr-defined]  # read for the answer

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to where the form was opened from, if that was said; otherwise to the list."""
        back = request.GET.get("back", "")
        if url_has_allowed_host_and_scheme(back, None) and back.startswith("/"):
            return HttpResponseRedirect(back)
        return super().response_post_save_add(request, obj)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete one row."""
        ended = _as_stored(type(obj), [obj.pk])
        _touches(request, ended)
        super().delete_model(request, obj)
        warn_about(request, [], ended=ended)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete the chosen rows."""
        ended = list(queryset)
        _touches(request, ended)
        super().delete_queryset(request, queryset)
        warn_about(request, [], ended=ended)


class WallColumns(AnyAdmin):
    """Columns for stretches of wall-clock time."""

    @admin.display(description=gettext_lazy("from"), ordering="wall_from")
    def starts(self, row: Any) -> str:
        """The first reading of the clock."""
        return spelled_wall(row.wall_from) if row.wall_from else ""

    @admin.display(description=gettext_lazy("until"), ordering="wall_until")
    def ends(self, row: Any) -> str:
        """The reading of the clock at the end."""
        return spelled_wall(row.wall_until) if row.wall_until else ""


class InlineRows(AnyInline):
    """Rows inside a page, with as many queries for ten of them as for one."""

    extra = 0
    formfield_overrides = DAYS
    named: tuple[str, ...] = ()
    """What the rows' labels name."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows with what they name."""
        return super().get_queryset(request).select_related(*self.named)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A field without links to the pages of what can be chosen."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, Field) and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice whose rows are read once, and not again for each row of the page."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.choices = list(field.choices)  # type: ignore[arg-type]  # rows, once read
        return field


def warn_about(
    request: HttpRequest, rows: Iterable[Model], *, ended: Iterable[Model] = ()
) -> list[Affected]:
    """Say which coming bookings the change leaves behind; nothing is cancelled (rule B8)."""
    found = note_change(rows, ended=ended, by=at_desk(request.user), now=this_minute())
    if found:
        messages.warning(
            request, affected_words(found, sees_private=may_see_private_time_off(request.user))
        )
    return found


@contextmanager
def _writing(request: HttpRequest) -> Iterator[None]:
    if request.method in SAFE_METHODS or only_exports(request):
        yield
        return
    with changing_schedule() as change:
        request.schedule_change = change  # type: ignore[attr-defined]  # lives with the request
        yield


def _touches(request: HttpRequest, rows: Iterable[Model]) -> None:
    """End the answers that rows have a part in as they are now, be it before or after saving."""
    change: ScheduleChange = request.schedule_change  # type: ignore[attr-defined]  # as above
    change.touches(*rows, now=this_minute())


def _as_stored(model: type[Model], pks: Iterable[int]) -> list[Model]:
    """The rows as the database has them, whatever a form has made of its own."""
    return list(model._base_manager.filter(pk__in=pks))


def _written(formset: Any) -> list[Model]:
    """The rows that a saved formset has added or changed."""
    return [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]
