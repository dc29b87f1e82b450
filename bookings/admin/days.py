"""Filters by days: today as the locations' own clocks show it, and months of wall-clock time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bookings.scheduling.hours import local_date, to_instant
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute
from studio.premises.models import Closure, Location

type Choices = list[tuple[str, Any]]

MOST_MONTHS = 24
SOON = timedelta(days=30)
"""How long before its last day an inspection is pointed out."""


def by_location(now: Minute) -> Iterator[tuple[int, date]]:
    """Each location's id, and the date there."""
    for pk, timezone in Location.objects.order_by().values_list("pk", "timezone"):
        yield pk, local_date(timezone, now)


class WhenFilter(SimpleListFilter):
    """Bookings by their date at their own location; from today on, unless something is asked."""

    title = _("when")
    parameter_name = "when"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        """Remember whether anything is asked at all."""
        super().__init__(request, *args)
        self.is_first_look = not request.GET

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """What can be chosen."""
        return [
            ("coming", _("From today on")),
            ("today", _("Today")),
            ("tomorrow", _("Tomorrow")),
            ("past", _("Before today")),
            ("any", _("Any day")),
        ]

    def value(self) -> str | None:
        """What was chosen, or goes without saying."""
        return super().value() or ("coming" if self.is_first_look else "any")

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The choices without Django's own first one: asking nothing means from today on."""
        every = super().choices(changelist)
        next(every)
        return every

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The bookings of the chosen days."""
        chosen = self.value()
        if chosen == "any":
            return queryset
        found = Q(pk__in=[])
        for pk, today in by_location(this_minute()):
            found |= Q(location=pk) & _dates(chosen, today)
        return queryset.filter(found)


def _dates(chosen: str | None, today: date) -> Q:
    match chosen:
        case "today":
            return Q(date=today)
        case "tomorrow":
            return Q(date=today + timedelta(days=1))
        case "past":
            return Q(date__lt=today)
        case _:
            return Q(date__gte=today)


class EndsFilter(SimpleListFilter):
    """Stretches of wall-clock time that are over, or not yet."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """What can be chosen."""
        return [("coming", _("Now and later")), ("past", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that end after yesterday's midnight, or before: the day's zone does not matter."""
        day = to_instant(this_minute()).date() - timedelta(days=1)
        not_over = Q(wall_until__gt=datetime.combine(day, time()))
        if queryset.model is Closure:
            not_over |= Q(last_day__gte=day)
        match self.value():
            case "coming":
                return queryset.filter(not_over)
            case "past":
                return queryset.exclude(not_over)
            case _:
                return queryset


class MonthFilter(SimpleListFilter):
    """Stretches of wall-clock time by month: what a date hierarchy is for dates.

    A month is offered when something begins in it, and shows all that reaches into it.
    """

    title = _("month")
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """The months, the latest first."""
        rows = model_admin.get_queryset(request).order_by()
        names = ("wall_from", "first_day") if model_admin.model is Closure else ("wall_from",)
        found = rows.values_list(*names).distinct()
        months = {f"{day:%Y-%m}" for days in found for day in days if day is not None}
        newest = sorted(months, reverse=True)[:MOST_MONTHS]
        return [(month, date_format(_first_of(month), str(_("F Y")))) for month in newest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that reach into the chosen month."""
        chosen = self.value()
        if chosen is None:
            return queryset
        try:
            first = _first_of(chosen)
            after = (first + timedelta(days=31)).replace(day=1)
        except (ValueError, OverflowError) as refused:
            raise IncorrectLookupParameters(chosen) from refused
        start, end = datetime.combine(first, time()), datetime.combine(after, time())
        reaches = Q(wall_from__lt=end, wall_until__gt=start)
        if queryset.model is Closure:
            reaches |= Q(first_day__lt=after, last_day__gte=first)
        return queryset.filter(reaches)


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


class InForceFilter(SimpleListFilter):
    """Weekly shifts that still come, or have had their last date."""

    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """What can be chosen."""
        return [("now", _("Now")), ("later", _("Later")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the chosen standing on the date of their own location."""
        if self.value() is None:
            return queryset
        found = Q(pk__in=[])
        for pk, today in by_location(this_minute()):
            over, later = Q(last__lt=today), Q(first__gt=today)
            now = (Q(last=None) | Q(last__gte=today)) & (Q(first=None) | Q(first__lte=today))
            found |= Q(location=pk) & {"over": over, "later": later}.get(str(self.value()), now)
        return queryset.filter(found)


class DueFilter(SimpleListFilter):
    """Inspections by how soon they are due, by the date of the room's own location."""

    title = _("due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """What can be chosen."""
        return [("overdue", _("Overdue")), ("soon", _("Within 30 days")), ("later", _("Later"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the chosen urgency."""
        if self.value() is None:
            return queryset
        found = Q(pk__in=[])
        for pk, today in by_location(this_minute()):
            soon = today + SOON
            due = {
                "overdue": Q(due_on__lt=today),
                "soon": Q(due_on__gte=today, due_on__lte=soon),
            }.get(str(self.value()), Q(due_on__gt=soon))
            found |= Q(room__location=pk) & due
        return queryset.filter(found)
