"""A booking by its link: see it, move it, cancel it, take the cancellation back (rule B6)."""

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import (
    cancel,
    is_cancellable,
    is_late,
    may_cancel,
    may_undo,
    undo,
    undo_until,
)
from bookings.domain.links import calendar_token, opened_by, waitlist_token
from bookings.domain.moving import check_movable, is_movable, may_move, move, question_for_move
from bookings.domain.requests import Change
from bookings.domain.screening import answers_state
from bookings.domain.substitutes import suggested
from bookings.domain.waitlist import offered_by
from bookings.enums import AnswersState, Status
from bookings.errors import BookingError, SlotUnavailable, TooLate, WrongState
from bookings.models import Booking, SessionType
from bookings.pages.calendars import calendar_links
from bookings.pages.details import UNDECIDED, times_around
from bookings.pages.forms import CancelForm, TimeForm
from bookings.pages.held import caller_of, time_left
from bookings.pages.live import live
from bookings.pages.looking import askable, session_at, sessions_at
from bookings.pages.month import bookable_dates, month_of
from bookings.pages.privacy import private
from bookings.pages.queries import asked_therapist, dates_query
from bookings.pages.refusals import TooManyWrites, alternatives_of, refused
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute, this_second
from studio.limits import wait_to_write
from therapists.models import Therapist

TO_COME = (Status.CONFIRMED, Status.PENDING_REVIEW)
"""What somebody is going to come for, as long as it lies ahead."""


@method_decorator(private, name="dispatch")
class BookingView(View):
    """A page of one booking; 404 unless the address has its reference and its token."""

    booking: Booking
    now: Minute
    reference: str
    token: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the booking."""
        super().setup(request, *args, **kwargs)
        self.reference, self.token = kwargs["reference"], kwargs["token"]
        booking = opened_by(self.reference, self.token)
        if booking is None:
            raise Http404
        self.booking, self.now = booking, this_minute()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take no more forms from an address than it may send.

        What is only offered is no booking: every page of it leads to where it is taken or let go.
        """
        if request.method == "POST" and (wait := wait_to_write(request)):
            return self.refused(request, TooManyWrites(retry_after_seconds=wait))
        if (entry := offered_by(self.booking)) is not None:
            return redirect("bookings:waiting", entry.reference, waitlist_token(entry))
        return super().dispatch(request, *args, **kwargs)

    def address(self, name: str = "manage") -> str:
        """The address of one of the booking's pages."""
        return reverse(f"bookings:{name}", args=(self.reference, self.token))

    def refused(self, request: HttpRequest, error: BookingError) -> HttpResponse:
        """The error's own words, and the way back to the booking."""
        return refused(request, error, self.booking.location, back=self.address())


@method_decorator(csrf_exempt, name="dispatch")  # it is read only
class Manage(BookingView):
    """How the booking stands, and what can still be done."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The page to keep the link of."""
        booking, now = self.booking, self.now
        has_lapsed = booking.has_lapsed(to_instant(now))
        left = time_left(booking, now_seconds=this_second())
        is_lost = booking.status in UNDECIDED and left is None
        is_ahead = to_instant(now) < booking.starts_at
        is_to_come = is_ahead and booking.status in TO_COME and not has_lapsed
        state = answers_state(booking, now=now) if is_to_come else AnswersState.NOT_NEEDED
        until = undo_until(booking) if may_undo(booking, now=now) else None
        context = {
            "booking": booking,
            "token": self.token,
            "has_lapsed": has_lapsed,
            "other_times": times_around(booking),
            "left": left,
            "is_lost": is_lost,
            "suggested": suggested(booking) if is_ahead else None,
            "can_be_rebooked": left is None and not is_lost,
            "address": request.build_absolute_uri(self.address()),
            "calendar_address": calendar_address(booking),
            "calendars": calendar_links(booking),
            "free_until": to_instant(cancellable_until(booking)),
            "is_late": is_late(booking, now=now),
            "is_ahead": is_ahead,
            "is_to_come": is_to_come,
            "answers_state": state,
            "can_answer_again": state in (AnswersState.FRESH, AnswersState.SETTLED),
            "can_be_moved": is_movable(booking, now=now) and may_move(booking, now=now),
            "can_be_cancelled": is_cancellable(booking) and may_cancel(booking, now=now),
            "undo_until": to_instant(until) if until is not None else None,
        }
        return render(request, "bookings/manage.html", context)


def calendar_address(booking: Booking) -> str:
    """Where the API gives the booking's calendar file; its token opens nothing else."""
    file = reverse("api:calendar", args=(booking.reference,))
    return f"{file}?token={calendar_token(booking)}"


class Move(BookingView):
    """Another time, therapist or session; its own time counts as free."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The calendar, or why it cannot be moved."""
        return self.page(request)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Move it, or leave it as it was."""
        form = TimeForm(request.POST)
        if not form.is_valid():
            raise BadRequest("The form names no time.")
        therapist = asked_therapist(self.therapists, form.cleaned_data["therapist"])
        change = Change(
            starts_at=form.cleaned_data["starts_at"],
            therapist=therapist,
            any_therapist=therapist is None,
            session_type=self.session_type,
        )
        try:
            move(self.booking, change, caller=caller_of(request), now=self.now)
        except SlotUnavailable as error:
            return self.page(request, error)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        messages.success(request, _("Your session has been moved."))
        return redirect(self.address())

    @cached_property
    def query(self) -> dict[str, Any]:
        """What the address asks to see."""
        return dates_query(self.request)

    @cached_property
    def session_types(self) -> list[SessionType]:
        """What it can be changed to."""
        return sessions_at(self.request, self.booking.location)

    @cached_property
    def session_type(self) -> SessionType:
        """The one that is asked for, or its own."""
        slug = self.query["session_type"]
        if not slug:
            return self.booking.session_type
        return session_at(self.request, self.booking.location, slug)

    @cached_property
    def dates(self) -> tuple[date, date]:
        """Today and the horizon at the location."""
        return bookable_dates(self.booking.location, self.now)

    @cached_property
    def therapists(self) -> list[Therapist]:
        """Who can be asked for."""
        return askable(self.request, self.session_type, self.booking.location, self.dates)

    @property
    def therapist(self) -> Therapist | None:
        """The one who is asked for; without a word about it the one they had asked for."""
        if "therapist" in self.request.GET:
            return asked_therapist(self.therapists, self.query["therapist"])
        own = self.booking.therapist
        return own if self.booking.therapist_requested and own in self.therapists else None

    def page(self, request: HttpRequest, lost: SlotUnavailable | None = None) -> HttpResponse:
        """The calendar."""
        booking = self.booking
        try:
            check_movable(booking, caller=caller_of(request), now=self.now)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        therapist = self.therapist
        change = Change(
            therapist=therapist, any_therapist=therapist is None, session_type=self.session_type
        )
        question = question_for_move(booking, change, caller=caller_of(request), now=self.now)
        day, month = self.query["day"], self.query["month"]
        calendar: dict[str, Any] = {
            "location": booking.location,
            "session_type": self.session_type,
            "therapists": self.therapists,
            "therapist": therapist,
            "month": month_of(question, day=day or (None if month else booking.date), month=month),
            "current": booking,
        }
        context = {
            **calendar,
            "booking": booking,
            "address": self.address(),
            "session_types": self.session_types,
            "live": live(**calendar, dates=self.dates, day=booking.date, holds=False),
            **alternatives_of(lost, therapist),
        }
        return render(request, "bookings/move.html", context, status=409 if lost else 200)


class Cancel(BookingView):
    """Says beforehand whether it is free, then cancels."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The question whether they are sure; who has cancelled already sees that it is."""
        if self.booking.status == Status.CANCELLED:
            return redirect(self.address())
        if not is_cancellable(self.booking):
            return self.refused(request, WrongState())
        if not may_cancel(self.booking, now=self.now):
            return self.refused(request, TooLate())
        return self.page(request, CancelForm())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Cancel; twice is harmless."""
        form = CancelForm(request.POST)
        if not form.is_valid():
            return self.page(request, form)
        reason = form.cleaned_data["reason"]
        try:
            cancel(self.booking, caller=caller_of(request), now=self.now, reason=reason)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        return redirect(self.address())

    def page(self, request: HttpRequest, form: CancelForm) -> HttpResponse:
        """The form."""
        context = {
            "booking": self.booking,
            "address": self.address(),
            "form": form,
            "is_late": is_late(self.booking, now=self.now),
            "free_until": to_instant(cancellable_until(self.booking)),
        }
        return render(
            request, "bookings/cancel.html", context, status=422 if form.is_bound else 200
        )


class Undo(BookingView):
    """Takes a cancellation back within some minutes."""

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Who comes back to it, or by a link, sees the booking; nothing changes."""
        return redirect(self.address())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Book it again, if every rule still allows it."""
        try:
            undo(self.booking, caller=caller_of(request), now=self.now)
        except WrongState:
            return redirect(self.address())  # sent twice, or by reception in the meantime
        except BookingError as error:
            return self.refused(request, error)
        messages.success(request, _("Your cancellation has been undone."))
        return redirect(self.address())
