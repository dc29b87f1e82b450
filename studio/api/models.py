"""What the API remembers: staff's tokens, and answers kept for requests that are sent twice."""

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
    """A token with which a program of a member of staff calls; only a hash of it is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="staff_tokens",
        verbose_name=_("owner"),
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
        return self.name or f"{self.user}: {self.created_at:%Y-%m-%d}"


class KeptAnswer(models.Model):
    """The 2xx answer to one `Idempotency-Key`, without the secrets that go with it (rule B9)."""

    scope = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64, help_text="Keyed, of method, path and body.")
    status_code = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_once")
        ]
        # Those past their day are cleared away.
        indexes = [models.Index(fields=["created_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.key}"
