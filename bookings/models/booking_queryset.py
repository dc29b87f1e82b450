"""Bookings by what the rules call them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from bookings.enums import LIVE, OfferAnswer, Status
from bookings.scheduling.hours import day_number
from bookings.scheduling.timeline import Interval
from studio.premises.models import DAY_MINUTES

if TYPE_CHECKING:
    from bookings.models.booking import Booking  # noqa: F401 - names what the rows are, below

IS_LIVE = Q(status__in=LIVE)


class BookingQuerySet(models.QuerySet["Booking"]):
    """Bookings by what the rules call them."""

    def whole(self) -> Self:
        """With who comes and all that is booked for them, in the same query."""
        return self.select_related("location", "session_type", "therapist", "room", "client")

    def live(self) -> Self:
        """Those in a state that takes therapist and room (B1), lapsed ones too."""
        return self.filter(IS_LIVE)

    def standing(self, now: datetime) -> Self:
        """Live ones whose time limit, if they have one, is still ahead (rule B3)."""
        return self.live().filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))

    def lapsed(self, now: datetime) -> Self:
        """Live ones whose time limit has passed: they stop nobody (rule B3)."""
        return self.live().filter(expires_at__lte=now)

    def booked(self) -> Self:
        """Those that somebody has made: no holds, and no offers that somebody let go."""
        let_go = ("", OfferAnswer.DECLINED, OfferAnswer.EXPIRED)
        return self.exclude(status=Status.HELD).exclude(offer__answer__in=let_go)

    def on_dates(self, first: date, last: date) -> Self:
        """Those that count on local dates from `first` to `last`, both included (rule T7).

        Dates have no index. Wherever it is, a date lies within a day of the same one in UTC, and
        no buffer is longer than a day: those on `occupied_from` need not go further.
        """
        return self.filter(
            date__gte=first,
            date__lte=last,
            occupied_from__gte=(day_number(first) - 2) * DAY_MINUTES,
            occupied_from__lt=(day_number(last) + 2) * DAY_MINUTES,
        )

    def overlapping(self, interval: Interval) -> Self:
        """Those whose occupied interval shares an instant with this one; touching is not enough.

        No booking is longer than a day, so the index on `occupied_from` need not go further back.
        """
        return self.filter(
            occupied_from__lt=interval.end,
            occupied_from__gt=interval.start - DAY_MINUTES,
            occupied_until__gt=interval.start,
        )
