"""Having the health questions answered at the desk: on a tablet, or on paper (rule H5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from bookings.desk.booking.change_forms import PaperForm
from bookings.desk.booking.doing import BookingForm
from bookings.domain.health.screening import open_by_the_session
from bookings.domain.health.settling import settle_on_paper
from studio.tablet import hand_over


class HandOver(BookingForm):
    """Opens the questions for the client; whoever works at this browser is signed out of it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Leave the browser to the client, in her language."""
        booking = self.booking
        if not open_by_the_session(booking):
            return self.back(_("Nothing is open: all questions are answered."), messages.INFO)
        hand_over(request, booking.pk, now=self.now)
        language = booking.client.language if booking.client else ""
        with override(language or get_language()):
            return HttpResponseRedirect(reverse("bookings:tablet"))


class SeenOnPaper(BookingForm):
    """Answered on paper, and a therapist has seen it; nothing of it is kept here."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write down who has seen it."""
        form = PaperForm(request.POST)
        if not form.is_valid():
            return self.back(_("Choose the therapist who has seen the answers."), messages.ERROR)
        seen_by = form.cleaned_data["seen_by"]
        words = _("Noted: answered on paper, seen by %(name)s.") % {"name": seen_by.name}
        return self.take(settle_on_paper, lambda _settled: words, seen_by=seen_by)
