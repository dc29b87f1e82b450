"""What binds bookings that were made at once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.enums import Source


class MadeAtOnce(models.Model):
    """When it was made, by whom and from where; each of its bookings stands for itself."""

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
        abstract = True
        ordering = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
