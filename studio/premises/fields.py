"""Times as the wall clock of a place shows them (rules T2 and T4)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Exact
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # Django's fields take type arguments only in the stubs
    # The stubs' plugin adds no None to given ones: a nullable column ignores its complaint.
    _WallColumn = models.BigIntegerField[datetime | str | int, datetime]
    _DayColumn = models.PositiveSmallIntegerField[int, int]
else:
    _WallColumn = models.BigIntegerField
    _DayColumn = models.PositiveSmallIntegerField

_EPOCH = datetime(1970, 1, 1)
_MINUTE = timedelta(minutes=1)

STEP_MINUTES = 5


def validate_step(value: int) -> None:
    """Refuse a number of minutes that is no whole multiple of five (rule T2)."""
    if value % STEP_MINUTES:
        raise ValidationError(_("Give a multiple of 5 minutes."), code="step")


def multiple_of_five(*names: str) -> models.Q:
    """The condition that each of the fields holds a multiple of five, for a check constraint."""
    condition = models.Q()
    for name in names:
        condition &= models.Q(Exact(models.F(name) % models.Value(STEP_MINUTES), models.Value(0)))
    return condition


def _whole_step(value: datetime) -> datetime:
    if value.tzinfo is not None:
        raise ValidationError(_("Give a wall-clock time, without an offset."), code="aware")
    if value.second or value.microsecond or value.minute % STEP_MINUTES:
        raise ValidationError(_("Give a multiple of 5 minutes."), code="step")
    return value


class DayInput(forms.DateInput):
    """A day as browsers let one type or pick it; it lies in no time zone."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """The spelling that browsers want, whatever the language."""
        super().__init__(attrs, format="%Y-%m-%d")


class WallTimeFormField(forms.Field):
    """A date and a time without a zone, typed or picked."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": STEP_MINUTES * 60})

    def prepare_value(self, value: object) -> object:
        """The spelling that browsers' date and time inputs want."""
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """The naive datetime that was typed, or a ValidationError."""
        if value in self.empty_values:
            return None
        text = str(value).strip()
        try:
            parsed = parse_datetime(text)
        except ValueError:
            parsed = None
        if parsed is None or ":" not in text:  # a date alone would mean its midnight
            raise ValidationError(_("Give a date and a time, such as 2026-12-24 12:00."))
        return _whole_step(parsed)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the typed time is another one than before."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class WallTimeField(_WallColumn):
    """A reading of a place's wall clock: a naive datetime, stored as minutes since its 1970.

    Not an instant: "off from 10:00" stays 10:00 when a country changes its clocks. A number, so
    that the database can check the step of five minutes by itself.
    """

    description = _("Wall-clock time")

    def from_db_value(self, value: int | None, *_args: object) -> datetime | None:
        """The stored minutes as a naive datetime."""
        return None if value is None else _EPOCH + value * _MINUTE

    def to_python(self, value: Any) -> Any:
        """A naive datetime from itself, its ISO spelling, or its minutes."""
        if value is None or isinstance(value, datetime):
            return value
        if isinstance(value, int):
            return _EPOCH + value * _MINUTE
        return WallTimeFormField().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        """Minutes since 1970 on the wall clock; refuses seconds, offsets and odd minutes."""
        if value is None or isinstance(value, int):
            return value
        if not isinstance(value, datetime):
            return super().get_prep_value(value)
        return int((_whole_step(value) - _EPOCH) // _MINUTE)

    def value_to_string(self, obj: models.Model) -> str:
        """The ISO spelling, for serializers."""
        value: datetime | None = self.value_from_object(obj)
        return "" if value is None else value.isoformat(timespec="minutes")

    @property
    def validators(self) -> list[Any]:
        """None of an integer's range checks; the step is checked on the way in."""
        return []

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """A naive datetime on the step, or a ValidationError."""
        cleaned = super().clean(value, model_instance)
        return _whole_step(cleaned) if cleaned is not None else None

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A date and time input without a zone."""
        return WallTimeFormField(
            required=not self.blank, label=capfirst(self.verbose_name), help_text=self.help_text
        )


def format_wall(wall: datetime | None) -> str:
    """A reading of a wall clock, such as 2026-12-24 12:00; nothing while none was typed."""
    return wall.isoformat(" ", timespec="minutes") if wall else ""


class DayMinuteFormField(forms.CharField):
    """A time of day as `HH:MM`; `24:00` is the day's end."""

    # The field's own `max_length` would measure the number of minutes.
    widget = forms.TextInput(attrs={"size": 5, "maxlength": 5})

    def prepare_value(self, value: object) -> object:
        """Minutes of the day as `HH:MM`."""
        return format_day_minute(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Minutes of the day, 0 to 1440, or a ValidationError."""
        text = super().to_python(value)
        return None if text in self.empty_values else parse_day_minute(str(text))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the typed time is another one than before."""
        return str(self.prepare_value(initial) or "") != str(data or "")


def format_day_minute(minute: int) -> str:
    """A minute of the day as `HH:MM`, its end as `24:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def parse_day_minute(text: str) -> int:
    """The minute of the day that `HH:MM` names; `24:00` is 1440. Raises ValidationError."""
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise ValidationError(_("Give a time such as 08:45, or 24:00 for the day's end."))
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or minute > 24 * 60:
        raise ValidationError(_("Give a time between 00:00 and 24:00."))
    validate_step(minute)
    return minute


class DayMinuteField(_DayColumn):
    """A time of day on a wall clock as minutes since midnight; 1440 is `24:00` (rule T4)."""

    description = _("Time of day")

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A text input that reads and shows `HH:MM`."""
        return DayMinuteFormField(
            required=not self.blank, label=capfirst(self.verbose_name), help_text=self.help_text
        )
