"""Who waits for a place: the list, and what is done about one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.page import DeskPage
from bookings.domain.offers import open_locations
from bookings.domain.waitlist.entries import accept, decline, withdraw
from bookings.enums import WaitlistState
from bookings.errors import BookingError
from bookings.models import Client, WaitlistEntry
from bookings.models.waitlist import OPEN
from bookings.words import where

ON_A_PAGE = 50

STILL_WAITING = "open"

STATES = [(STILL_WAITING, gettext_lazy("still waiting")), *WaitlistState.choices]


class WaitlistFilter(forms.Form):
    """What is looked for; anything else in the address counts as nothing."""

    q = forms.CharField(required=False, max_length=200)
    location = forms.SlugField(required=False, max_length=64)
    state = forms.ChoiceField(choices=STATES, required=False)


class WaitlistPage(DeskPage):
    """The list, those first who have waited longest."""

    template_name = "admin/desk/waitlist/list.html"
    permission_required = "bookings.view_waitlistentry"
    title = gettext_lazy("Waitlist")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entries that the filters leave."""
        query = WaitlistFilter(self.request.GET)
        query.is_valid()
        asked = query.cleaned_data
        state = asked.get("state") or STILL_WAITING
        pages = Paginator(self._entries(asked, state), ON_A_PAGE)
        return super().get_context_data(
            page=pages.get_page(self.request.GET.get("page")),
            asked=asked,
            state=state,
            states=STATES,
            locations=open_locations().order_by("name"),
            may_add=self.request.user.has_perm("bookings.add_waitlistentry"),
            may_book=self.request.user.has_perm("bookings.add_booking"),
            may_change=self.request.user.has_perm("bookings.change_waitlistentry"),
            **kwargs,
        )

    def _entries(self, asked: dict[str, Any], state: str) -> QuerySet[WaitlistEntry]:
        rows = WaitlistEntry.objects.filter(
            state__in=OPEN if state == STILL_WAITING else [state]
        ).select_related("location", "session_type", "therapist", "client")
        if asked.get("location"):
            rows = rows.filter(location__slug=asked["location"])
        if text := asked.get("q"):
            people = Client.objects.matching(text).order_by().values("pk")
            rows = rows.filter(Q(client__in=people) | Q(reference__iexact=text.strip()))
        return rows.prefetch_related("offers__booking__location", "events__by")


class WaitlistStep(DeskPage):
    """Withdraw an entry, or answer its offer for who is on the telephone."""

    http_method_names = ["post"]
    permission_required = "bookings.change_waitlistentry"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not; then back to the list."""
        entry = get_object_or_404(WaitlistEntry, reference=kwargs["reference"])
        try:
            done = self._do(entry, kwargs["name"])
        except BookingError as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:waitlist"))

    def _do(self, entry: WaitlistEntry, name: str) -> str:
        match name:
            case "withdraw":
                withdraw(entry, caller=self.caller, now=self.now)
                return _("They are off the waitlist.")
            case "accept":
                booking = accept(entry, caller=self.caller, now=self.now)
                return _("Booked: %s.") % where(booking)
            case "decline":
                decline(entry, caller=self.caller, now=self.now)
                return _("The place goes to whoever waits next.")
        raise Http404
