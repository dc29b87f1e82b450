"""When therapists work, and when they do not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from studio.premises.fields import (
    DayMinuteField,
    WallTimeField,
    format_day_minute,
    format_wall,
    multiple_of_five,
)
from studio.premises.models import DAY_MINUTES, Location
from therapists.models.therapist import Therapist


class Weekday(models.IntegerChoices):
    """Days as the studio file names them; Monday is 0, as in `date.weekday()`."""

    MON = 0, _("Monday")
    TUE = 1, _("Tuesday")
    WED = 2, _("Wednesday")
    THU = 3, _("Thursday")
    FRI = 4, _("Friday")
    SAT = 5, _("Saturday")
    SUN = 6, _("Sunday")


class Shift(models.Model):
    """Working time of every week, on the location's wall clock (rule T4)."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="shifts")
    location = models.ForeignKey(Location, models.PROTECT, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(_("day of its start"), choices=Weekday)
    time_from = DayMinuteField(_("from"))
    time_until = DayMinuteField(_("until"), help_text=_("Before the start: ends on the next day."))
    first = models.DateField(_("first date"), null=True, blank=True)
    last = models.DateField(_("last date"), null=True, blank=True)

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["therapist", "location", "weekday", "time_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6), name="shift_weekday_exists"
            ),
            models.CheckConstraint(
                condition=Q(
                    time_from__gte=0,
                    time_from__lt=DAY_MINUTES,
                    time_until__lte=DAY_MINUTES,
                )
                & ~Q(time_until=F("time_from"))
                & multiple_of_five("time_from", "time_until"),
                name="shift_times_fit_the_day",
                violation_error_message=_("The end must differ from the start."),
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(last__isnull=True) | Q(last__gte=F("first")),
                name="shift_dates_in_order",
                violation_error_message=_("The last date cannot come before the first."),
            ),
        ]

    def __str__(self) -> str:
        times = f"{format_day_minute(self.time_from)}–{format_day_minute(self.time_until)}"
        return f"{self.therapist}, {self.location}: {self.get_weekday_display()} {times}"


class ExtraShift(models.Model):
    """Working time of one day, beside the weekly shifts. Wall clock of its location."""

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="extra_shifts")
    location = models.ForeignKey(Location, models.PROTECT, related_name="extra_shifts")
    wall_from = WallTimeField(_("from"))
    wall_until = WallTimeField(_("until"))

    class Meta:
        verbose_name = _("extra shift")
        verbose_name_plural = _("extra shifts")
        ordering = ["wall_from"]
        # Who works there on some dates, of all who ever did.
        indexes = [models.Index(fields=["location", "wall_until"], name="extra_shift_by_location")]
        constraints = [
            models.CheckConstraint(
                condition=Q(wall_until__gt=F("wall_from"))
                & multiple_of_five("wall_from", "wall_until"),
                name="extra_shift_in_order_in_steps_of_five",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def __str__(self) -> str:
        times = f"{format_wall(self.wall_from)} – {format_wall(self.wall_until)}"
        return f"{self.therapist}, {self.location}: {times}"


class TimeOff(models.Model):
    """When a therapist does not work, or not barefoot (rule S7; then private).

    Read on the wall clock of `location`, but it holds wherever the therapist works.
    """

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="time_off")
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="+", verbose_name=_("wall clock of")
    )
    wall_from = WallTimeField(_("from"))
    wall_until = WallTimeField(_("until"))
    barefoot_only = models.BooleanField(
        _("barefoot only"),
        default=False,
        help_text=_("Hands-only sessions stay bookable; only managers see it."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("time off")
        ordering = ["wall_from"]
        # When she is away on some dates, of all that she ever was.
        indexes = [models.Index(fields=["therapist", "wall_until"], name="time_off_by_therapist")]
        constraints = [
            models.CheckConstraint(
                condition=Q(wall_until__gt=F("wall_from"))
                & multiple_of_five("wall_from", "wall_until"),
                name="time_off_in_order_in_steps_of_five",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.therapist}: {format_wall(self.wall_from)} – {format_wall(self.wall_until)}"
