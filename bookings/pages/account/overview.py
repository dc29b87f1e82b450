"""My bookings: everything that is booked under a verified address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import is_cancellable, is_late, may_cancel
from bookings.domain.clients.history import bookings_ahead, earlier_bookings
from bookings.domain.links import manage_token
from bookings.domain.moving import is_movable, may_move
from bookings.enums import Status
from bookings.models import Booking
from bookings.pages.account.page import OwnPage
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from bookings.words import every_words

ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A booking, the token of its pages, and what can still be done about it."""

    booking: Booking
    token: str
    has_lapsed: bool
    can_be_moved: bool
    can_be_cancelled: bool
    is_late: bool
    free_until: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """What stands together: a booking, and those that follow it in its series."""

    row: Row
    others: list[Row] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many dates are still to come."""
        return 1 + len(self.others)

    @property
    def rhythm(self) -> str:
        """How far the dates lie apart, where there are several."""
        series = self.row.booking.series
        return every_words(series.every_weeks) if series and self.others else ""

    @property
    def unconfirmed(self) -> int:
        """How many of the others still wait to be confirmed."""
        return sum(row.booking.status == Status.PENDING_REVIEW for row in self.others)


@method_decorator(csrf_exempt, name="dispatch")  # it is read only
class MyBookings(OwnPage):
    """What is ahead, and what was."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; what is over comes some at a time."""
        clients, now = self.who.clients, self.now
        ahead = bookings_ahead(*clients, now=now).booked()
        earlier = earlier_bookings(*clients, now=now).booked()
        pages = Paginator(earlier.select_related("client"), ON_A_PAGE)
        page = pages.get_page(request.GET.get("page"))
        context: dict[str, Any] = {
            **self.context(),
            "is_family": len(clients) > 1,
            "coming": cards_of(rows_of(ahead.select_related("client", "series"), now=now)),
            "page": page,
            "earlier": rows_of(page.object_list, now=now),
        }
        return render(request, "bookings/account/overview.html", context)


def rows_of(bookings: Iterable[Booking], *, now: Minute) -> list[Row]:
    """What a list of bookings shows."""
    return [
        Row(
            booking,
            manage_token(booking),
            booking.has_lapsed(to_instant(now)),
            is_movable(booking, now=now) and may_move(booking, now=now),
            is_cancellable(booking) and may_cancel(booking, now=now),
            is_late(booking, now=now),
            to_instant(cancellable_until(booking)),
        )
        for booking in bookings
    ]


def cards_of(rows: Iterable[Row]) -> list[Card]:
    """The rows, ascending; a series of one client stands where its next date does."""
    cards: dict[tuple[int | None, int | None], Card] = {}
    for row in rows:
        booking = row.booking
        key = (booking.series_id, booking.client_id if booking.series_id else booking.pk)
        if (card := cards.get(key)) is not None:
            card.others.append(row)
        else:
            cards[key] = Card(row)
    return list(cards.values())
