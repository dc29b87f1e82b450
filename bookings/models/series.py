"""What binds bookings that were made at once: one session at one time on several dates."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Source
from bookings.scheduling.series import MAX_WEEKS_BETWEEN


class Series(models.Model):
    """Several bookings of one client; each is a booking of its own, and is changed as one."""

    every_weeks = models.PositiveSmallIntegerField(
        _("every so many weeks"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_WEEKS_BETWEEN)],
        help_text=_("Empty: on dates that were chosen one by one."),
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("who"),
        null=True,
        editable=False,
        help_text=_("Empty: the client, or nobody."),
    )
    source = models.CharField(_("from where"), max_length=8, choices=Source, editable=False)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(every_weeks__isnull=True)
                | Q(every_weeks__gte=1, every_weeks__lte=MAX_WEEKS_BETWEEN),
                name="series_every_few_weeks",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
