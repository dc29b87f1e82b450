"""Booking while the client is on the telephone: one page, one form, one button."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from bookings.desk.booking.book_form import BookForm, location_of
from bookings.desk.booking.buttons import LOOK, fill_start, filled_in, last_start
from bookings.desk.booking.choices import Choices, choices
from bookings.desk.booking.told import mail_words
from bookings.desk.page import LAST_LOCATION, DeskPage
from bookings.domain.booking import book
from bookings.domain.clients.identity import find
from bookings.domain.links import new_reference
from bookings.domain.offers import currency, open_locations
from bookings.domain.staff import Person, may_see_private_time_off
from bookings.enums import Pressure
from bookings.errors import BookingError, RuleRefused
from bookings.models import Booking
from bookings.scheduling.hours import local_date, to_instant
from bookings.words import refusal_words, spelled_time, where
from studio.premises.models import Location

BOOK = "book"


class TelephonePage[Form: BookForm](DeskPage):
    """A form that books, looks again, or fills something in, as the pressed button says."""

    permission_required = "bookings.add_booking"
    form_class: type[Form]
    booked_words: str | Promise

    def book(self, form: Form) -> tuple[Booking, ...]:
        """Book what a valid form asks for; the page of the first comes next. Raises as `book`."""
        raise NotImplementedError

    def offered(self, form: Form, refused: BookingError | None) -> dict[str, Any]:
        """What can be chosen now, and why nothing was booked."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An empty form, or what a link has filled in."""
        location = self._location(request.GET)
        typed = self._prefilled(request.GET, location)
        return self._show(self.form_class(typed, location=location, looking=True))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Book; or show the form again with what can be chosen now."""
        location, button = self._location(request.POST), request.POST.get("do", LOOK)
        if button != BOOK:
            typed = filled_in(request.POST, button, location, now=self.now)
            return self._show(self.form_class(typed, location=location, looking=True))
        form = self.form_class(request.POST, location=location)
        if not form.is_valid():
            return self._show(form)
        try:
            booked = self.book(form)
        except BookingError as refused:
            return self._show(form, refused)
        words = self.booked_words % where(booked[0])
        messages.success(request, f"{words} {mail_words(booked)}")
        return HttpResponseRedirect(reverse("admin:booking", args=[booked[0].reference]))

    def _show(self, form: Form, refused: BookingError | None = None) -> HttpResponse:
        """The page, with all that was typed."""
        form.is_valid()
        location, client = form.location, form.known_client
        if location is not None and self.request.session.get(LAST_LOCATION) != location.slug:
            self.request.session[LAST_LOCATION] = location.slug
        return self.render_to_response(
            self.get_context_data(
                form=form,
                location=location,
                locations=open_locations().order_by("name"),
                client=client,
                tells=not self.caller.is_quiet,
                matches=() if client else find(form.data.get("client_name", "")),
                walk_in=location and spelled_time(self._last_start(location)),
                **self.offered(form, refused),
            )
        )

    def _last_start(self, location: Location) -> datetime:
        """When somebody who stands at the desk began (rule S9)."""
        return to_instant(last_start(self.now)).astimezone(location.zone)

    def _location(self, data: QueryDict) -> Location | None:
        return location_of(data.get("location") or self.request.session.get(LAST_LOCATION))

    def _prefilled(self, query: QueryDict, location: Location | None) -> QueryDict:
        """A link's wishes, and a plain default for what it leaves open."""
        typed = QueryDict(mutable=True)
        for name in ("session_type", "therapist", "room", "client"):
            typed[name] = query.get(name, "")
        typed["pressure"], typed["reference"] = Pressure.MEDIUM, new_reference()
        start = query.get("start", "")
        if start:
            fill_start(typed, start, second=query.get("second") == "1")
        elif location is not None:
            typed["day"] = local_date(location.timezone, self.now).isoformat()
        return typed


class BookPage(TelephonePage[BookForm]):
    """Books for one."""

    template_name = "admin/desk/booking/book.html"
    title = gettext_lazy("Book")
    form_class = BookForm
    booked_words = gettext_lazy("Booked: %s.")

    def book(self, form: BookForm) -> tuple[Booking, ...]:
        """Book it."""
        booking = book(
            form.wish(),
            form.details(),
            caller=self.caller,
            now=self.now,
            override=form.to_override(),
            reference=form.cleaned_data["reference"],
        )
        return (booking,)

    def offered(self, form: BookForm, refused: BookingError | None) -> dict[str, Any]:
        """The session types, times, therapists and rooms, and what stands in the way."""
        user = self.request.user
        found = choices(form, now=self.now, sees_private=may_see_private_time_off(user))
        words = _refusal(refused, found, user) if refused else ""
        return {"choices": found, "refused": words, "currency": currency()}


def _refusal(refused: BookingError, found: Choices, user: Person) -> str:
    """Why it was not booked: the rule that no reason gets past, where there is one."""
    if isinstance(refused, RuleRefused) and found.is_hard:
        return found.obstacles[0].words
    return refusal_words(refused, user)
