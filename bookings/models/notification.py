"""What has to be told to somebody, kept until it is told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import NotificationKind, NotificationState
from bookings.models.booking import Booking
from therapists.models import Therapist


class Notification(models.Model):
    """One message, written with the change that it tells of: the only source of truth (rule P4).

    It goes to the booking's client, or to the therapist where one is named. Its words are made
    when it leaves, from the rows as they are then.
    """

    booking = models.ForeignKey(
        Booking,
        models.PROTECT,
        related_name="notifications",
        verbose_name=_("booking"),
        null=True,
        db_index=False,
        help_text=_("None for what is about a whole day."),
    )
    therapist = models.ForeignKey(
        Therapist,
        models.PROTECT,
        related_name="notifications",
        verbose_name=_("therapist"),
        null=True,
        db_index=False,
        help_text=_("To whom it goes, if not to the client."),
    )
    kind = models.CharField(_("what"), max_length=24, choices=NotificationKind)
    start = models.DateTimeField(
        _("start"), help_text=_("Of the booking that it tells of, or of the day.")
    )
    sequence = models.PositiveIntegerField(
        _("change"), default=0, help_text=_("Of the booking, that it tells of.")
    )
    lead_hours = models.PositiveSmallIntegerField(
        _("hours before"), default=0, help_text=_("For reminders: which of them it is.")
    )
    facts = models.JSONField(
        _("facts"), default=dict, help_text=_("What it says beside the start, by slug.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=NotificationState, default=NotificationState.QUEUED
    )
    due_at = models.DateTimeField(_("due"))
    queued_at = models.DateTimeField(_("queued at"))
    leased_until = models.DateTimeField(
        _("being sent until"),
        null=True,
        editable=False,
        help_text=_("A worker has it in hand; after this another one takes it."),
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-due_at", "-pk"]
        indexes = [
            # What the worker asks every second, too: the few rows that wait, and no others.
            models.Index(fields=["state", "due_at"], name="notification_by_state"),
            # Most go to clients.
            models.Index(
                fields=["therapist"],
                condition=Q(therapist__isnull=False),
                name="notification_by_therapist",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "kind", "start", "sequence", "lead_hours"],
                name="notification_once",
            ),
            models.UniqueConstraint(
                fields=["therapist", "kind", "start"],
                condition=Q(booking__isnull=True),
                name="notification_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=False) | Q(therapist__isnull=False),
                name="notification_is_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=NotificationState.SENT, sent_at__isnull=False)
                | (~Q(state=NotificationState.SENT) & Q(sent_at__isnull=True)),
                name="notification_sent_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
