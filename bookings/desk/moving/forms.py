"""What the board sends while a booking is carried over it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.booking.place_form import SOFT_RULES
from bookings.desk.dates import FIRST, LAST, check_date
from bookings.domain.day import By
from bookings.domain.requests import NO_OVERRIDE, Change, Override, Seen
from bookings.models import Booking
from bookings.scheduling.hours import DAY_MINUTES, day_number
from bookings.scheduling.slots import Rule
from studio.premises.models import Room
from therapists.models import Therapist

type Column = Therapist | Room


class CarriedForm(forms.Form):
    """A booking, and what the columns of its board are."""

    booking = forms.ModelChoiceField(
        Booking.objects.whole(),
        error_messages={"invalid_choice": gettext_lazy("There is no such booking.")},
    )
    by = forms.ChoiceField(choices=[(by.value, by.value) for by in By])

    @property
    def carried(self) -> Booking:
        """The booking, as it is in the database now."""
        booking: Booking = self.cleaned_data["booking"]
        return booking

    @property
    def by_room(self) -> bool:
        """Whether the columns are rooms, not therapists."""
        return bool(self.cleaned_data["by"] == By.ROOM)

    def words(self) -> str:
        """What is wrong with it, in a sentence or two."""
        return " ".join(str(words) for field in self.errors.values() for words in field)


class TargetsForm(CarriedForm):
    """The day over which it is carried."""

    date = forms.DateField(validators=[check_date])


class PutDownForm(CarriedForm):
    """Where it is put down, and where it was when it was picked up."""

    start = forms.IntegerField(
        min_value=day_number(FIRST) * DAY_MINUTES, max_value=day_number(LAST) * DAY_MINUTES
    )
    column = forms.SlugField()
    seen_start = forms.IntegerField()
    seen_column = forms.SlugField()
    override = forms.MultipleChoiceField(choices=SOFT_RULES, required=False)
    reason = forms.CharField(max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        """Name the columns' owners, and ask for a reason where a rule is gone past."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("column", "seen_column"):
            if name in data and "by" in data:
                data[name] = self._owner(name, data[name])
        if data.get("override") and not data.get("reason"):
            self.add_error("reason", _("Say why, if you go past a rule."))
        return data

    def _owner(self, name: str, slug: str) -> Column | None:
        model: type[Therapist | Room] = Room if self.by_room else Therapist
        owner: Column | None = model._default_manager.filter(slug=slug).first()
        if owner is None:
            self.add_error(name, _("There is no such column. Load the board again."))
        return owner

    @property
    def start_wanted(self) -> int:
        """The instant, minutes since 1970 UTC."""
        start: int = self.cleaned_data["start"]
        return start

    def to_change(self) -> Change:
        """Where to: its room stays with it in a therapist's column, its therapist in a room's."""
        column, start = self.cleaned_data["column"], self.start_wanted
        if self.by_room:
            return Change(starts_at=start, room=column)
        return Change(starts_at=start, therapist=column, keeps_room=True)

    def to_seen(self) -> Seen:
        """Where it was picked up."""
        column, start = self.cleaned_data["seen_column"], self.cleaned_data["seen_start"]
        return Seen(start, room=column) if self.by_room else Seen(start, therapist=column)

    def to_override(self) -> Override:
        """The rules to go past, and why."""
        rules = frozenset(Rule(number) for number in self.cleaned_data["override"])
        return Override(rules, self.cleaned_data["reason"]) if rules else NO_OVERRIDE
