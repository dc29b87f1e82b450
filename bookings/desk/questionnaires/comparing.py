"""What differs between two versions of the health questions."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from bookings.desk.questionnaires.versions import VIEW, VersionPage
from bookings.desk.questionnaires.words import standing, told
from bookings.domain.health.screening import in_force
from bookings.domain.health.versions import difference
from bookings.models import Questionnaire


class ChangesPage(VersionPage):
    """What a version changes; `?since=` names the other, which is the one in force otherwise."""

    template_name = "admin/desk/questionnaires/changes.html"
    permission_required = VIEW

    @property
    def title(self) -> str:  # type: ignore[override]  # it has the version in it
        """Which one it is."""
        return _("What version %(version)s changes") % {"version": self.kwargs["version"]}

    @cached_property
    def others(self) -> list[Questionnaire]:
        """All it can be compared with, the newest first."""
        return list(Questionnaire.objects.exclude(pk=self.questionnaire.pk))

    @cached_property
    def other(self) -> Questionnaire | None:
        """The one that is named; else the one in force, or the one before."""
        named = self.request.GET.get("since", "")
        newest = in_force()
        wanted = [named, str(newest.version) if newest else ""]
        by_version = {str(each.version): each for each in self.others}
        chosen = next((by_version[each] for each in wanted if each in by_version), None)
        earlier = (each for each in self.others if each.version < self.questionnaire.version)
        return chosen or next(earlier, None) or next(iter(self.others), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The difference in words."""
        newest, other = in_force(), self.other
        before = other.questions.all() if other else []
        found = difference(before, self.questionnaire.questions.all())
        return super().get_context_data(
            other=other,
            others=[(each, standing(each, newest)) for each in self.others],
            told=told(found) if found else None,
            **kwargs,
        )
