"""What reception types about a series."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.booking.change_forms import MoveForm, place_mark, place_of
from bookings.desk.booking.place_form import PlaceForm
from bookings.models import Booking
from bookings.scheduling.series import (
    FEWEST,
    LONGEST_DAYS,
    MAX_WEEKS_BETWEEN,
    MOST,
    weekly_dates,
)
from bookings.words import every_words
from studio.premises.fields import DayInput

CHOSEN = 0
"""Instead of a number of weeks: the dates are typed one by one."""

USUAL = {"every": 1, "count": 6}


class RepeatForm(forms.Form):
    """How often the session that is typed is repeated, from its own date on."""

    every = forms.TypedChoiceField(label=gettext_lazy("How often"), coerce=int)
    count = forms.TypedChoiceField(label=gettext_lazy("How many"), coerce=int)

    def __init__(self, data: Any, *, first: date) -> None:
        """Every week, six times, unless something else is typed."""
        self.first = first
        typed = data if data.get("every") else {**data.dict(), **USUAL}
        super().__init__(typed)
        weeks = [(number, every_words(number)) for number in range(1, MAX_WEEKS_BETWEEN + 1)]
        self._offer("every", [*weeks, (CHOSEN, every_words(None))])
        self._offer("count", [(number, str(number)) for number in range(FEWEST, MOST + 1)])
        for number in range(1, MOST):
            self.fields[f"date{number}"] = forms.DateField(
                label=_("Date %(number)s") % {"number": number + 1},
                widget=DayInput,
                input_formats=["%Y-%m-%d"],
                required=False,
            )

    def clean(self) -> None:
        """Refuse dates that are no series."""
        super().clean()
        for name, day in list(self._typed()):
            if abs(day - self.first) > timedelta(days=LONGEST_DAYS // 2):
                self.add_error(name, _("Check the year."))
        if not self.errors and len(self.dates) < FEWEST:
            self.add_error("date1", _("Choose at least one more date."))

    @property
    def every_weeks(self) -> int | None:
        """How many weeks lie between them; None where they were chosen one by one."""
        return self.cleaned_data["every"] or None

    @property
    def dates(self) -> list[date]:
        """All of them, ascending; of a valid form."""
        if self.every_weeks is not None:
            return weekly_dates(self.first, self.every_weeks, self.cleaned_data["count"])
        return sorted({self.first, *(day for _name, day in self._typed())})

    @property
    def date_fields(self) -> list[forms.BoundField]:
        """The fields for dates."""
        return [self[f"date{number}"] for number in range(1, MOST)]

    def _typed(self) -> Iterator[tuple[str, date]]:
        for name, value in self.cleaned_data.items():
            if isinstance(value, date):
                yield name, value

    def _offer(self, name: str, choices: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices


class MoveFollowingForm(MoveForm):
    """Where the first of several goes; each keeps its session, and its therapist unless named."""

    def __init__(self, data: Any, *, booking: Booking, looking: bool = False) -> None:
        """A form as it was typed; without data, where the booking stands now."""
        if data is None:
            data = place_of(booking)
            data["therapist"], data["seen"] = "", place_mark(booking)
        super().__init__(data, booking=booking, looking=looking)
        del self.fields["session_type"], self.fields["room"]


def hidden_fields(form: PlaceForm) -> Iterator[forms.BoundField]:
    """What was typed on the page before, to travel along; rules are ticked anew."""
    for field in form:
        if field.name not in ("override", "reason"):
            yield field
