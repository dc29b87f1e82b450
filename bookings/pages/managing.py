"""A booking by its link: how it stands, and what can still be done with it."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import is_cancellable, is_late, may_cancel, may_undo, undo_until
from bookings.domain.health.screening import answers_state, in_force
from bookings.domain.health.substitutes import suggested
from bookings.domain.links import opened_by, waitlist_token
from bookings.domain.moving import is_movable, may_move
from bookings.domain.pairs.partners import both_of, may_change_both, were_cancelled_together
from bookings.domain.series.members import cancelled_with
from bookings.domain.waitlist.entries import offered_by
from bookings.enums import BOOKED, ONLY_HELD, AnswersState, Status
from bookings.errors import BookingError, WrongState
from bookings.models import Booking
from bookings.pages.addresses import calendar_address, times_around, times_for_two
from bookings.pages.calendars import calendar_links
from bookings.pages.held import TimeLeft, time_left
from bookings.pages.mails import mail_to_come
from bookings.pages.pairs.partner import PartnerShown, shown_partner
from bookings.pages.privacy import private
from bookings.pages.refusals import refused, too_many_writes
from bookings.pages.series.members import series_of
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute, this_second


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
        if request.method == "POST" and (error := too_many_writes(request)):
            return self.refused(request, error)
        if (entry := offered_by(self.booking)) is not None:
            return redirect("bookings:waiting", entry.reference, waitlist_token(entry))
        return super().dispatch(request, *args, **kwargs)

    def address(self, name: str = "manage") -> str:
        """The address of one of the booking's pages."""
        return reverse(f"bookings:{name}", args=(self.reference, self.token))

    def refused(self, request: HttpRequest, error: BookingError) -> HttpResponse:
        """The error's own words, and the way back; who has cancelled just sees that it is."""
        if isinstance(error, WrongState) and self.booking.status == Status.CANCELLED:
            return redirect(self.address())
        return refused(request, error, self.booking.location, back=self.address())


@method_decorator(csrf_exempt, name="dispatch")  # it is read only
class Manage(BookingView):
    """How the booking stands, and what can still be done."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The page to keep the link of."""
        context = {
            "booking": self.booking,
            "token": self.token,
            "address": request.build_absolute_uri(self.address()),
            **self.standing(),
            **self.with_others(),
            **self.possible(),
            **self.undoing(),
        }
        return render(request, "bookings/manage.html", context)

    @cached_property
    def left(self) -> TimeLeft | None:
        """What is left of a hold's time."""
        return time_left(self.booking, now_seconds=this_second())

    @property
    def is_lost(self) -> bool:
        """Whether it was a hold, and its time is over."""
        booking = self.booking
        return booking.status in ONLY_HELD and self.left is None and not booking.is_undecided

    @cached_property
    def partner(self) -> PartnerShown | None:
        """Who comes at the same time."""
        return shown_partner(self.booking, now=self.now)

    def standing(self) -> dict[str, Any]:
        """How it stands, and what is open before the session."""
        booking, now = self.booking, self.now
        has_lapsed = booking.has_lapsed(to_instant(now))
        is_ahead = to_instant(now) < booking.starts_at
        is_to_come = is_ahead and booking.status in BOOKED and not has_lapsed
        state = answers_state(booking, now=now) if is_to_come else AnswersState.NOT_NEEDED
        return {
            "has_lapsed": has_lapsed,
            "left": self.left,
            "is_lost": self.is_lost,
            "is_ahead": is_ahead,
            "is_to_come": is_to_come,
            "answers_state": state,
            "can_answer_again": state in (AnswersState.FRESH, AnswersState.SETTLED),
            "suggested": suggested(booking) if is_ahead else None,
        }

    def with_others(self) -> dict[str, Any]:
        """Who comes at the same time, its other dates, and the mail that all of them share."""
        booking, partner = self.booking, self.partner
        series = series_of(booking, now=self.now)
        of_one_mailbox = [booking, *series.others] if series else [booking]
        if partner and partner.token:
            of_one_mailbox.append(partner.booking)
        return {
            "partner": partner,
            "asks_each": partner is not None and in_force() is not None,
            "series": series,
            "mail": mail_to_come(self.request, of_one_mailbox),
        }

    def possible(self) -> dict[str, Any]:
        """What can be done with it."""
        booking, now = self.booking, self.now
        is_of_two = self.partner is not None and self.is_lost
        return {
            "can_be_moved": is_movable(booking, now=now) and may_move(booking, now=now),
            "can_be_cancelled": is_cancellable(booking) and may_cancel(booking, now=now),
            "is_late": is_late(booking, now=now),
            "free_until": to_instant(cancellable_until(booking)),
            "can_be_rebooked": self.left is None and not self.is_lost,
            "other_times": times_for_two(*both_of(booking)) if is_of_two else times_around(booking),
            "calendar_address": calendar_address(booking),
            "calendars": calendar_links(booking),
        }

    def undoing(self) -> dict[str, Any]:
        """Until when a cancellation can be taken back, and with how many others."""
        booking = self.booking
        until = undo_until(booking) if may_undo(booking, now=self.now) else None
        undo_both = until is not None and were_cancelled_together(booking)
        if undo_both and not may_change_both(booking):
            until = None
        return {
            "undo_until": to_instant(until) if until is not None else None,
            "undo_both": undo_both,
            "undo_count": len(cancelled_with(booking)) if until is not None else 0,
        }
