"""One health question of a draft: its form, and its place among the others."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from bookings.desk.questionnaires.forms import QuestionForm, WindowRows, window_rows
from bookings.desk.questionnaires.versions import CHANGE_THEM, VersionPage
from bookings.domain.health.questionnaires import (
    add_question,
    change_question,
    move_question,
    remove_question,
)
from bookings.enums import Ask, QuestionKind
from bookings.errors import QuestionnaireSignedOff
from bookings.models import Question


class QuestionPage(VersionPage):
    """The form of a question, or of a new one."""

    template_name = "admin/desk/questionnaires/question.html"
    permission_required = CHANGE_THEM

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead away from what can be changed no more."""
        allowed = self.has_permission()
        if allowed and not self.is_draft:
            return self.signed_off(QuestionnaireSignedOff())
        if allowed and "key" in kwargs and self.found is None:
            messages.error(request, _("This question is no longer there."))
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def found(self) -> Question | None:
        """The question, if it is still there."""
        return self.questionnaire.questions.filter(key=self.kwargs["key"]).first()

    @cached_property
    def question(self) -> Question:
        """The one that is named, or a new one as most are."""
        if "key" in self.kwargs and self.found is not None:
            return self.found
        return Question(
            questionnaire=self.questionnaire, kind=QuestionKind.YES_NO, ask=self._asked_when()
        )

    @property
    def title(self) -> str:  # type: ignore[override]  # it differs
        """What is done."""
        return _("Change a question") if "key" in self.kwargs else _("New question")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form with its rows."""
        usual = {"form": QuestionForm(instance=self.question), "rows": window_rows(self.question)}
        return super().get_context_data(**{**usual, "key": self.kwargs.get("key"), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or say what does not fit."""
        rows = window_rows(self.question, request.POST)
        form = QuestionForm(request.POST, instance=self.question)
        is_dated = request.POST.get("kind") == QuestionKind.YES_NO_DATE
        rows_fit = rows.is_valid() or not is_dated
        if not (form.is_valid() and rows_fit):
            return self.render_to_response(self.get_context_data(form=form, rows=rows), status=422)
        return self._keep(form, rows)

    def _keep(self, form: QuestionForm, rows: WindowRows) -> HttpResponse:
        question = form.to_question(rows.windows())
        version = self.questionnaire.version
        try:
            if "key" in self.kwargs:
                change_question(version, question)
            else:
                add_question(version, question)
        except QuestionnaireSignedOff as refused:
            return self.signed_off(refused)
        except Question.DoesNotExist:
            messages.error(self.request, _("This question is no longer there."))
            return self.back()
        messages.success(self.request, _("“%(question)s” is saved.") % {"question": question.text})
        return self.back(question.key)

    def _asked_when(self) -> str:
        wanted = self.request.GET.get("ask", "")
        return wanted if wanted in Ask.values else Ask.BOOKING


class QuestionStep(VersionPage):
    """Move a question, or remove it."""

    http_method_names = ["post"]
    permission_required = CHANGE_THEM

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, and come back."""
        version, key, name = self.questionnaire.version, kwargs["key"], kwargs["name"]
        try:
            match name:
                case "up" | "down":
                    move_question(version, key, down=name == "down")
                    return self.back(key)
                case "remove":
                    remove_question(version, key)
                    messages.success(request, _("The question is removed from this draft."))
                    return self.back()
                case _:
                    raise Http404
        except QuestionnaireSignedOff as refused:
            return self.signed_off(refused)
