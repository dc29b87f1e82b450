"""Move both of a pair by the link of who booked: both of them, or neither (rule B6)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bookings.domain.moving import check_movable
from bookings.domain.pairs.changes import move_pair
from bookings.domain.pairs.partners import both_of, may_change_both, together_with
from bookings.domain.pairs.places import questions_to_move
from bookings.domain.requests import Change
from bookings.errors import PairUnavailable, Together, TooLate, WrongState
from bookings.pages.forms import TimeForm
from bookings.pages.held import caller_of
from bookings.pages.managing import BookingView
from bookings.pages.month import bookable_dates, month_of
from bookings.pages.queries import dates_query
from bookings.pages.refusals import alternatives_of

ANYONE = "anyone"
"""How an address says that both take whoever is free; else each keeps her therapist."""


class MoveBoth(BookingView):
    """Another time for both; their own times count as free."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The calendar, or why they cannot be moved."""
        return self.page(request)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Move both, or leave them as they were."""
        form = TimeForm(request.POST)
        if not form.is_valid():
            raise BadRequest("The form names no time.")
        if not may_change_both(self.booking):
            return self.refused(request, Together())
        change = Change(any_therapist=self.with_anyone)
        try:
            move_pair(
                self.booking,
                form.cleaned_data["starts_at"],
                changes=(change, change),
                caller=caller_of(request),
                now=self.now,
            )
        except PairUnavailable as error:
            return self.page(request, error)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        messages.success(request, _("Both sessions have been moved."))
        return redirect(self.address())

    @property
    def with_anyone(self) -> bool:
        """Whether any therapists will do."""
        return ANYONE in self.request.GET

    def page(self, request: HttpRequest, lost: PairUnavailable | None = None) -> HttpResponse:
        """The calendar for two."""
        booking, caller = self.booking, caller_of(request)
        partner = together_with(booking, now=self.now)
        if partner is None or not may_change_both(booking):
            return self.refused(request, Together() if partner else WrongState())
        try:
            check_movable(booking, caller=caller, now=self.now)
            check_movable(partner, caller=caller, now=self.now)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        query = dates_query(request)
        first, last = bookable_dates(booking.location, self.now)
        question = questions_to_move(
            booking, first=first, last=last, now=self.now, any_therapist=self.with_anyone
        )
        day, month = query["day"], query["month"]
        context: dict[str, Any] = {
            "booking": booking,
            "both": both_of(booking),
            "address": self.address(),
            "location": booking.location,
            "with_anyone": self.with_anyone,
            "month": month_of(question, day=day or (None if month else booking.date), month=month),
            "current": booking,
            **alternatives_of(lost, None),
        }
        return render(request, "bookings/move_both.html", context, status=409 if lost else 200)
