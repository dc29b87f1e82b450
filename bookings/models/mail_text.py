"""What a studio says in its mails in its own words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.enums import NotificationKind


class MailText(models.Model):
    """A kind of mail in one language; when and where, and the links, stand in it in any case.

    Placeholders such as `{date}` are filled in when it leaves. What is empty, the program says in
    its own words; an empty closing says nothing.
    """

    kind = models.CharField(_("mail"), max_length=24, choices=NotificationKind)
    language = models.CharField(_("language"), max_length=16, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    opening = models.TextField(_("beginning"), max_length=2000, blank=True)
    closing = models.TextField(_("end"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("words of a mail")
        verbose_name_plural = _("words of mails")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                name="mail_text_once",
                violation_error_message=_("The studio has words for this mail already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_language_display()})"
