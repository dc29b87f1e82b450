"""What binds two bookings that were made for two people at once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.enums import Source


class Pair(models.Model):
    """Two clients at one time, with two therapists in two rooms; each has a booking of her own."""

    side_by_side = models.BooleanField(
        _("side by side"),
        editable=False,
        help_text=_("Whether they want rooms beside each other and no others."),
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
        verbose_name = _("two together")
        verbose_name_plural = _("two together")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
