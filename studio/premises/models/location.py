"""A place that takes bookings, and its booking policy."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from studio.premises.fields import multiple_of_five, validate_step

DAY_MINUTES = 24 * 60
MAX_HORIZON_DAYS = 730
MOST_REMINDERS = 5
EARLIEST_REMINDER_HOURS = 14 * 24

# Files that lie among the time zones and mean another zone on every machine, or none.
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def timezones() -> frozenset[str]:
    """The names of the IANA time zones that a place can have."""
    return frozenset(available_timezones()) - _NO_PLACES


def validate_timezone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    if name not in timezones():
        raise ValidationError(_("Give an IANA time zone such as America/Denver."), code="timezone")


def usual_reminder_hours() -> list[int]:
    """Two days before the start, and three hours."""
    return [48, 3]


def validate_reminder_hours(hours: Any) -> None:
    """Refuse what is no short list of different whole hours."""
    if (
        not isinstance(hours, list)
        or len(hours) > MOST_REMINDERS
        or not all(type(each) is int and 0 < each <= EARLIEST_REMINDER_HOURS for each in hours)
        or len(set(hours)) < len(hours)
    ):
        raise ValidationError(
            _("Give up to 5 different whole numbers of hours, from 1 to 336."), code="hours"
        )


class Location(models.Model):
    """A place with an address, one time zone and one booking policy."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    timezone = models.CharField(_("time zone"), max_length=64, validators=[validate_timezone])
    address = models.CharField(_("address"), max_length=400)
    phone = models.CharField(_("phone"), max_length=40)
    email = models.EmailField(_("e-mail"))
    slot_step_minutes = models.PositiveSmallIntegerField(
        _("slot step"),
        default=15,
        validators=[
            MinValueValidator(5),
            MaxValueValidator(DAY_MINUTES),
            validate_step,
        ],
        help_text=_("Minutes between the starts that clients are offered, from midnight on."),
    )
    min_notice_minutes = models.PositiveIntegerField(
        _("shortest notice"),
        default=120,
        help_text=_("Minutes between booking and start."),
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("horizon"),
        default=90,
        validators=[MaxValueValidator(MAX_HORIZON_DAYS)],
        help_text=_("How many days ahead clients can book."),
    )
    free_cancellation_hours = models.PositiveSmallIntegerField(
        _("free cancellation"), default=24, help_text=_("Hours before the start.")
    )
    reminder_hours = models.JSONField(
        _("reminders"),
        default=usual_reminder_hours,
        blank=True,
        validators=[validate_reminder_hours],
        help_text=_("Hours before the start, such as [48, 3]; [] sends none."),
    )
    follow_up_hours = models.PositiveSmallIntegerField(
        _("follow-up"),
        null=True,
        blank=True,
        help_text=_("Hours after the end at which clients are asked how it was; empty: never."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slot_step_minutes__gte=5, slot_step_minutes__lte=DAY_MINUTES)
                & multiple_of_five("slot_step_minutes"),
                name="location_step_is_multiple_of_five",
            ),
            models.CheckConstraint(
                condition=Q(horizon_days__lte=MAX_HORIZON_DAYS),
                name="location_horizon_at_most_two_years",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its wall clock."""
        return ZoneInfo(self.timezone)
