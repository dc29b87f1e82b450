"""Who comes, and how they are: the form that books all the dates of a series at once.

It is the form of a single session; only what it books is another thing.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.domain.series.choices import PlannedDate, answered, planned, wanted_of
from bookings.enums import Status
from bookings.models import Booking
from bookings.pages.addresses import to_booking
from bookings.pages.details import BookingDetails
from bookings.pages.forms import SessionForm
from bookings.pages.held import caller_of, keep
from bookings.pages.refusals import Lost
from bookings.pages.series.plan import Plan, keep_plan, kept_plan
from bookings.pages.series.repeat import FITTING, clocks_change_in, wish_of
from bookings.scheduling.series import FEWEST
from bookings.words import every_words

INSTEAD = "instead"
"""The button that books nothing yet: it says what becomes of dates that are gone."""


class SeriesDetails(BookingDetails):
    """The form for several dates. Nothing typed is lost when one of them goes meanwhile."""

    plan: Plan
    is_answered = is_too_few = False
    template_name = "bookings/series_details.html"
    address_name = "bookings:dates"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send who has chosen no dates to the form of the one that is held."""
        plan = kept_plan(request)
        if plan is None:
            return redirect("bookings:details")
        self.plan = plan
        made = Booking.objects.filter(reference=plan.first).first()
        if made is not None:  # by the same form, sent twice at once
            keep(request, made)
            return to_booking(made)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self.page(request, self.guests.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Book them all; or choose others instead of those that have gone."""
        if request.POST.get("do") in (INSTEAD, FITTING):
            return self.choose_instead(request)
        return super().post(request)

    def is_seen(self, request: HttpRequest) -> bool:
        """Whether the form was sent for these very dates."""
        return super().is_seen(request) and request.POST.get("plan") == self.plan.first

    def book(self, request: HttpRequest, details: Details) -> Booking:
        """Book all or nothing; raises as `book_series` does."""
        made = book_series(
            wish_of(self.booking),
            self.plan.starts,
            details,
            all_or_nothing=True,
            every_weeks=self.plan.every_weeks,
            caller=caller_of(request),
            now=self.now,
            reference=self.plan.first,
        )
        keep(request, made.bookings[0])
        messages.success(request, booked_words(made.bookings))
        return made.bookings[0]

    def choose_instead(self, request: HttpRequest) -> HttpResponse:
        """Take what was chosen for the dates that are gone; the form stays as it was filled in."""
        form = self.guests.form(request.POST)
        leaves_out = request.POST["do"] == FITTING
        self.dates = answered(self.dates, request.POST, leaves_out=leaves_out)
        starts = wanted_of(self.dates)
        is_open = any(each.is_open for each in self.dates)
        self.is_answered = True
        self.is_too_few = not is_open and len(starts) < FEWEST
        if not is_open and not self.is_too_few:
            self.plan = Plan.of(starts, self.plan.every_weeks, self.plan.query)
            keep_plan(request, self.plan)
            del self.dates
        return self.page(request, form, is_another=True)

    @cached_property
    def dates(self) -> list[PlannedDate]:
        """What would become of each of them now."""
        return planned(
            wish_of(self.booking),
            self.plan.starts,
            client=self.guests.chosen,
            caller=caller_of(self.request),
            now=self.now,
            freed=self.booking,
        )

    def page(
        self,
        request: HttpRequest,
        form: SessionForm,
        lost: Lost | None = None,
        **said: Any,
    ) -> HttpResponse:
        """The form; where somebody was faster, the dates are looked at anew."""
        if lost is not None:
            self.__dict__.pop("dates", None)
        return super().page(request, form, lost, **said)

    def more(self) -> dict[str, Any]:
        """The dates, and what they are together."""
        price = self.booking.session_type.price
        return {
            "series": self.plan,
            "dates": self.dates,
            "gone": [each for each in self.dates if not each.is_bookable],
            "fitting": sum(each.is_bookable for each in self.dates),
            "is_answered": self.is_answered,
            "is_too_few": self.is_too_few,
            "open_dates": [each for each in self.dates if each.is_open],
            "clocks_change": clocks_change_in(self.dates, self.booking),
            "rhythm": every_words(self.plan.every_weeks),
            "price": price,
            "total": price * len(self.dates),
            "repeat_url": f"{reverse('bookings:repeat')}?{self.plan.query}",
        }


def booked_words(bookings: Collection[Booking]) -> str:
    """What is said once they are booked."""
    count = len(bookings)
    if all(booking.status == Status.CONFIRMED for booking in bookings):
        return ngettext(
            "Your %(count)s session is booked.", "Your %(count)s sessions are booked.", count
        ) % {"count": count}
    return _(
        "All your times are kept for you. A person at the studio looks at those that are received,"
        " and not confirmed yet."
    )
