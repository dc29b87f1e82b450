"""What a report is asked for: where, from when until when, and how finely."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.desk.dates import check_date
from bookings.domain.reports.period import (
    Grain,
    Period,
    before,
    month_of,
    suited,
    week_of,
    year_of,
)
from bookings.domain.reports.scope import Scope
from bookings.domain.schedule import latest_today
from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.fields import DayInput
from studio.premises.models import Location

MOST_DAYS = 5 * 366
MOST_PARTS = 400
"""Days of a year, and some: nobody reads more columns, and the page would grow by megabytes."""

GRAINS = [
    ("", _("Automatic")),
    (Grain.DAY.value, _("Days")),
    (Grain.WEEK.value, _("Weeks")),
    (Grain.MONTH.value, _("Months")),
]


class AskForm(forms.Form):
    """Where, from when until when, and how finely."""

    location = forms.ModelChoiceField(
        Location.objects.all(),
        label=_("Location"),
        to_field_name="slug",
        required=False,
        empty_label=_("All locations"),
    )
    first = forms.DateField(label=_("From"), widget=DayInput, validators=[check_date])
    last = forms.DateField(label=_("Until"), widget=DayInput, validators=[check_date])
    by = forms.ChoiceField(label=_("By"), choices=GRAINS, required=False)

    def clean(self) -> None:
        """Refuse what ends before it begins, and what nobody could read any more."""
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first is None or last is None:
            return
        if last < first:
            self.add_error("last", _("The last date cannot come before the first."))
        elif Period(first, last).days > MOST_DAYS:
            self.add_error("last", _("Ask for five years at most."))
        elif self.cleaned_data.get("by") == Grain.DAY and Period(first, last).days > MOST_PARTS:
            self.add_error("by", _("Choose weeks or months for so many days."))

    def scope(self, now: Minute) -> Scope:
        """What is asked for, once it is valid."""
        place = self.cleaned_data["location"]
        period = Period(self.cleaned_data["first"], self.cleaned_data["last"])
        by = self.cleaned_data["by"]
        locations = (place,) if place else tuple(Location.objects.all())
        return Scope(locations, period, Grain(by) if by else suited(period), now)


@dataclass(frozen=True, slots=True)
class Preset:
    """A period that is asked for often, as a link."""

    label: str | Promise
    query: str
    is_current: bool


def asked(request: HttpRequest, now: Minute) -> AskForm:
    """The form as it was sent; this month, if no dates were."""
    data: dict[str, Any] = request.GET.dict()
    if not data.get("first") and not data.get("last"):
        month = month_of(_today(data.get("location"), now))
        data |= {"first": month.first.isoformat(), "last": month.last.isoformat()}
    return AskForm(data)


def presets(form: AskForm, now: Minute) -> list[Preset]:
    """The usual periods, for the location and the grain that are asked for."""
    found = []
    for label, period in _usual(_today(form.data.get("location"), now)):
        query = QueryDict(mutable=True)
        query.update({"first": str(period.first), "last": str(period.last)})
        if form.data.get("location"):
            query["location"] = form.data["location"]
        is_current = (form.data.get("first"), form.data.get("last")) == (
            query["first"],
            query["last"],
        )
        found.append(Preset(label, query.urlencode(), is_current))
    return found


def _usual(today: date) -> Iterator[tuple[str | Promise, Period]]:
    week, month, year = week_of(today), month_of(today), year_of(today)
    yield _("This week"), week
    yield _("Last week"), week_of(before(week))
    yield _("This month"), month
    yield _("Last month"), month_of(before(month))
    yield _("Last 90 days"), Period(today - timedelta(days=89), today)
    yield _("This year"), year
    yield _("Last year"), year_of(before(year))


def _today(slug: str | None, now: Minute) -> date:
    """The date at the location; the latest anywhere, if it is about all of them."""
    zone = dict(Location.objects.values_list("slug", "timezone")).get(slug or "")
    return local_date(zone, now) if zone else latest_today(now)
