"""What happened to what is kept of a client."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.enums import ClientEventKind
from bookings.models.client import Client


class ClientEvent(models.Model):
    """What was done about a client: what, when, who, why (rule B7). Never edited."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=16, choices=ClientEventKind)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    reason = models.CharField(_("why"), max_length=500, blank=True)
    details = models.JSONField(
        _("details"),
        default=dict,
        help_text=_("Numbers and references alone, nothing of the person."),
    )

    class Meta:
        verbose_name = _("event of a client")
        verbose_name_plural = _("events of clients")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.client}: {self.get_kind_display()}"

    @property
    def changed(self) -> list[str]:
        """What of the client was changed, as people call it."""
        names = self.details.get("fields", [])
        words = {field.name: field.verbose_name for field in Client._meta.fields}
        return [str(words[name]) for name in names]
