"""What binds bookings that were made at once: one session at one time on several dates."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.at_once import MadeAtOnce
from bookings.scheduling.series import MAX_WEEKS_BETWEEN


class Series(MadeAtOnce):
    """Several bookings of one client; each is a booking of its own, and is changed as one."""

    every_weeks = models.PositiveSmallIntegerField(
        _("every so many weeks"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_WEEKS_BETWEEN)],
        help_text=_("Empty: on dates that were chosen one by one."),
    )

    class Meta(MadeAtOnce.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.CheckConstraint(
                condition=Q(every_weeks__isnull=True)
                | Q(every_weeks__gte=1, every_weeks__lte=MAX_WEEKS_BETWEEN),
                name="series_every_few_weeks",
            ),
        ]
