"""What a client books."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.scheduling.slots import SessionLength
from studio.premises.fields import multiple_of_five, validate_step
from studio.premises.models import DAY_MINUTES, Equipment, Location
from therapists.models import Qualification, Therapist

TALK_MINUTES = 10
"""What usually goes to talk and dressing."""


class SessionType(models.Model):
    """A kind of session: how long, what it costs, what it asks of therapist and room."""

    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    style = models.SlugField(_("style"), max_length=64, blank=True)
    barefoot = models.BooleanField(
        _("barefoot"),
        default=True,
        help_text=_("Counts towards a therapist's barefoot minutes."),
    )
    duration_minutes = models.PositiveSmallIntegerField(
        _("duration"),
        validators=[MinValueValidator(5), validate_step],
        help_text=_("Minutes."),
    )
    buffer_before_minutes = models.PositiveSmallIntegerField(
        _("buffer before"),
        default=0,
        validators=[validate_step],
        help_text=_("Minutes for which therapist and room are taken before the session."),
    )
    buffer_after_minutes = models.PositiveSmallIntegerField(
        _("buffer after"),
        default=0,
        validators=[validate_step],
        help_text=_("Minutes."),
    )
    talk_minutes = models.PositiveSmallIntegerField(
        _("talk and dressing"),
        default=TALK_MINUTES,
        validators=[validate_step],
        help_text=_("Minutes of the session that are no massage; pages say what is left of it."),
    )
    price = models.DecimalField(
        _("price"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    locations = models.ManyToManyField(
        Location, related_name="session_types", verbose_name=_("locations"), blank=True
    )
    therapists = models.ManyToManyField(
        Therapist,
        related_name="session_types",
        verbose_name=_("offered by"),
        blank=True,
    )
    requires_equipment = models.ManyToManyField(
        Equipment, related_name="+", verbose_name=_("required equipment"), blank=True
    )
    requires_qualifications = models.ManyToManyField(
        Qualification,
        related_name="+",
        verbose_name=_("required qualifications"),
        blank=True,
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("session type")
        verbose_name_plural = _("session types")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=multiple_of_five(
                    "duration_minutes",
                    "buffer_before_minutes",
                    "buffer_after_minutes",
                    "talk_minutes",
                ),
                name="session_type_in_steps_of_five",
            ),
            models.CheckConstraint(
                condition=Q(
                    duration_minutes__gt=0,
                    buffer_before_minutes__gte=0,
                    buffer_after_minutes__gte=0,
                    duration_minutes__lte=DAY_MINUTES
                    - F("buffer_before_minutes")
                    - F("buffer_after_minutes"),
                ),
                name="session_type_fits_a_day",
                violation_error_message=_("With its buffers a session takes at most 24 hours."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="session_type_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a talk that leaves nothing of the session."""
        typed = [self.duration_minutes, self.talk_minutes]
        # What a field itself has refused is None here.
        if None not in typed and self.talk_minutes >= self.duration_minutes:
            words = _("Less than the session itself, or nothing.")
            raise ValidationError({"talk_minutes": words})

    @property
    def hands_on_minutes(self) -> int:
        """What is left of the session when talk and dressing are taken off."""
        return max(self.duration_minutes - self.talk_minutes, 0)

    @property
    def length(self) -> SessionLength:
        """Duration and buffers, as the scheduling core takes them."""
        return SessionLength(
            self.duration_minutes, self.buffer_before_minutes, self.buffer_after_minutes
        )
