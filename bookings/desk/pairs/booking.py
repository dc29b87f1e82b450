"""Booking for two on the telephone: what was typed for one, and who comes along."""

from typing import Any

from django.utils.translation import gettext_lazy

from bookings.desk.booking.telephone import TelephonePage
from bookings.desk.pairs.book_form import BookPairForm
from bookings.desk.pairs.choices import Two, choices_for_two
from bookings.domain.pairs.booking import book_pair
from bookings.domain.pairs.places import has_rooms_beside
from bookings.domain.staff import may_see_private_time_off
from bookings.errors import BookingError
from bookings.models import Booking
from bookings.words import refusal_of_two


class BookPairPage(TelephonePage[BookPairForm]):
    """Books for both or for neither."""

    template_name = "admin/desk/pairs/book.html"
    title = gettext_lazy("Book two together")
    form_class = BookPairForm
    booked_words = gettext_lazy("Booked for two: %s.")

    def book(self, form: BookPairForm) -> tuple[Booking, ...]:
        """Book both; the first one's page has the way to the other."""
        return book_pair(
            form.wish_for_two(),
            form.details(),
            form.second_details(),
            caller=self.caller,
            now=self.now,
            override=form.to_override(),
            reference=form.cleaned_data["reference"],
        )

    def offered(self, form: BookPairForm, refused: BookingError | None) -> dict[str, Any]:
        """When both can start, and what stands in whose way."""
        user, location = self.request.user, form.location
        found = choices_for_two(
            form,
            form.question_for_two(now=self.now),
            Two(form.names, (form.known_client, None)),
            sees_private=may_see_private_time_off(user),
        )
        return {
            "choices": found,
            "refused": refusal_of_two(refused, user) if refused else "",
            "has_rooms_beside": location is not None and has_rooms_beside(location),
        }
