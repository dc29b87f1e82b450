"""Whose sessions a calendar program follows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from studio.premises.models import Room
from therapists.models import Therapist


class CalendarFeed(models.Model):
    """One secret address at which the sessions of a therapist, or of a room, are read."""

    therapist = models.ForeignKey(
        Therapist,
        models.PROTECT,
        related_name="calendar_feeds",
        verbose_name=_("therapist"),
        null=True,
        blank=True,
    )
    room = models.ForeignKey(
        Room,
        models.PROTECT,
        related_name="calendar_feeds",
        verbose_name=_("room"),
        null=True,
        blank=True,
    )
    with_names = models.BooleanField(
        _("with names"),
        default=False,
        help_text=_("Clients by their names; otherwise by their initials alone."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(therapist__isnull=False, room__isnull=True)
                | Q(therapist__isnull=True, room__isnull=False),
                name="calendar_feed_of_therapist_or_room",
                violation_error_message=_("Choose a therapist or a room, not both."),
            )
        ]

    def __str__(self) -> str:
        return str(self.owner)

    @property
    def owner(self) -> Therapist | Room:
        """Whose sessions stand in it."""
        owner = self.therapist or self.room
        assert owner is not None  # the constraint says so
        return owner
