"""When a location is shut."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from studio.premises.fields import WallTimeField, format_wall, multiple_of_five
from studio.premises.models.location import Location


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
