"""A booking's own page: what it is, what happened to it, and what can be done with it now."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bookings.desk.booking.change_forms import (
    MoveForm,
    NotesForm,
    PaperForm,
    PaymentForm,
    ReasonForm,
    place_mark,
)
from bookings.desk.booking.choices import Choices, choices
from bookings.desk.booking.history import history_of
from bookings.desk.booking.told import told_of
from bookings.desk.links import board_url
from bookings.desk.page import DeskPage
from bookings.desk.pairs.card import Card as PairCard
from bookings.desk.pairs.card import card_of as pair_card_of
from bookings.desk.series.card import card_of
from bookings.domain.cancelling import undo_until
from bookings.domain.day import By
from bookings.domain.health.looking import has_read
from bookings.domain.health.screening import answers_state, open_by_the_session, unanswered
from bookings.domain.moving import is_movable
from bookings.domain.reception import paid_so_far
from bookings.domain.staff import may_review, may_see_private_time_off, visible_bookings
from bookings.domain.steps import open_steps
from bookings.enums import Status
from bookings.models import Booking
from bookings.scheduling.hours import to_instant
from bookings.words import SIGNS, at_location, local, spelled_time, standing, start_of


class BookingPage(DeskPage):
    """A booking, as far as whoever asks may see it; without buttons for those who only look."""

    template_name = "admin/desk/booking/page.html"
    permission_required = "bookings.view_booking"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The booking as it is now."""
        return self.show()

    def show(self, **typed: Any) -> HttpResponse:
        """The page, with a form as it was typed and what was said to it."""
        return self.render_to_response(self.get_context_data(**typed))

    @property
    def title(self) -> str:  # type: ignore[override]  # a page of each booking
        """Which booking it is."""
        return _("Booking %(reference)s") % {"reference": self.booking.reference}

    @cached_property
    def booking(self) -> Booking:
        """The booking of the address; 404 for those who may not see it (rule P2)."""
        found = (
            visible_bookings(self.request.user, now=self.now)
            .whole()
            .filter(reference=self.kwargs["reference"])
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def pair(self) -> PairCard | None:
        """Who was booked together with it, as far as whoever asks may know."""
        return pair_card_of(self.booking, self.request.user, now=self.now)

    @property
    def sees_private(self) -> bool:
        """Whether private periods may be named (rule S7)."""
        return may_see_private_time_off(self.request.user)

    def may(self, *permissions: str) -> bool:
        """Whether whoever asks has permissions of this app."""
        return self.request.user.has_perms([f"bookings.{name}" for name in permissions])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of the booking, and what can be done with it."""
        context = {**self._facts(), **kwargs}
        if self.may("change_booking"):
            context = {**self._forms(), **context}
        if self.may("view_payment"):
            context |= self._money()
        if self.may("view_event"):
            context["history"] = history_of(self.booking, sees_private=self.sees_private)
            context["told"] = told_of(self.booking)
        state, waits = context.get("answers"), self.booking.status == Status.PENDING_REVIEW
        is_open = state is not None and state.is_open
        context["is_health_first"] = is_open or (waits and context["may_review"])
        context = super().get_context_data(**context)
        if "move_form" in context:
            context["choices"] = self._choices(context["move_form"])
            context["currency"] = self.booking.currency
        if "steps" in context and self.may("add_payment"):
            context.setdefault("payment_form", self._payment_form(context))
        return context

    def _facts(self) -> dict[str, Any]:
        booking = self.booking
        board = board_url(booking.location, booking.date, By.THERAPIST)
        return {
            "booking": booking,
            "pair": self.pair,
            "client": booking.client,
            "tells": not self.caller.is_quiet,
            "sign": SIGNS[Status(booking.status)],
            "standing": standing(booking, now=self.now),
            "start": start_of(booking),
            "end": spelled_time(local(booking.ends_at, booking)),
            "booked_at": at_location(booking.booked_at, booking),
            "expires_at": at_location(booking.expires_at, booking),
            "cancelled_at": at_location(booking.cancelled_at, booking),
            "board_url": f"{board}#booking-{booking.pk}",
            "carry_url": f"{board}&move={booking.pk}",
            "sees_contact": self.may("view_client"),
            "may_review": may_review(self.request.user),
        }

    def _forms(self) -> dict[str, Any]:
        """The buttons and forms of those who change bookings."""
        booking = self.booking
        user, waits = self.request.user, booking.status == Status.PENDING_REVIEW
        awaits_answers = waits and bool(unanswered([booking]))
        is_read = not awaits_answers and (not waits or has_read(user, booking))
        found: dict[str, Any] = {
            "series": card_of(booking, now=self.now),
            "steps": open_steps(booking, user, now=self.now, is_read=is_read),
            "awaits_answers": awaits_answers,
            "reason_form": ReasonForm(),
            "notes_form": NotesForm(None, booking=booking),
        }
        if open_by_the_session(booking):
            found["answers"] = answers_state(booking, now=self.now)
            found["paper_form"] = PaperForm(initial={"seen_by": booking.therapist_id})
        until = undo_until(booking)
        undoes_both = self.pair is not None and self.pair.to_restore
        if until is not None and ("undo" in found["steps"] or undoes_both):
            found["undo_until"] = spelled_time(local(to_instant(until), booking))
            found["undo_minutes"] = until - self.now
        if is_movable(booking, now=self.now):
            found["seen"] = place_mark(booking)
            found["move_form"] = MoveForm(None, booking=booking, looking=True)
        return found

    def _choices(self, form: MoveForm) -> Choices:
        form.is_valid()
        return choices(form, now=self.now, sees_private=self.sees_private)

    def _money(self) -> dict[str, Any]:
        paid = paid_so_far(self.booking)
        return {
            "paid": paid,
            "to_pay": self.booking.price - paid,
            "payments": [
                (payment, at_location(payment.received_at, self.booking))
                for payment in self.booking.payments.select_related("received_by", "booking")
            ],
        }

    def _payment_form(self, context: dict[str, Any]) -> PaymentForm:
        owed = max(context["to_pay"], 0) if self.booking.is_live else 0
        return PaymentForm(initial={"amount": owed or "", "paid": context["paid"]})
