"""The reports: a page of figures, and each of them as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.page import DeskPage
from bookings.desk.reports.asked import asked, presets
from bookings.desk.reports.figures import Facts, Figure, Words
from bookings.desk.reports.of_bookings import bookings
from bookings.desk.reports.of_money import income
from bookings.desk.reports.of_time import utilisation
from bookings.desk.reports.tables import spelled
from bookings.domain.reports.scope import Scope
from bookings.domain.schedule import latest_today
from bookings.domain.staff import Person, may_see_income
from bookings.scheduling.hours import local_date
from studio.spreadsheets import csv_answer

SEES_REPORTS = "bookings.change_booking"
"""Reception and managers; a therapist sees her own days and no sums of them (rule P2)."""


@dataclass(frozen=True, slots=True)
class Section:
    """Figures about one subject."""

    slug: str
    title: Words
    figures: Callable[[Facts], list[Figure]]


UTILISATION = Section("utilisation", gettext_lazy("Utilisation"), utilisation)
BOOKINGS = Section("bookings", gettext_lazy("Bookings"), bookings)
INCOME = Section("income", gettext_lazy("Income"), income)


def sections_for(user: Person) -> list[Section]:
    """What somebody may see; the studio's income is for those who run it."""
    open_to_all = [UTILISATION, BOOKINGS]
    return [*open_to_all, INCOME] if may_see_income(user) else open_to_all


class ReportsPage(DeskPage):
    """Figures about some locations through a period."""

    permission_required = SEES_REPORTS
    template_name = "admin/desk/reports/page.html"
    title = gettext_lazy("Reports")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and once it is valid the figures."""
        form = asked(self.request, self.now)
        context = {"form": form, "presets": presets(form, self.now)}
        if form.is_valid():
            scope = form.scope(self.now)
            facts = Facts(scope)
            context |= {
                "about": _about(scope),
                "sections": [
                    (section, section.figures(facts)) for section in sections_for(self.request.user)
                ],
                "query": self.request.GET.urlencode(),
            }
        return super().get_context_data(**context, **kwargs)


class FigureFile(DeskPage):
    """The table behind one figure, as CSV."""

    permission_required = SEES_REPORTS
    title = gettext_lazy("Reports")

    def get(
        self, request: HttpRequest, *args: Any, section: str, figure: str, **kwargs: Any
    ) -> Any:  # a file, or the way back to the form
        """The table's rows; where the question makes no sense, the page that says so."""
        form = asked(request, self.now)
        if not form.is_valid():
            return HttpResponseRedirect(f"{reverse('admin:reports')}?{request.GET.urlencode()}")
        scope = form.scope(self.now)
        return _file_of(scope, section, figure, request.user)


def _file_of(scope: Scope, section: str, slug: str, user: Person) -> HttpResponseBase:
    facts = Facts(scope)
    for each in sections_for(user):
        for figure in each.figures(facts) if each.slug == section else ():
            if figure.slug == slug:
                return csv_answer(slug, latest_today(scope.now), figure.table.for_a_file())
    raise Http404


def _about(scope: Scope) -> str:
    """Where and when, in words; and whether part of it is still to come."""
    places = scope.locations[0].name if len(scope.locations) == 1 else _("All locations")
    words = f"{places}, {spelled(scope.period)}"
    ends = scope.period.last
    if any(local_date(each.timezone, scope.now) < ends for each in scope.locations):
        return _("%(words)s. What lies ahead counts as it is booked now.") % {"words": words}
    return words
