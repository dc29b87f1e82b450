"""The dates that can be meant at the desk: others are slips of the finger."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


def can_be_meant(day: date) -> bool:
    """Whether a date, or a time, lies between the first and the last."""
    return FIRST.year <= day.year <= LAST.year


def check_date(day: date) -> None:
    """Raise ValidationError for a date or a time in a year that nobody means."""
    if not can_be_meant(day):
        raise ValidationError(_("Check the year."))
