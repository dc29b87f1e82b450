"""A version tried on past answers: what it would make of them, in counts alone (H1 and H3)."""

from typing import Any

from django.contrib.admin.models import CHANGE
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookings.desk.health.sheets import OUTCOMES
from bookings.desk.questionnaires.versions import CHANGE_THEM, VersionPage, log
from bookings.domain.health.trying_out import FEWEST_FORMS, MOST_FORMS, STEP, try_out
from bookings.domain.staff import REVIEWING


class TrialPage(VersionPage):
    """What is done, and a button that does it; for those who may see answers anyway."""

    template_name = "admin/desk/questionnaires/trial.html"
    permission_required = (CHANGE_THEM, REVIEWING)

    @property
    def title(self) -> str:  # type: ignore[override]  # it has the version in it
        """Which one it is."""
        return _("Try version %(version)s on past answers") % {"version": self.kwargs["version"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it is counted."""
        numbers = {"most": MOST_FORMS, "fewest": FEWEST_FORMS, "step": STEP}
        return super().get_context_data(**numbers, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count; that somebody did stands with the version."""
        trial = try_out(self.questionnaire)
        log(request, self.questionnaire, CHANGE, _("Tried on past answers."))
        lines = [(OUTCOMES[line.outcome], line) for line in trial.lines] if trial else []
        context = self.get_context_data(is_tried=True, trial=trial, lines=lines)
        return self.render_to_response(context)
