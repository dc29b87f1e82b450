"""The managers' pages for what informs visitors."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, TextField
from django.forms import Textarea
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from simple_history.admin import SimpleHistoryAdmin

from studio.exports import Exported
from studio.pages.forms import FilmForm, PageForm, PositionForm
from studio.pages.models import Film, Page
from studio.pages.showing import show
from studio.photos import look_at
from studio.uploads import clear_away

PREVIEW = "pages_page_preview"


@admin.register(Page)
class PageAdmin(SimpleHistoryAdmin, Exported):  # type: ignore[misc]  # the first has no types
    form = PageForm
    list_display = ("title", "slug", "language", "place", "position", "published", "updated_at")
    list_editable = ("position",)
    list_filter = ("language", "published", "place", "kind")
    search_fields = ("slug", "title", "summary", "body")
    ordering = ("language", "position", "slug")
    fieldsets = (
        (None, {"fields": ("title", ("slug", "language"), "kind", "published")}),
        (gettext_lazy("What it says"), {"fields": ("summary", "drawing", "body")}),
        (gettext_lazy("Where it is found"), {"fields": ("menu", "place", "position")}),
    )
    object_history_template = "admin/pages/page/versions.html"
    object_history_list_template = "admin/pages/page/version_list.html"
    object_history_form_template = "admin/pages/page/version.html"

    def get_urls(self) -> list[URLPattern]:
        """The preview's address, before those that take any path."""
        view = self.admin_site.admin_view(self.preview)
        urls: list[URLPattern] = super().get_urls()
        return [path("preview/", view, name=PREVIEW), *urls]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Page | None = None) -> Any:
        """The address follows the title while it is typed for the first time."""
        return {} if obj else {"slug": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Page | None = None) -> Any:
        """Where it stands, once it stands there: other pages, and other sites, lead to it."""
        return ("slug", "language") if obj else ()

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        """What is changed in the list, by a name of its own in each row."""
        return super().get_changelist_form(request, **{**kwargs, "form": PositionForm})

    def view_on_site(self, obj: Page) -> str | None:
        """Where visitors read it, if they can."""
        return obj.get_absolute_url() if obj.published else None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form, which can show what it would become."""
        more = {**(extra_context or {}), "preview_url": _preview_url(object_id)}
        answer: HttpResponse = super().changeform_view(request, object_id, form_url, more)
        return answer

    def preview(self, request: HttpRequest) -> HttpResponse:
        """The form's content as visitors would read it; nothing is stored."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        pk = request.GET.get("page", "")
        page = get_object_or_404(Page, pk=pk) if pk.isdecimal() else None
        if not (
            self.has_change_permission(request, page) if page else self.has_add_permission(request)
        ):
            raise PermissionDenied
        form = self.get_form(request, page, change=page is not None)(request.POST, instance=page)
        form.is_valid()
        typed: Page = form.instance
        for name in ("title", "summary", "body"):
            setattr(typed, name, request.POST.get(name, ""))
        mistakes = [words for errors in form.errors.values() for words in errors]
        with override(typed.language):
            return show(request, typed, preview=True, mistakes=mistakes)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every version that was saved, and by whom."""
        _refuse_words(object_id)
        more = {"title": _("Earlier versions"), **(extra_context or {})}
        answer: HttpResponse = super().history_view(request, object_id, more)
        return answer

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> QuerySet[Any]:
        """The versions of a page; it names no rows but whoever saved it."""
        versions: QuerySet[Any] = history_manager.filter(**{pk_name: object_id})
        return versions.select_related("history_user")

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """An earlier version, to look at or, for those who change pages, to put back."""
        _refuse_words(object_id, version_id)
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        more = {
            "title": _("An earlier version"),
            "preview_url": _preview_url(object_id),
            **(extra_context or {}),
        }
        answer: HttpResponse = super().history_form_view(request, object_id, version_id, more)
        return answer


@admin.register(Film)
class FilmAdmin(Exported):
    form = FilmForm
    list_display = ("__str__", "updated_at")
    formfield_overrides = {TextField: {"widget": Textarea({"rows": 4})}}
    fieldsets = (
        (
            None,
            {
                "fields": ("file", "link", "poster"),
                "description": gettext_lazy(
                    "Stands in for the drawn film that the program brings. Delete it, and that one"
                    " is back."
                ),
            },
        ),
        (
            gettext_lazy("For those who do not see or hear it"),
            {"fields": ("captions_en", "captions_es", "description_en", "description_es")},
        ),
        (gettext_lazy("Title"), {"fields": ("title_en", "title_es")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As long as there is none."""
        return super().has_add_permission(request) and not Film.objects.exists()

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Its page; the poster is made fit before the transaction, and nobody waits for it."""
        look_at(request.FILES.getlist("poster"))
        answer: HttpResponse = super().changeform_view(request, *args, **kwargs)
        return answer

    def save_model(self, request: HttpRequest, obj: Film, form: Any, change: bool) -> None:
        """Save the one row there is; the files that were replaced go."""
        clear_away(Film.objects.all(), *Film.FILES)
        obj.pk = 1
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Film) -> None:
        """Delete it, and its files."""
        clear_away(Film.objects.all(), *Film.FILES)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Film]) -> None:
        """Delete it from the list."""
        clear_away(queryset, *Film.FILES)
        super().delete_queryset(request, queryset)


def _refuse_words(*keys: str) -> None:
    """Answer 404 for what is no row's number; simple-history would ask the database for it."""
    if not all(key.isdecimal() for key in keys):
        raise Http404


def _preview_url(object_id: str | None) -> str:
    url = reverse(f"admin:{PREVIEW}")
    return f"{url}?page={object_id}" if object_id else url
