"""How often a session is repeated, as an address says it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.pages.forms import LabelledForm
from bookings.scheduling.series import (
    FEWEST,
    LONGEST_DAYS,
    MAX_WEEKS_BETWEEN,
    MOST,
    weekly_dates,
)
from bookings.words import every_words
from studio.premises.fields import DayInput

BY_DATES = "dates"
"""How the address says that the dates are chosen one by one."""

FIRST_SHOWN, SPARE = 5, 3
"""How many fields for dates there are at first, and how many more than are filled in."""

USUAL = {"every": 1, "count": 6}


class RepeatForm(LabelledForm):
    """Which dates, beside the one that is held."""

    is_asked: bool

    def __init__(self, data: QueryDict | None, *, held: date, initial: Any = None) -> None:
        """A form as an address fills it in; `held` is the local date of the time that is held."""
        self.held = held
        super().__init__(data, initial=initial)

    @property
    def every_weeks(self) -> int | None:
        """How many weeks lie between them; None where they were chosen one by one."""
        return None

    @property
    def dates(self) -> list[date]:
        """All of them, ascending; of a valid form."""
        raise NotImplementedError


class WeeksForm(RepeatForm):
    """Every so many weeks."""

    every = forms.TypedChoiceField(label=gettext_lazy("How often?"), coerce=int)
    count = forms.TypedChoiceField(label=gettext_lazy("How many sessions?"), coerce=int)

    def __init__(self, data: QueryDict, *, held: date) -> None:
        """Every week, six times, unless the address says otherwise."""
        self.is_asked = "every" in data
        super().__init__(data if self.is_asked else None, held=held, initial=USUAL)
        weeks = range(1, MAX_WEEKS_BETWEEN + 1)
        self._offer("every", [(number, every_words(number)) for number in weeks])
        self._offer("count", [(number, str(number)) for number in range(FEWEST, MOST + 1)])

    @property
    def every_weeks(self) -> int | None:
        """How many weeks lie between them."""
        every: int = self.cleaned_data["every"]
        return every

    @property
    def dates(self) -> list[date]:
        """From the held one on."""
        return weekly_dates(self.held, self.cleaned_data["every"], self.cleaned_data["count"])

    def _offer(self, name: str, choices: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices


class DatesForm(RepeatForm):
    """Dates one by one; fields that stay empty count for nothing."""

    how = forms.CharField(widget=forms.HiddenInput, initial=BY_DATES)

    def __init__(self, data: QueryDict, *, held: date, today: date) -> None:
        """As many fields as are filled in, and some more."""
        self.today = today
        self.is_asked = "date1" in data
        super().__init__(data if self.is_asked else None, held=held)
        typed = [number for number in range(1, MOST) if data.get(f"date{number}")]
        shown = min(max(FIRST_SHOWN, len(typed) + SPARE, *typed, 0), MOST - 1)
        for number in range(1, shown + 1):
            self.fields[f"date{number}"] = forms.DateField(
                label=_("Date %(number)s") % {"number": number + 1},
                widget=DayInput,
                required=False,
            )

    def clean(self) -> None:
        """Refuse what is no series: one date, days that are over, and years of them."""
        super().clean()
        for name, day in list(self._typed()):
            if day < self.today:
                self.add_error(name, _("This day is over."))
            elif day > self.today + timedelta(days=LONGEST_DAYS):
                self.add_error(name, _("This day lies too far ahead."))
        if len(self.dates) < FEWEST and not self.errors:
            self.add_error("date1", _("Choose at least one more date."))

    @property
    def dates(self) -> list[date]:
        """The held one and the typed ones, each once."""
        return sorted({self.held, *(day for _name, day in self._typed())})

    def _typed(self) -> Iterator[tuple[str, date]]:
        for name, value in self.cleaned_data.items():
            if isinstance(value, date):
                yield name, value


def repeat_form(data: QueryDict, *, held: date, today: date) -> RepeatForm:
    """The form that an address asks for."""
    if data.get("how") == BY_DATES:
        return DatesForm(data, held=held, today=today)
    return WeeksForm(data, held=held)
