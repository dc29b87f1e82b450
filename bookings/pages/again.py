"""The same session once more: with the same therapist, where both are still to be had."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from bookings.enums import Status
from bookings.models import Booking
from bookings.pages.looking import askable, open_location, session_at
from bookings.pages.managing import BookingView
from bookings.pages.month import bookable_dates

WEEK_DAYS = 7


@method_decorator(csrf_exempt, name="dispatch")  # it is read only
class Again(BookingView):
    """From a booking to the times at which the same can be booked."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Lead to the times; or to what the place offers now, and say what is not any more."""
        booking = self.booking
        try:
            place = open_location(request, booking.location.slug)
        except Http404:
            messages.info(request, _("This place takes no bookings any more. Choose another one."))
            return redirect("bookings:book")
        try:
            session_type = session_at(request, place, booking.session_type.slug)
        except Http404:
            messages.info(
                request, _("This session is not offered here any more. Choose another one.")
            )
            return redirect("bookings:book-session", place.slug)
        dates = bookable_dates(place, self.now)
        query = {"day": day_for(booking, today=dates[0]).isoformat()}
        if booking.therapist in askable(request, session_type, place, dates):
            query["therapist"] = booking.therapist.slug
        else:
            words = _("%(name)s does not give this session here any more. These are all times.")
            messages.info(request, words % {"name": booking.therapist.name})
        names = (place.slug, session_type.slug)
        return redirect(reverse("bookings:book-time", args=names, query=query))


def day_for(booking: Booking, *, today: date) -> date:
    """The day of one that was given up and lies ahead; else the same weekday, a week later or more.

    Dates are the location's.
    """
    if booking.status == Status.CANCELLED and booking.date >= today:
        return booking.date
    weeks = max(1, -(-(today - booking.date).days // WEEK_DAYS))
    return booking.date + timedelta(days=weeks * WEEK_DAYS)
