"""Where sessions take place: locations, their rooms, and what stands or hangs in them."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from studio.premises.fields import (
    WallTimeField,
    format_wall,
    multiple_of_five,
    validate_step,
)

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


class Studio(models.Model):
    """The business as a whole: one row."""

    name = models.CharField(_("name"), max_length=200)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Give three capitals, such as USD."))],
        help_text=_("ISO 4217, such as USD"),
    )
    language = models.CharField(
        _("language"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_(
            "Of mails to staff, calendar feeds, and mails to clients whose language is not known."
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("studio")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="studio_is_one")]

    def __str__(self) -> str:
        return self.name


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


class ScheduleVersion(models.Model):
    """Counts the writes that changed what can be booked at a location.

    `rules` counts those that changed what bookings are judged by, and none that booked anything.
    A row of its own, so that saving a location's form cannot put an old count back.
    """

    location = models.OneToOneField(
        Location, models.CASCADE, primary_key=True, related_name="version"
    )
    number = models.PositiveBigIntegerField(default=0)
    rules = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.location_id}: {self.number}"


class Shown(models.Model):
    """What a table that visitors are shown had in it last: another mark after each change.

    The database itself writes these rows, whoever changes the table (`studio.premises.shown`).
    """

    table_name = models.CharField(max_length=64, primary_key=True)
    mark = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table_name}: {self.mark}"


class Equipment(models.Model):
    """A kind of thing that stands or hangs in a room: ceiling bars, a table, a mat."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("equipment")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of a location, with equipment in it."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms")
    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    equipment = models.ManyToManyField(Equipment, verbose_name=_("equipment"), blank=True)
    beside = models.ManyToManyField(
        "self",
        verbose_name=_("beside"),
        blank=True,
        help_text=_("Rooms of the same location in which two people can lie side by side with it."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Inspection(models.Model):
    """When a room's piece of equipment is due to be inspected; overdue closes it (rule S5)."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="inspections")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="inspections")
    due_on = models.DateField(_("due on"), help_text=_("The last day on which it may be used."))

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["room", "equipment"], name="inspection_due_once")
        ]

    def __str__(self) -> str:
        return f"{self.equipment}, {self.room}: {self.due_on}"


class Closure(models.Model):
    """When a location is shut: whole local dates, or from one wall-clock time until another."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="closures")
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Included."))
    wall_from = WallTimeField(_("from"), null=True, blank=True)  # type: ignore[misc]  # see fields
    wall_until = WallTimeField(_("until"), null=True, blank=True)  # type: ignore[misc]  # as above
    reason = models.CharField(
        _("reason"), max_length=200, blank=True, help_text=_("Stands beside the opening hours.")
    )

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day", "wall_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    first_day__isnull=False,
                    last_day__isnull=False,
                    last_day__gte=F("first_day"),
                    wall_from__isnull=True,
                    wall_until__isnull=True,
                )
                | Q(
                    first_day__isnull=True,
                    last_day__isnull=True,
                    wall_from__isnull=False,
                    wall_until__isnull=False,
                    wall_until__gt=F("wall_from"),
                ),
                name="closure_is_dates_or_times",
                violation_error_message=_(
                    "Give a first and a last day, or a time from and a later time until; not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(wall_from__isnull=True) | multiple_of_five("wall_from", "wall_until"),
                name="closure_in_steps_of_five",
            ),
        ]

    def __str__(self) -> str:
        if self.first_day is not None:
            return f"{self.location}: {self.first_day} – {self.last_day}"
        return f"{self.location}: {format_wall(self.wall_from)} – {format_wall(self.wall_until)}"


class RoomBlock(models.Model):
    """When a room cannot be used: repair, deep clean. Wall clock of its location."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="blocks")
    wall_from = WallTimeField(_("from"))
    wall_until = WallTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("room block")
        verbose_name_plural = _("room blocks")
        ordering = ["wall_from"]
        # When a room is cleaned on some dates, of all the times that it ever was.
        indexes = [models.Index(fields=["room", "wall_until"], name="room_block_by_room")]
        constraints = [
            models.CheckConstraint(
                condition=Q(wall_until__gt=F("wall_from"))
                & multiple_of_five("wall_from", "wall_until"),
                name="room_block_in_order_in_steps_of_five",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.room}: {format_wall(self.wall_from)} – {format_wall(self.wall_until)}"
