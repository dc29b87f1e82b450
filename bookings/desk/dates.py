"""Dates at the desk: which can be meant, others being slips of the finger, and their words."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


def can_be_meant(day: date) -> bool:
    """Whether a date, or a time, lies between the first and the last."""
    return FIRST.year <= day.year <= LAST.year


def check_date(day: date) -> None:
    """Raise ValidationError for a date or a time in a year that nobody means."""
    if not can_be_meant(day):
        raise ValidationError(_("Check the year."))


def day_words(day: date, today: date) -> str:
    """A day with its date; today and those next to it by name."""
    words = date_format(day, _("l, j F Y"))
    names: dict[date, str | Promise] = {
        today - timedelta(days=1): _("Yesterday"),
        today: _("Today"),
        today + timedelta(days=1): _("Tomorrow"),
    }
    return f"{names[day]}: {words}" if day in names else words
