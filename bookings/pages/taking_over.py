"""A hold that was made elsewhere becomes this browser's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from bookings.domain.holds import take_over
from bookings.domain.links import opened_by
from bookings.enums import ONLY_HELD
from bookings.errors import WrongState
from bookings.pages.addresses import times_around, to_booking
from bookings.pages.details import GIVEN_BACK
from bookings.pages.forms import LinkForm
from bookings.pages.held import caller_of, keep
from bookings.pages.privacy import private
from bookings.pages.refusals import NotHeld, refused, too_many_writes
from studio.clock import this_minute


@method_decorator(private, name="dispatch")
class TakeOver(View):
    """From a hold that a program made over the API to the form for who comes.

    It takes a form of the site's own, sent with CSRF protection, and no link: a link could send
    somebody into a stranger's hold, whose token the stranger has, and what they then type about
    themselves would stand in the stranger's booking.
    """

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Who comes by a link, or back, sees what this browser holds; nothing changes hands."""
        return redirect("bookings:details")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the hold in this browser's session, in place of an earlier one (rule B3)."""
        start = reverse("bookings:book")
        if too_often := too_many_writes(request):
            return refused(request, too_often, None, back=start)
        form = LinkForm(request.POST)
        booking = opened_by(**form.cleaned_data) if form.is_valid() else None
        if booking is None:
            return refused(request, NotHeld(), None, back=start)
        if booking.status not in (*ONLY_HELD, *GIVEN_BACK):
            return to_booking(booking)
        caller = caller_of(request, start=True)
        try:
            keep(request, take_over(booking, caller=caller, now=this_minute()))
        except WrongState as error:
            return refused(request, error, booking.location, back=times_around(booking))
        return redirect("bookings:details")
