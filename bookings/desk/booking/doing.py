"""What the forms on a booking's page do: each is sent once, and leads back to the page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.desk.booking.buttons import LOOK, filled_in
from bookings.desk.booking.change_forms import (
    CHANGED,
    MoveForm,
    NotesForm,
    PaymentForm,
    ReasonForm,
    place_mark,
    place_of,
)
from bookings.desk.booking.page import BookingPage
from bookings.domain.moving import check_movable, move, seen_at
from bookings.domain.pairs.partners import together_with
from bookings.domain.reception import note, receive_payment
from bookings.domain.steps import DESK_STEPS
from bookings.enums import PaymentMethod, Pressure
from bookings.errors import BookingError, ChangedMeanwhile, WrongState
from bookings.models import Booking
from bookings.words import refusal_words, status_words, where

MOVE = "move"


class BookingForm(BookingPage):
    """A form of the page; looking at its address leads to the page itself."""

    permission_required = "bookings.change_booking"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the page."""
        return self.back()

    def back(self, words: str = "", level: int = messages.SUCCESS) -> HttpResponse:
        """The page, saying what was done."""
        if words:
            messages.add_message(self.request, level, words)
        return HttpResponseRedirect(reverse("admin:booking", args=[self.booking.reference]))

    def refuse(self, refused: BookingError) -> HttpResponse:
        """The page, saying why it was not done."""
        return self.back(refusal_words(refused, self.request.user), messages.ERROR)

    def take[Done](
        self, act: Callable[..., Done], words: Callable[[Done], str], **how: Any
    ) -> HttpResponse:
        """Do it to the booking, and say what was done; or say why it was not."""
        try:
            done = act(self.booking, caller=self.caller, now=self.now, **how)
        except BookingError as refused:
            return self.refuse(refused)
        return self.back(words(done))


class TakeStep(BookingForm):
    """One step of its life; the form says from which state, so pressing twice is harmless."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step."""
        step, booking = DESK_STEPS.get(kwargs["name"]), self.booking
        if step is None:
            raise Http404
        if request.POST.get("from", booking.status) != booking.status:
            if booking.status not in step.ends:
                return self.refuse(ChangedMeanwhile())
            return self.back(status_words(booking), messages.INFO)
        form = ReasonForm(request.POST)
        if step.asks_why and not form.is_valid():
            return self.show(reason_form=form, asked=kwargs["name"])
        reason = form.cleaned_data["reason"] if step.asks_why else ""
        partner = together_with(booking, now=self.now)

        def words(taken: Booking) -> str:
            return f"{status_words(taken)} {_who_stays(taken, partner)}".strip()

        return self.take(step.take, words, reason=reason)


class ReceivePayment(BookingForm):
    """Money that was received at the desk (rule B11)."""

    permission_required = ("bookings.change_booking", "bookings.add_payment")  # type: ignore[assignment]  # as above

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write it down."""
        form = PaymentForm(request.POST)
        if not form.is_valid():
            return self.show(payment_form=form)
        typed = form.cleaned_data
        return self.take(
            receive_payment,
            lambda payment: _("%s received.") % payment,
            amount=typed["amount"],
            method=PaymentMethod(typed["method"]),
            paid_before=typed["paid"],
        )


class WriteNotes(BookingForm):
    """How the client likes it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write it down."""
        form = NotesForm(request.POST, booking=self.booking)
        if not form.is_valid():
            return self.show(notes_form=form)
        note(
            self.booking,
            pressure=Pressure(form.cleaned_data["pressure"]),
            notes=form.cleaned_data["notes"],
        )
        return self.back(_("Noted."))


class MoveBooking(BookingForm):
    """Another time, session type, therapist or room (rule B5)."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move it, if it can be moved at all."""
        try:
            check_movable(self.booking, caller=self.caller, now=self.now)
        except WrongState as refused:
            return self.refuse(refused)
        return self.pressed(request)

    def pressed(self, request: HttpRequest) -> HttpResponse:
        """Move it; or show what can be chosen now."""
        button, booking = request.POST.get("do", LOOK), self.booking
        if button != MOVE:
            typed = filled_in(request.POST, button, booking.location, now=self.now)
            return self.show(move_form=MoveForm(typed, booking=booking, looking=True), moves=True)
        return self.move(MoveForm(request.POST, booking=booking))

    def move(self, form: MoveForm) -> HttpResponse:
        """Move it from where it was when the form was read; or show the form, and why not."""
        if not form.is_valid():
            return self.show(move_form=form, moves=True)
        try:
            moved = move(
                self.booking,
                form.change(),
                caller=self.caller,
                now=self.now,
                override=form.to_override(),
                seen=seen_at(self.booking),
            )
        except BookingError as refused:
            words = refusal_words(refused, self.request.user)
            return self.show(move_form=form, moves=True, refused=words)
        return self.back(_("Now: %s.") % where(moved))


class ChangeBooking(MoveBooking):
    """One click: another session type, therapist or room at the same start."""

    def pressed(self, request: HttpRequest) -> HttpResponse:
        """Change one thing, and keep the rest where it can stay."""
        if request.POST.get("seen") != place_mark(self.booking):
            return self.back(str(CHANGED), messages.ERROR)
        return self.move(MoveForm(self._changed(request.POST), booking=self.booking))

    def _changed(self, pressed: QueryDict) -> QueryDict:
        """Where it stands, but for the one thing whose button was pressed."""
        data = place_of(self.booking)
        data["seen"] = place_mark(self.booking)
        for name in ("session_type", "therapist", "room"):
            if name in pressed:
                data[name] = str(pressed[name])
        return data


def _who_stays(taken: Booking, partner: Booking | None) -> str:
    """That the other of two still comes, where one of them does not any more."""
    if partner is None or taken.is_live:
        return ""
    return _("%(booking)s, booked together with it, stays.") % {"booking": partner}
