"""The business as a whole."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Studio(models.Model):
    """The business as a whole: one row."""

    name = models.CharField(_("name"), max_length=200)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Give three capitals, such as USD."))],
        help_text=_("ISO 4217, such as USD"),
    )
    language = models.CharField(
        _("language"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_(
            "Of mails to staff, calendar feeds, and mails to clients whose language is not known."
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("studio")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="studio_is_one")]

    def __str__(self) -> str:
        return self.name
