"""A place for somebody who waits and is on the telephone: offered to them, or booked at once."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.booking.told import mail_words
from bookings.desk.links import book_url
from bookings.desk.page import DeskPage
from bookings.domain.waitlist.places import OpenPlace, book_place, offer_place, places_for
from bookings.errors import BookingError
from bookings.models import WaitlistEntry
from bookings.scheduling.hours import local_time
from bookings.words import refusal_words, spelled_time, where
from therapists.models import Therapist

OFFER, BOOK = "offer", "book"


class ChosenForm(forms.Form):
    """The start that was chosen, in minutes, and the button that was pressed."""

    starts_at = forms.IntegerField(min_value=0, max_value=2**32)
    do = forms.ChoiceField(choices=[(OFFER, OFFER), (BOOK, BOOK)])


class WaitlistPlaces(DeskPage):
    """The open places that suit one entry."""

    template_name = "admin/desk/waitlist/places.html"
    permission_required = ("bookings.change_waitlistentry", "bookings.add_booking")
    title = gettext_lazy("A place for who waits")
    entry: WaitlistEntry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the entry, once it is clear that whoever asks may see it."""
        if not self.has_permission():
            return self.handle_no_permission()
        rows = WaitlistEntry.objects.select_related(
            "location", "session_type", "therapist", "client"
        )
        self.entry = get_object_or_404(rows, reference=kwargs["reference"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who waits for what, and what there is."""
        entry = self.entry
        places = places_for(entry, now=self.now) if entry.state == "waiting" else []
        elsewhere = book_url(entry.location, session_type=entry.session_type.slug)
        return super().get_context_data(
            **{
                "title": _("A place for %(name)s") % {"name": entry.client.name},
                "entry": entry,
                "days": self._by_day(places),
                "can_offer": any(place.offered_until for place in places),
                "book_url": f"{elsewhere}&client={entry.client_id}",
                **kwargs,
            }
        )

    def _by_day(self, places: list[OpenPlace]) -> list[tuple[str, list[tuple[int, str]]]]:
        """The choices, each with who could take it, under their local dates."""
        names = dict(Therapist.objects.values_list("slug", "name")) if places else {}
        days: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for place in places:
            moment = local_time(place.start, self.entry.location.zone)
            words = _("%(time)s with %(names)s") % {
                "time": spelled_time(moment),
                "names": ", ".join(names[slug] for slug in place.therapists),
            }
            if place.offered_until is None:
                words = _("%(place)s (only to book)") % {"place": words}
            days[date_format(moment, _("D j M Y"))].append((place.start, words))
        return list(days.items())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer or book it; or say why not, with what is open now."""
        form = ChosenForm(request.POST)
        if not form.is_valid():
            return self._refused(_("Choose a time."))
        start = form.cleaned_data["starts_at"]
        try:
            if form.cleaned_data["do"] == BOOK:
                return self._book(start)
            return self._offer(start)
        except BookingError as refused:
            return self._refused(refusal_words(refused, request.user))

    def _refused(self, words: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(refused=words), status=409)

    def _book(self, start: int) -> HttpResponse:
        booking = book_place(self.entry, start, caller=self.caller, now=self.now)
        words = _("Booked: %s.") % where(booking)
        messages.success(self.request, f"{words} {mail_words([booking])}")
        return HttpResponseRedirect(reverse("admin:booking", args=[booking.reference]))

    def _offer(self, start: int) -> HttpResponse:
        made = offer_place(self.entry, start, caller=self.caller, now=self.now)
        until = spelled_time(made.expires_at.astimezone(self.entry.location.zone))
        held = {"place": where(made.booking), "until": until}
        if self.entry.client.email:
            words = _("%(place)s is held for them until %(until)s, and they get a mail.") % held
        else:
            words = _("%(place)s is held for them until %(until)s. They get no mail.") % held
        messages.success(self.request, words)
        return HttpResponseRedirect(reverse("admin:waitlist"))
