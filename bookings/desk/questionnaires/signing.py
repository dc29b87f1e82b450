"""Signing a draft off: what changes by it, for whom, and who answers for it (rules H1 and H5)."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from bookings.desk.questionnaires.forms import SignOffForm
from bookings.desk.questionnaires.versions import CHANGE_THEM, VersionPage, log
from bookings.desk.questionnaires.words import told
from bookings.domain.health.asking_again import to_be_asked_again
from bookings.domain.health.questionnaires import sign_off
from bookings.domain.health.screening import in_force
from bookings.domain.health.versions import Difference, difference, fingerprint
from bookings.errors import (
    QuestionnaireChanged,
    QuestionnaireSignedOff,
    QuestionnaireSuperseded,
)
from bookings.models import Question


class SignOffPage(VersionPage):
    """What a draft changes, and the form to put it in force."""

    template_name = "admin/desk/questionnaires/sign.html"
    permission_required = CHANGE_THEM

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead away from what has been signed."""
        if self.has_permission() and not self.is_draft:
            return self.signed_off(QuestionnaireSignedOff())
        return super().dispatch(request, *args, **kwargs)

    @property
    def title(self) -> str:  # type: ignore[override]  # it has the version in it
        """Which one it is."""
        return _("Sign off version %(version)s") % {"version": self.kwargs["version"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it means."""
        questions = list(self.questionnaire.questions.all())
        outdated, soon = to_be_asked_again(now=self.now)
        user = self.caller.user
        name = (user.get_full_name() or user.get_username()) if user else ""
        usual = {"form": SignOffForm(initial={"by": name})}
        return super().get_context_data(
            **{
                **usual,
                "count": len(questions),
                "newest": in_force(),
                "asks_again": any(question.required for question in questions),
                "told": told(found) if (found := self._found(questions)) else None,
                "read": fingerprint(questions),
                "outdated": outdated,
                "soon": soon,
                **kwargs,
            }
        )

    def _found(self, questions: list[Question]) -> Difference | None:
        """What differs from the version in force, if there is one."""
        newest = in_force()
        return difference(newest.questions.all(), questions) if newest else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put it in force, or say why not."""
        form = SignOffForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        by, read = form.cleaned_data["by"], form.cleaned_data["read"]
        try:
            signed = sign_off(self.questionnaire.version, by=by, read=read, now=self.now)
        except QuestionnaireSignedOff as refused:
            return self.signed_off(refused)
        except (QuestionnaireChanged, QuestionnaireSuperseded) as refused:
            form.add_error(None, str(refused.message))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        log(request, signed, CHANGE, _("Signed off by %(name)s.") % {"name": by})
        words = _("Version %(version)s is in force: from now on its questions are asked.")
        messages.success(request, words % {"version": signed.version})
        return self.back()
