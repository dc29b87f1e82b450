"""A booking: one client, one session type, one start, one therapist, one room."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.constraints import NoOverlap
from bookings.enums import LIVE, WITHOUT_CLIENT, Pressure, Source, Status
from bookings.models.booking_queryset import IS_LIVE, BookingQuerySet
from bookings.models.client import Client
from bookings.models.pair import Pair
from bookings.models.series import Series
from bookings.models.session_type import SessionType
from bookings.scheduling.slots import SessionLength
from bookings.scheduling.timeline import Interval
from studio.premises.fields import multiple_of_five
from studio.premises.models import DAY_MINUTES, Location, Room
from therapists.models import Therapist

SETTLED = (Status.CONFIRMED, Status.CHECKED_IN, Status.COMPLETED, Status.NO_SHOW)

THERAPIST_BOOKED_ONCE = NoOverlap(
    "therapist",
    start="occupied_from",
    end="occupied_until",
    condition=IS_LIVE,
    name="therapist_booked_once",
    violation_error_message=_("The therapist has another booking at that time."),
)
ROOM_BOOKED_ONCE = NoOverlap(
    "room",
    start="occupied_from",
    end="occupied_until",
    condition=IS_LIVE,
    name="room_booked_once",
    violation_error_message=_("The room has another booking at that time."),
)

WHAT_IS_TAKEN = (
    *("occupied_until", "status", "expires_at"),
    *("date", "duration_minutes", "barefoot"),
)
"""What of a booking decides about others, besides whose it is and when it begins."""


class Booking(models.Model):
    """One client with one therapist in one room; `starts_at` in UTC, without buffers."""

    reference = models.CharField(_("reference"), max_length=16, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=16, choices=Status)
    # Those without an index of their own begin one of the indexes below.
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        related_name="bookings",
        verbose_name=_("location"),
        db_index=False,
    )
    session_type = models.ForeignKey(
        SessionType,
        models.PROTECT,
        related_name="bookings",
        verbose_name=_("session type"),
    )
    therapist = models.ForeignKey(
        Therapist,
        models.PROTECT,
        related_name="bookings",
        verbose_name=_("therapist"),
        db_index=False,
    )
    room = models.ForeignKey(
        Room, models.PROTECT, related_name="bookings", verbose_name=_("room"), db_index=False
    )
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        related_name="bookings",
        verbose_name=_("client"),
        null=True,
        blank=True,
        help_text=_("A hold may not have one yet."),
    )
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        related_name="bookings",
        verbose_name=_("series"),
        null=True,
        editable=False,
        db_index=False,
    )
    series_position = models.PositiveSmallIntegerField(
        _("place in the series"), null=True, editable=False, help_text=_("From 1 on.")
    )
    pair = models.ForeignKey(
        Pair,
        models.PROTECT,
        related_name="bookings",
        verbose_name=_("two together"),
        null=True,
        editable=False,
        db_index=False,
    )
    pair_position = models.PositiveSmallIntegerField(
        _("place in the pair"), null=True, editable=False, help_text=_("1: who booked; 2.")
    )
    starts_at = models.DateTimeField(_("starts at"))
    date = models.DateField(_("date"), help_text=_("Of the start, at the location (rule T7)."))
    occupied_from = models.BigIntegerField(help_text=_("Minutes since 1970 UTC, with buffers."))
    occupied_until = models.BigIntegerField(help_text=_("Minutes since 1970 UTC, with buffers."))
    expires_at = models.DateTimeField(
        _("expires at"),
        null=True,
        blank=True,
        help_text=_("When a hold, or an undecided review, lapses by itself."),
    )

    # Copied when the booking is made; later edits of the originals change nothing of it (B4).
    session_name = models.CharField(_("session"), max_length=200)
    barefoot = models.BooleanField(_("barefoot"))
    duration_minutes = models.PositiveSmallIntegerField(_("duration"))
    buffer_before_minutes = models.PositiveSmallIntegerField(_("buffer before"))
    buffer_after_minutes = models.PositiveSmallIntegerField(_("buffer after"))
    price = models.DecimalField(_("price"), max_digits=8, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    free_cancellation_hours = models.PositiveSmallIntegerField(_("free cancellation"))
    questionnaire_version = models.PositiveIntegerField(
        _("questionnaire version"), null=True, blank=True
    )

    pressure = models.CharField(
        _("pressure"), max_length=8, choices=Pressure, default=Pressure.MEDIUM
    )
    notes = models.TextField(_("notes"), blank=True)
    therapist_requested = models.BooleanField(
        _("therapist asked for"), default=False, help_text=_("Not: any.")
    )
    source = models.CharField(_("source"), max_length=8, choices=Source)
    booked_at = models.DateTimeField(_("booked at"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    late_cancellation = models.BooleanField(_("cancelled late"), default=False)
    token_epoch = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Raising it makes every link sent so far invalid."),
    )
    sequence = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Raised by every change that the client's calendar has to follow."),
    )
    browser_key = models.CharField(max_length=64, blank=True, editable=False)
    address_key = models.CharField(max_length=64, blank=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "pk"]
        # None of them is for live ones alone: SQLite cannot tell that a query with parameters
        # asks for no others, and would read all bookings that a therapist ever had.
        indexes = [
            # What availability asks: who and which rooms are taken in a stretch of time. All that
            # it wants to know of them stands here, so that no row is read from the table itself.
            models.Index(
                fields=["therapist", "occupied_from", "room", *WHAT_IS_TAKEN],
                name="booking_by_therapist",
            ),
            models.Index(
                fields=["room", "occupied_from", "therapist", *WHAT_IS_TAKEN],
                name="booking_by_room",
            ),
            # Limits on holds (rule B3), and what waits for a decision.
            models.Index(fields=["status", "expires_at"], name="booking_by_state"),
            # What has lapsed. Few have a limit, which PostgreSQL knows before it is told of a time.
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False),
                name="booking_by_limit",
            ),
            # Reception's lists: a location's days.
            models.Index(fields=["location", "starts_at"], name="booking_by_location"),
            models.Index(fields=["starts_at"], name="booking_by_start"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=multiple_of_five("occupied_from", "occupied_until")
                & Q(
                    occupied_until__gt=F("occupied_from"),
                    occupied_until__lte=F("occupied_from") + DAY_MINUTES,
                ),
                name="booking_occupies_up_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    duration_minutes__gt=0,
                    occupied_until=F("occupied_from")
                    + F("buffer_before_minutes")
                    + F("duration_minutes")
                    + F("buffer_after_minutes"),
                ),
                name="booking_occupies_session_and_buffers",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="booking_status_exists"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.HELD) | Q(expires_at__isnull=False),
                name="booking_hold_has_a_limit",
            ),
            # Any live booking past its limit is turned into expired by who wants its time (B3).
            models.CheckConstraint(
                condition=~Q(status__in=SETTLED) | Q(expires_at__isnull=True),
                name="booking_settled_has_no_limit",
            ),
            models.CheckConstraint(
                condition=Q(status__in=WITHOUT_CLIENT) | Q(client__isnull=False),
                name="booking_has_a_client",
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="booking_price_not_negative"),
            models.UniqueConstraint(
                fields=["series", "series_position"],
                condition=Q(series__isnull=False),
                name="booking_once_at_a_place_of_a_series",
            ),
            models.UniqueConstraint(
                fields=["pair", "pair_position"],
                condition=Q(pair__isnull=False),
                name="booking_once_at_a_place_of_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(pair__isnull=True, pair_position__isnull=True)
                | Q(pair__isnull=False, pair_position__isnull=False, pair_position__in=(1, 2)),
                name="booking_is_first_or_second_of_a_pair",
            ),
            THERAPIST_BOOKED_ONCE,
            ROOM_BOOKED_ONCE,
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def ends_at(self) -> datetime:
        """The end of the session, without buffers, UTC."""
        return self.starts_at + timedelta(minutes=self.duration_minutes)

    @property
    def length(self) -> SessionLength:
        """Its own duration and buffers, as they were when it was made."""
        return SessionLength(
            self.duration_minutes, self.buffer_before_minutes, self.buffer_after_minutes
        )

    @property
    def occupied(self) -> Interval:
        """What therapist and room are taken for."""
        return Interval(self.occupied_from, self.occupied_until)

    @property
    def is_live(self) -> bool:
        """Whether its state takes therapist and room (rule B1)."""
        return self.status in LIVE

    @property
    def is_offered(self) -> bool:
        """Whether it is held for somebody on the waitlist, who takes it as it is or not at all."""
        return self.status == Status.HELD and self.source == Source.WAITLIST

    @property
    def is_undecided(self) -> bool:
        """Whether it waited for a review that nobody decided in time; a hold is no booking yet.

        What was booked says which questions were in force then.
        """
        return self.status == Status.EXPIRED and self.questionnaire_version is not None

    def copy(self, session_type: SessionType) -> None:
        """Take a session type with its name, length and price as they are now (rule B4)."""
        self.session_type = session_type
        self.session_name = session_type.name
        self.barefoot = session_type.barefoot
        self.duration_minutes = session_type.duration_minutes
        self.buffer_before_minutes = session_type.buffer_before_minutes
        self.buffer_after_minutes = session_type.buffer_after_minutes
        self.price = session_type.price

    def has_lapsed(self, now: datetime) -> bool:
        """Whether its time limit has passed; then it stops nobody (rule B3)."""
        return self.is_live and self.expires_at is not None and self.expires_at <= now
