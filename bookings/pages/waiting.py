"""Waiting for a place: join the waitlist, see what is held, take it, or go."""

from calendar import monthrange
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from bookings.domain.holds import take_over
from bookings.domain.links import (
    is_reference,
    manage_token,
    new_reference,
    waiting_by,
    waitlist_token,
)
from bookings.domain.waitlist.entries import (
    DatesOver,
    NoOffer,
    NotWaiting,
    TooManyEntries,
    decline,
    free_already,
    join,
    standing_offer,
    withdraw,
)
from bookings.enums import OfferAnswer
from bookings.errors import BookingError, NotOnline, WrongState
from bookings.models import SessionType, WaitlistEntry, WaitlistOffer
from bookings.pages.forms import JoinForm
from bookings.pages.held import caller_of, keep, time_left
from bookings.pages.looking import askable, open_location, session_at
from bookings.pages.month import bookable_dates
from bookings.pages.privacy import private
from bookings.pages.queries import asked_therapist, dates_query
from bookings.pages.refusals import refused, too_many_writes
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Slot
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute, this_second
from studio.premises.models import Location
from therapists.models import Therapist

FREE_SHOWN = 5


@method_decorator(private, name="dispatch")
class Join(View):
    """The form: with whom, on which days, and who it is."""

    location: Location
    session_type: SessionType
    now: Minute

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what the address names."""
        super().setup(request, *args, **kwargs)
        self.location = open_location(request, kwargs["location"])
        self.session_type = session_at(request, self.location, kwargs["session_type"])
        self.now = this_minute()

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The form, filled in with what was looked at."""
        query = dates_query(request)
        therapist = asked_therapist(self.therapists, query["therapist"])
        first, last = self._dates_asked(query["day"], query["month"])
        known = {"therapist": therapist.slug if therapist else "", "first": first, "last": last}
        return self.page(JoinForm(therapists=self.therapists, initial=known))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Join; unless something of it is free already."""
        form = JoinForm(request.POST, therapists=self.therapists)
        if not form.is_valid():
            return self.page(form, status=422)
        if too_often := too_many_writes(request):
            return self.refused(too_often)
        longing = form.to_longing(self.location, self.session_type)
        if free := free_already(longing, now=self.now):
            return self.page(form, free=free[:FREE_SHOWN], status=409)
        try:
            entry = join(
                longing,
                form.person(language=get_language() or ""),
                caller=caller_of(request),
                now=self.now,
                reference=self.reference,
            )
        except DatesOver as error:
            form.add_error("last", str(error.message))
            return self.page(form, status=422)
        except (NotOnline, TooManyEntries) as error:
            return self.refused(error)
        messages.success(request, _("You are on the waitlist."))
        return redirect("bookings:waiting", entry.reference, waitlist_token(entry))

    @cached_property
    def reference(self) -> str:
        """What the form was drawn with; a new one before that, or where it was tampered with."""
        sent = self.request.POST.get("reference", "")
        return sent if is_reference(sent) else new_reference()

    @cached_property
    def therapists(self) -> list[Therapist]:
        """Who can be asked for."""
        dates = bookable_dates(self.location, self.now)
        return askable(self.request, self.session_type, self.location, dates)

    def _dates_asked(self, day: date | None, month: date | None) -> tuple[date, date]:
        """The day, or what can be booked of the month; everything without either in reach.

        Other days of a full day's month are mostly free, and would be offered instead of a wait.
        """
        today, horizon = bookable_dates(self.location, self.now)
        if day is not None and today <= day <= horizon:
            return day, day
        if month is None or not today.replace(day=1) <= month <= horizon:
            return today, horizon
        last = month.replace(day=monthrange(month.year, month.month)[1])
        return max(month.replace(day=1), today), min(last, horizon)

    def page(
        self, form: JoinForm, *, free: list[Slot] | None = None, status: int = 200
    ) -> HttpResponse:
        """The form, and what is free already."""
        names = (self.location.slug, self.session_type.slug)
        therapist = form.therapists.get(form.data.get("therapist", "")) if free else None
        context = {
            "location": self.location,
            "session_type": self.session_type,
            "form": form,
            "reference": self.reference,
            "times_url": reverse("bookings:book-time", args=names),
            "alternatives": [to_instant(slot.starts_at) for slot in free or ()],
            "alternatives_with": therapist,
        }
        return render(self.request, "bookings/join.html", context, status=status)

    def refused(self, error: BookingError) -> HttpResponse:
        """The error's own words, and the way back."""
        return refused(self.request, error, self.location, back=self.request.get_full_path())


@method_decorator(private, name="dispatch")
class WaitingView(View):
    """A page of one entry; 404 unless the address has its reference and its token."""

    entry: WaitlistEntry
    now: Minute
    address: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the entry."""
        super().setup(request, *args, **kwargs)
        entry = waiting_by(kwargs["reference"], kwargs["token"])
        if entry is None:
            raise Http404
        self.entry, self.now = entry, this_minute()
        self.address = reverse("bookings:waiting", args=(kwargs["reference"], kwargs["token"]))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take no more forms from an address than it may send."""
        if request.method == "POST" and (error := too_many_writes(request)):
            return self.refused(error)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Who comes back to a form, or by a link, sees how it stands; nothing changes."""
        return redirect(self.address)

    def refused(self, error: BookingError) -> HttpResponse:
        """The error's own words, and the way back."""
        return refused(self.request, error, self.entry.location, back=self.address)

    @property
    def offer(self) -> WaitlistOffer | None:
        """The offer whose time runs."""
        offer = standing_offer(self.entry)
        has_lapsed = offer is not None and offer.booking.has_lapsed(to_instant(self.now))
        return None if has_lapsed else offer


class Waiting(WaitingView):
    """How it stands: waiting, a place is held, or over."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The page to keep the link of."""
        entry, offer = self.entry, self.offer
        booking = offer.booking if offer else None
        last = entry.offers.select_related("booking__location").last()
        context = {
            "entry": entry,
            "token": waitlist_token(entry),
            "offer": offer,
            "booking": booking,
            "left": time_left(booking, now_seconds=this_second()),
            "past": last if last is not None and offer is None else None,
            "has_run_out": last is not None and last.answer in ("", OfferAnswer.EXPIRED),
            "booked_url": _booked_url(last) if last else None,
            "address": request.build_absolute_uri(self.address),
            "times_url": reverse(
                "bookings:book-time", args=(entry.location.slug, entry.session_type.slug)
            ),
        }
        return render(request, "bookings/waiting.html", context)


def _booked_url(offer: WaitlistOffer) -> str | None:
    """Where what was accepted is looked after."""
    if offer.answer != OfferAnswer.ACCEPTED:
        return None
    booking = offer.booking
    return reverse("bookings:manage", args=(booking.reference, manage_token(booking)))


class Take(WaitingView):
    """From the offer to the form for how they like it, which books it."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Keep the place in this browser's session; past its time the page says what is."""
        offer = self.offer
        if offer is None:
            return redirect(self.address)
        caller = caller_of(request, start=True)
        try:
            keep(request, take_over(offer.booking, caller=caller, now=self.now))
        except WrongState:
            return redirect(self.address)
        return redirect("bookings:details")


class Decline(WaitingView):
    """Gives the place back."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Decline; twice is harmless."""
        try:
            decline(self.entry, caller=caller_of(request), now=self.now)
        except NoOffer:
            return redirect(self.address)
        messages.success(request, _("Thank you: the place goes to somebody else."))
        return redirect(self.address)


class Withdraw(WaitingView):
    """Takes them off the list."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Withdraw; twice is harmless."""
        try:
            withdraw(self.entry, caller=caller_of(request), now=self.now)
        except NotWaiting:
            return redirect(self.address)
        return redirect(self.address)
