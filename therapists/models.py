"""Who gives sessions: therapists, what they can prove, and when they work."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from studio.premises.fields import (
    DayMinuteField,
    WallTimeField,
    format_day_minute,
    format_wall,
    multiple_of_five,
    validate_step,
)
from studio.premises.models import DAY_MINUTES, Location


class Qualification(models.Model):
    """A thing a therapist can hold: a style and level of ashiatsu, a licence, an insurance."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    style = models.SlugField(
        _("style"),
        max_length=64,
        blank=True,
        help_text=_("Empty for a licence or an insurance."),
    )
    level = models.PositiveSmallIntegerField(
        _("level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("A higher level of the same style covers a lower one."),
    )

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                # A comparison with NULL would let it pass.
                condition=Q(style="", level__isnull=True)
                | Q(level__isnull=False, level__gte=1) & ~Q(style=""),
                name="qualification_level_goes_with_style",
                violation_error_message=_("Give a style and a level, or neither."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, required: "Qualification") -> bool:
        """Whether holding this one satisfies a requirement (rule S6)."""
        if not required.style:
            return self.pk == required.pk
        return self.style == required.style and (self.level or 0) >= (required.level or 0)


class Therapist(models.Model):
    """A person who gives sessions."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="therapist",
        verbose_name=_("staff account"),
    )
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    bio = models.TextField(_("bio"), max_length=10_000, blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_('["en", "ja"]')
    )
    max_barefoot_minutes_per_day = models.PositiveSmallIntegerField(
        _("barefoot minutes a day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(DAY_MINUTES), validate_step],
        help_text=_("At most this many; small bodies tire. Empty: no limit."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("therapist")
        verbose_name_plural = _("therapists")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_barefoot_minutes_per_day__isnull=True)
                | multiple_of_five("max_barefoot_minutes_per_day"),
                name="therapist_cap_in_steps_of_five",
            ),
            models.CheckConstraint(
                condition=Q(max_barefoot_minutes_per_day__isnull=True)
                | Q(max_barefoot_minutes_per_day__gte=5)
                & Q(max_barefoot_minutes_per_day__lte=DAY_MINUTES),
                name="therapist_cap_up_to_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Standing(models.TextChoices):
    """What a certification is worth on a day (rule S6)."""

    VALID = "valid", _("valid")
    NOT_YET = "not_yet", _("not yet")
    UNVERIFIED = "unverified", _("not verified")
    LAPSED = "lapsed", _("lapsed")
    REVOKED = "revoked", _("revoked")


class CertificationQuerySet(models.QuerySet["Certification"]):
    """Certifications by what they prove."""

    def counting(self, first: date, last: date) -> Self:
        """Those that count on at least one of the dates, both inclusive (rule S6).

        The day a certification is revoked on is its first without.
        """
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=first),
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=first) & Q(revoked_on__gt=F("issued_on")),
            verified_on__isnull=False,
            issued_on__lte=last,
        )


class Certification(models.Model):
    """One therapist's proof of one qualification; `expires_on` empty: it does not lapse."""

    therapist = models.ForeignKey(Therapist, models.PROTECT, related_name="certifications")
    qualification = models.ForeignKey(
        Qualification,
        models.PROTECT,
        related_name="certifications",
        verbose_name=_("qualification"),
    )
    issuing_body = models.CharField(_("issuing body"), max_length=200)
    number = models.CharField(_("number"), max_length=100)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(
        _("expires on"),
        null=True,
        blank=True,
        help_text=_("Its last day. Empty: never."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("Without it the proof does not count."),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    revoked_on = models.DateField(
        _("revoked on"),
        null=True,
        blank=True,
        help_text=_("From this day on it does not count."),
    )

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        ordering = ["therapist", "qualification", "issued_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "qualification", "number"],
                name="certification_once",
            ),
            models.CheckConstraint(
                condition=(Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")))
                & (Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("issued_on"))),
                name="certification_dates_in_order",
                violation_error_message=_("It cannot end before it was issued."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.therapist}: {self.qualification}"

    def standing_on(self, day: date) -> Standing:
        """Whether it counts for a session on a day, and else the first reason why not."""
        if self.revoked_on is not None and self.revoked_on <= day:
            return Standing.REVOKED
        if self.expires_on is not None and self.expires_on < day:
            return Standing.LAPSED
        if self.verified_on is None:
            return Standing.UNVERIFIED
        return Standing.NOT_YET if self.issued_on > day else Standing.VALID


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
