"""Tokens with which staff's programs call the API."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may be used for; never more than its owner may."""

    BOOKINGS_READ = "bookings:read", _("read bookings")
    BOOKINGS_WRITE = "bookings:write", _("write bookings")
    CLIENTS_READ = "clients:read", _("read clients")
    HEALTH_READ = "health:read", _("read health answers")
    SCHEDULE_WRITE = "schedule:write", _("write the schedule")


class StaffToken(models.Model):
    """One token of a member of staff; only a hash of it is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="staff_tokens"
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name or str(self.pk)
