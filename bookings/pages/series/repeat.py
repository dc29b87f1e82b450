"""From the time that is held to several: how often, and what becomes of each date."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from bookings.domain.requests import Wish
from bookings.domain.series.choices import PlannedDate, answered, planned, wanted_of
from bookings.enums import ONLY_HELD
from bookings.models import Booking
from bookings.pages.guests import Guests, guests_of
from bookings.pages.held import caller_of, kept, time_left
from bookings.pages.privacy import private
from bookings.pages.series.forms import RepeatForm, repeat_form
from bookings.pages.series.plan import Plan, can_repeat, drop_plan, keep_plan, kept_plan
from bookings.scheduling.hours import local_date, local_time, to_minute
from bookings.scheduling.series import FEWEST, starts_on
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute, this_second

ONE, FITTING = "one", "fitting"
"""Buttons: book the held time alone, and go on with what can be booked."""


@method_decorator(private, name="dispatch")
class Repeat(View):
    """The dates; nothing but the held time is taken before they are booked."""

    booking: Booking
    now: Minute

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send who holds nothing to where that is said."""
        self.now = this_minute()
        booking = kept(request)
        if booking is None or booking.status not in ONLY_HELD or not can_repeat(booking):
            return redirect("bookings:details")
        self.booking = booking
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; and the dates, once the address says which."""
        return self.page(self.dates)

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to the details, with what is to be booked."""
        if request.POST.get("do") == ONE:
            drop_plan(request)
            return redirect("bookings:details")
        leaves_out = request.POST.get("do") == FITTING
        dates = answered(self.dates, request.POST, leaves_out=leaves_out)
        starts = wanted_of(dates)
        if any(each.is_open for each in dates) or not dates:
            return self.page(dates, status=422)
        if len(starts) < FEWEST:
            return self.page(dates, is_too_few=True, status=422)
        keep_plan(request, Plan.of(starts, self.form.every_weeks, request.GET.urlencode()))
        return redirect("bookings:dates")

    @cached_property
    def form(self) -> RepeatForm:
        """How often, as the address says it."""
        today = local_date(self.booking.location.timezone, self.now)
        return repeat_form(self.request.GET, held=self.booking.date, today=today)

    @cached_property
    def guests(self) -> Guests:
        """Whose other sessions count, where that is known."""
        return guests_of(self.request, now=self.now)

    @cached_property
    def dates(self) -> list[PlannedDate]:
        """What becomes of each date; nothing before they are asked for."""
        if not self.form.is_asked or not self.form.is_valid():
            return []
        booking, zone = self.booking, self.booking.location.timezone
        starts = starts_on(zone, self.form.dates, to_minute(booking.starts_at))
        return planned(
            wish_of(booking),
            starts,
            client=self.guests.chosen,
            caller=caller_of(self.request),
            now=self.now,
            freed=booking,
        )

    def page(
        self, dates: list[PlannedDate], *, is_too_few: bool = False, status: int = 200
    ) -> HttpResponse:
        """The form, and the dates with what was chosen for them."""
        context = {
            "booking": self.booking,
            "form": self.form,
            "guests": self.guests,
            "dates": dates,
            "fitting": sum(each.is_bookable for each in dates),
            "open_dates": [each for each in dates if each.is_open],
            "is_too_few": is_too_few,
            "clocks_change": clocks_change_in(dates, self.booking),
            "has_plan": kept_plan(self.request) is not None,
            "left": time_left(self.booking, now_seconds=this_second()),
            "details_url": reverse("bookings:details"),
        }
        return render(self.request, "bookings/repeat.html", context, status=status)


def wish_of(held: Booking) -> Wish:
    """What is held, as a wish: with the therapist only where she was asked for."""
    therapist = held.therapist if held.therapist_requested else None
    return Wish(held.location, held.session_type, to_minute(held.starts_at), therapist)


def clocks_change_in(dates: Iterable[PlannedDate], held: Booking) -> bool:
    """Whether the clocks are changed between them: the time that they show stays (rule T4)."""
    zone = held.location.zone
    return len({local_time(each.start, zone).utcoffset() for each in dates}) > 1
