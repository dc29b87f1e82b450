"""Booking for two on the telephone: what was typed for one, and who comes along."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.booking.buttons import LOOK, filled_in
from bookings.desk.booking.telephone import BOOK, BookPage
from bookings.desk.pairs.book_form import BookPairForm
from bookings.desk.pairs.choices import Two, choices_for_two
from bookings.domain.clients.identity import find
from bookings.domain.offers import open_locations
from bookings.domain.pairs.booking import book_pair
from bookings.domain.pairs.places import has_rooms_beside
from bookings.domain.staff import may_see_private_time_off
from bookings.errors import BookingError
from bookings.words import refusal_of_two, spelled_time, where
from studio.premises.models import Location


class BookPairPage(BookPage):
    """A form that books for two, looks again, or fills something in."""

    template_name = "admin/desk/pairs/book.html"
    title = gettext_lazy("Book two together")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An empty form, or what a link has filled in."""
        location = self._location(request.GET)
        return self._show_two(self._form(self._prefilled(request.GET, location), location))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Book for both or for neither; or show the form again with what can be chosen now."""
        location, button = self._location(request.POST), request.POST.get("do", LOOK)
        if button != BOOK:
            typed = filled_in(request.POST, button, location, now=self.now)
            return self._show_two(self._form(typed, location))
        form = BookPairForm(request.POST, location=location)
        if not form.is_valid():
            return self._show_two(form)
        try:
            first, _second = book_pair(
                form.wish_for_two(),
                form.details(),
                form.second_details(),
                caller=self.caller,
                now=self.now,
                override=form.to_override(),
                reference=form.cleaned_data["reference"],
            )
        except BookingError as refused:
            return self._show_two(form, refused=refusal_of_two(refused, request.user))
        messages.success(request, _("Booked for two: %s.") % where(first))
        return HttpResponseRedirect(reverse("admin:booking", args=[first.reference]))

    def _form(self, typed: QueryDict, location: Location | None) -> BookPairForm:
        return BookPairForm(typed, location=location, looking=True)

    def _show_two(self, form: BookPairForm, *, refused: str = "") -> HttpResponse:
        """The page, with all that was typed."""
        form.is_valid()
        location, client = form.location, form.known_client
        two = Two(form.names, (client, None))
        sees_private = may_see_private_time_off(self.request.user)
        question = form.question_for_two(now=self.now)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                choices=choices_for_two(form, question, two, sees_private=sees_private),
                location=location,
                locations=open_locations().order_by("name"),
                has_rooms_beside=location is not None and has_rooms_beside(location),
                refused=refused,
                client=client,
                tells=not self.caller.is_quiet,
                matches=() if client else find(form.data.get("client_name", "")),
                walk_in=location and spelled_time(self._last_start(location)),
            )
        )
