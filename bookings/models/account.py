"""Mail addresses that somebody has shown to be theirs, and the codes that showed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """An e-mail address that is verified: whoever reads its mail may see its clients (rule P1).

    Which clients those are, their own addresses say. It is no account of Django's, has no password
    and opens nothing of the desk.
    """

    email = models.EmailField(_("e-mail"))
    mailbox = models.TextField(unique=True, editable=False)
    verified_at = models.DateTimeField(_("verified at"))
    epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Raising it signs out every browser.")
    )

    class Meta:
        verbose_name = _("account of a client")
        verbose_name_plural = _("accounts of clients")

    def __str__(self) -> str:
        return self.email


class SignInCode(models.Model):
    """That a code was sent to an address: neither the code nor the address stand in it."""

    email_key = models.CharField(max_length=64, editable=False)
    address_key = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # How many went to one mail address, and how many one network address has asked for.
            models.Index(fields=["email_key", "made_at"], name="code_by_email"),
            models.Index(fields=["address_key", "made_at"], name="code_by_address"),
            models.Index(fields=["made_at"], name="code_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
