"""What happened to a booking."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import EventKind, Source, Status
from bookings.models.booking import Booking


class Event(models.Model):
    """One change of a booking: what, when, who, from where, why (rule B7). Never edited."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=16, choices=EventKind)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        db_index=False,
        help_text=_("Empty: the client, or nobody."),
    )
    source = models.CharField(_("from where"), max_length=8, choices=Source)
    from_status = models.CharField(_("from"), max_length=16, choices=Status, blank=True)
    to_status = models.CharField(_("to"), max_length=16, choices=Status)
    reason = models.CharField(_("why"), max_length=1000, blank=True)
    overridden = models.JSONField(
        _("rules overridden"), default=list, help_text=_("Numbers of soft rules.")
    )
    details = models.JSONField(
        _("details"),
        default=dict,
        help_text=_("What was before and after, where that differs."),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        indexes = [
            # What has happened in the last minutes, whatever it happened to.
            models.Index(fields=["at"], name="event_by_time"),
            # Of nearly all it was nobody, which would be one more page to write with each.
            models.Index(fields=["by"], condition=Q(by__isnull=False), name="event_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.get_kind_display()}"
