"""Who waits for a place that is not free yet, and what was offered to them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import DayPart, OfferAnswer, Source, WaitlistState
from bookings.models.booking import Booking
from bookings.models.client import Client
from bookings.models.session_type import SessionType
from studio.premises.models import Location
from therapists.models import Therapist

OPEN = (WaitlistState.WAITING, WaitlistState.OFFERED)
"""The states in which somebody still waits."""


class WaitlistEntry(models.Model):
    """One client who waits for one session between two local dates, both included."""

    reference = models.CharField(_("reference"), max_length=16, unique=True, editable=False)
    token_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Raising it makes the link sent so far invalid.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=WaitlistState, default=WaitlistState.WAITING
    )
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        related_name="waitlist",
        verbose_name=_("location"),
        db_index=False,
    )
    session_type = models.ForeignKey(
        SessionType, models.PROTECT, related_name="waitlist", verbose_name=_("session type")
    )
    therapist = models.ForeignKey(
        Therapist,
        models.PROTECT,
        related_name="waitlist",
        verbose_name=_("therapist"),
        null=True,
        blank=True,
        help_text=_("None: any."),
    )
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    parts = models.JSONField(
        _("parts of the day"), default=list, blank=True, help_text=_("None: any.")
    )
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="waitlist", verbose_name=_("client")
    )
    joined_at = models.DateTimeField(_("waits since"))
    address_key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("waitlist entry")
        verbose_name_plural = _("waitlist")
        ordering = ["joined_at", "pk"]
        indexes = [
            # Who is first in line at a location; those who wait no more are most of them.
            models.Index(
                fields=["location", "joined_at"],
                condition=Q(state__in=OPEN),
                name="waitlist_in_line",
            ),
            models.Index(fields=["state", "joined_at"], name="waitlist_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="waitlist_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WaitlistState.values), name="waitlist_state_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether they still wait."""
        return self.state in OPEN

    @property
    def day_parts(self) -> list[DayPart]:
        """The parts of the day that suit, in their order; all of them where none is named."""
        return [part for part in DayPart if not self.parts or part in self.parts]


class WaitlistOffer(models.Model):
    """A place that is held for somebody who waits, and what they said to it.

    `starts_at` is what was offered; once they have taken it, the booking can be moved.
    """

    entry = models.ForeignKey(WaitlistEntry, models.PROTECT, related_name="offers")
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="offer")
    starts_at = models.DateTimeField(_("starts at"))
    offered_at = models.DateTimeField(_("offered at"))
    expires_at = models.DateTimeField(_("expires at"))
    answer = models.CharField(_("answer"), max_length=8, choices=OfferAnswer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(answer=""), name="offer_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="offer_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.booking}"


class WaitlistEvent(models.Model):
    """One change of an entry's state: when, who, from where (rule B7). Never edited."""

    entry = models.ForeignKey(WaitlistEntry, models.PROTECT, related_name="events")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        help_text=_("Empty: the client, or nobody."),
    )
    source = models.CharField(_("from where"), max_length=8, choices=Source)
    from_state = models.CharField(_("from"), max_length=10, choices=WaitlistState, blank=True)
    to_state = models.CharField(_("to"), max_length=10, choices=WaitlistState)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ("view",)
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_to_state_display()}"


class WaitlistLook(models.Model):
    """What a location was like when places were last looked for: nothing is new until it differs.

    `newest` is the id of who had joined last, of those who waited. From `again_at` on something may
    be open without any change: it could be taken back until then.
    """

    location = models.OneToOneField(Location, models.CASCADE, related_name="waitlist_look")
    number = models.PositiveBigIntegerField(default=0)
    date = models.DateField()
    newest = models.PositiveBigIntegerField(default=0)
    again_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.location}: {self.number}"

    def is_outdated_by(self, seen: "WaitlistLook", now: datetime) -> bool:
        """Whether something may have opened since, for who looks now and has `seen` that."""
        is_same = (self.number, self.date, self.newest) == (seen.number, seen.date, seen.newest)
        return not is_same or (self.again_at is not None and self.again_at <= now)
