"""The health questionnaire: versions, of which the newest that is signed off is asked."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.admin.schedule import AnyForm, AnyStackedInline, ScheduleAdmin
from bookings.domain.questionnaires import check_outcomes, copy_as_draft, next_version
from bookings.domain.schedule import latest_today
from bookings.models import Question, Questionnaire
from studio.clock import this_minute


def is_signed_off(questionnaire: Model | None) -> bool:
    """Whether a version is past being edited: people have answered it as it is."""
    return isinstance(questionnaire, Questionnaire) and questionnaire.signed_off_on is not None


class QuestionForm(AnyForm):
    def clean(self) -> None:
        """Refuse outcomes that leave a yes without one."""
        super().clean()
        kind, outcomes = self.cleaned_data.get("kind"), self.cleaned_data.get("outcomes")
        if kind is not None and outcomes is not None:
            try:
                check_outcomes(kind, outcomes)
            except ValidationError as refused:
                self.add_error("outcomes", refused)


class QuestionRows(AnyStackedInline):
    model = Question
    form = QuestionForm
    extra = 0
    fields = (
        ("position", "key", "required"),
        ("text", "text_es"),
        ("help", "help_es"),
        ("kind", "ask"),
        ("date_label", "date_label_es"),
        "outcomes",
    )

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As long as the version is a draft."""
        return super().has_add_permission(request, obj) and not is_signed_off(obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As long as the version is a draft."""
        return super().has_change_permission(request, obj) and not is_signed_off(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As long as the version is a draft."""
        return super().has_delete_permission(request, obj) and not is_signed_off(obj)


class QuestionnaireForm(AnyForm):
    def clean_signed_off_on(self) -> date | None:
        """Refuse a day that lies ahead: from the sign-off on the questions are asked."""
        signed_off_on: date | None = self.cleaned_data["signed_off_on"]
        if signed_off_on is not None and signed_off_on > latest_today(this_minute()):
            raise ValidationError(
                _("This day lies ahead. Sign off when the questions may be asked.")
            )
        return signed_off_on


@admin.register(Questionnaire)
class QuestionnaireAdmin(ScheduleAdmin):
    form = QuestionnaireForm
    list_display = ("version", "signed_off_by", "signed_off_on")
    list_filter = (("signed_off_on", admin.EmptyFieldListFilter),)
    search_fields = ("signed_off_by",)
    date_hierarchy = "signed_off_on"
    fields = ("version", ("signed_off_by", "signed_off_on"))
    readonly_fields = ("version",)
    inlines = (QuestionRows,)
    actions = ("copy_as_new_version",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As long as it is a draft; after that a new version is made of it."""
        return super().has_change_permission(request, obj) and not is_signed_off(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Of a draft."""
        if obj is None:
            return False
        return super().has_delete_permission(request, obj) and not is_signed_off(obj)

    def save_model(self, request: HttpRequest, obj: Questionnaire, form: Any, change: bool) -> None:
        """Save it; a new one with the next number."""
        if not change:
            obj.version = next_version()
        super().save_model(request, obj, form, change)

    @admin.action(
        permissions=["add"],
        description=gettext_lazy("Copy as a new version"),
        location=admin.ActionLocation.CHANGE_FORM,
    )
    def copy_as_new_version(
        self, request: HttpRequest, queryset: QuerySet[Questionnaire]
    ) -> HttpResponse:
        """Make a draft with the same questions, and go there."""
        draft = copy_as_draft(queryset.get())
        words = _("Version %(version)s is a draft: it asks nothing until it is signed off.")
        self.message_user(request, words % {"version": draft.version}, messages.SUCCESS)
        url = reverse("admin:bookings_questionnaire_change", args=[draft.pk])
        return HttpResponseRedirect(url)
