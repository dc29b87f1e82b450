"""What a therapist can hold."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Qualification(models.Model):
    """A thing a therapist can hold: a style and level of ashiatsu, a licence, an insurance."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    style = models.SlugField(
        _("style"),
        max_length=64,
        blank=True,
        help_text=_("Empty for a licence or an insurance."),
    )
    level = models.PositiveSmallIntegerField(
        _("level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("A higher level of the same style covers a lower one."),
    )

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                # A comparison with NULL would let it pass.
                condition=Q(style="", level__isnull=True)
                | Q(level__isnull=False, level__gte=1) & ~Q(style=""),
                name="qualification_level_goes_with_style",
                violation_error_message=_("Give a style and a level, or neither."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, required: "Qualification") -> bool:
        """Whether holding this one satisfies a requirement (rule S6)."""
        if not required.style:
            return self.pk == required.pk
        return self.style == required.style and (self.level or 0) >= (required.level or 0)
