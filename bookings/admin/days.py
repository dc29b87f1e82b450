"""Filters by today, as the clocks of the studio's own locations show it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bookings.scheduling.hours import local_date, to_instant
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute
from studio.premises.models import Closure, Location

type Choices = list[tuple[str, Any]]


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
