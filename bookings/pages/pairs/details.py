"""Who the two are: the form that books for both at once, or for neither.

It is the form of one who comes alone, with a few words about who comes along. The health questions
are those of who books; the other answers her own by the link of her own booking (rule P1).
"""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bookings.domain.pairs.booking import confirm_pair, hold_pair
from bookings.domain.pairs.partners import both_of, wants_side_by_side
from bookings.domain.requests import Details, PairWish, Wish
from bookings.enums import Status
from bookings.errors import PairUnavailable, SameClient
from bookings.models import Booking
from bookings.pages.addresses import times_for_two
from bookings.pages.details import BookingDetails
from bookings.pages.forms import SessionForm
from bookings.pages.guests import Guests
from bookings.pages.health_form import HealthForm
from bookings.pages.held import caller_of
from bookings.pages.pairs.forms import CompanionForm, DetailsWithCompanion, KnownWithCompanion
from bookings.pages.refusals import Lost
from bookings.scheduling.timeline import Minute


class PairDetails(BookingDetails):
    """The form for two. Nothing typed is lost, however often it takes."""

    template_name = "bookings/pair_details.html"
    address_name = "bookings:together-details"
    is_for_two = True

    def confirm(
        self, request: HttpRequest, form: SessionForm, health: HealthForm | None = None
    ) -> HttpResponse:
        """Book for both; one person twice is a slip in the form."""
        try:
            return super().confirm(request, form, health)
        except SameClient as error:
            form.add_error("companion_name", error.message)
            return self.page(request, form)

    def book(self, request: HttpRequest, details: Details) -> Booking:
        """Turn both holds into bookings, or neither; raises as `confirm_pair` does."""
        form = self.guests.form(request.POST)
        assert isinstance(form, CompanionForm) and form.is_valid()
        first, second = confirm_pair(
            self.booking,
            details,
            form.companion_details(language=get_language() or ""),
            caller=caller_of(request),
            now=self.now,
        )
        if {first.status, second.status} == {Status.CONFIRMED}:
            messages.success(request, _("Both sessions are booked."))
        else:
            messages.success(request, _("Both times are kept for you."))
        return first

    def hold(self, request: HttpRequest, *, starts_at: Minute, therapist: str) -> Booking:
        """Hold another time for both instead, with whom each asked for."""
        one, other = (
            Wish(
                each.location,
                each.session_type,
                starts_at,
                each.therapist if each.therapist_requested else None,
            )
            for each in both_of(self.booking)
        )
        wish = PairWish(one, other, wants_side_by_side(self.booking))
        caller = caller_of(request, start=True)
        first, _second = hold_pair(wish, Details(), Details(), caller=caller, now=self.now)
        self.__dict__.pop("partner", None)
        return first

    def guests_at(self, request: HttpRequest) -> Guests:
        """For whom the first is; the form asks for the second as well."""
        guests = super().guests_at(request)
        return replace(guests, of_known=KnownWithCompanion, of_others=DetailsWithCompanion)

    def page(
        self, request: HttpRequest, form: SessionForm, lost: Lost | None = None, **said: Any
    ) -> HttpResponse:
        """The form; where one of the two has no time then, free times are no answer."""
        if isinstance(lost, PairUnavailable) and lost.is_about_client:
            return super().page(request, form, busy=lost)
        return super().page(request, form, lost, **said)

    @cached_property
    def partner(self) -> Booking:
        """What is held for who comes along."""
        return both_of(self.booking)[1]

    @property
    def other_times(self) -> str:
        """Where another time for both is chosen."""
        return times_for_two(self.booking, self.partner)

    def more(self) -> dict[str, Any]:
        """What is held for the other."""
        return {"partner": self.partner, "pair_price": self.booking.price + self.partner.price}
