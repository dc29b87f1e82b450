"""Who sessions are for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Client(models.Model):
    """A person as they described themselves; typing an address joins no other row (rule P1)."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=16, default=settings.LANGUAGE_CODE)
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["name", "pk"]
        # Reception looks a caller up by mail; searches by part of a name scan.
        indexes = [models.Index(fields=["email"], name="client_by_email")]

    def __str__(self) -> str:
        return self.name
