"""Who gives sessions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from studio.premises.fields import multiple_of_five, validate_step
from studio.premises.models import DAY_MINUTES
from studio.uploads import PublicStorage


class Therapist(models.Model):
    """A person who gives sessions."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="therapist",
        verbose_name=_("staff account"),
    )
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    bio = models.TextField(_("bio"), max_length=10_000, blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_('["en", "ja"]')
    )
    photo = models.ImageField(
        _("photo"),
        storage=PublicStorage,
        upload_to="photos",
        width_field="photo_width",
        height_field="photo_height",
        blank=True,
        help_text=_("Everybody can see it. What the camera wrote into it is taken out."),
    )
    photo_width = models.PositiveSmallIntegerField(null=True, editable=False)
    photo_height = models.PositiveSmallIntegerField(null=True, editable=False)
    photo_square = models.ImageField(
        storage=PublicStorage, upload_to="photos", blank=True, editable=False
    )
    max_barefoot_minutes_per_day = models.PositiveSmallIntegerField(
        _("barefoot minutes a day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(DAY_MINUTES), validate_step],
        help_text=_("At most this many; small bodies tire. Empty: no limit."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("therapist")
        verbose_name_plural = _("therapists")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_barefoot_minutes_per_day__isnull=True)
                | multiple_of_five("max_barefoot_minutes_per_day"),
                name="therapist_cap_in_steps_of_five",
            ),
            models.CheckConstraint(
                condition=Q(max_barefoot_minutes_per_day__isnull=True)
                | Q(max_barefoot_minutes_per_day__gte=5)
                & Q(max_barefoot_minutes_per_day__lte=DAY_MINUTES),
                name="therapist_cap_up_to_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name
