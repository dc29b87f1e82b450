"""Move a booking and all that follow it: each date is shown before anything moves."""

from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from bookings.domain.moving import check_movable
from bookings.domain.series.following import move_following
from bookings.domain.series.following_preview import preview_move
from bookings.errors import SlotUnavailable, TooLate, WrongState
from bookings.pages.forms import TimeForm
from bookings.pages.held import caller_of
from bookings.pages.looking import askable
from bookings.pages.managing import BookingView
from bookings.pages.month import bookable_dates
from bookings.pages.queries import asked_therapist
from bookings.pages.series.members import FOLLOWING
from bookings.pages.series.suiting import Suiting, suiting
from bookings.scheduling.timeline import Minute
from therapists.models import Therapist


class MoveFollowing(BookingView):
    """The address says where the first of them goes."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Each of them, with where it is and where it would be; without a time, the choice."""
        if not self.form.is_valid():
            return redirect(self.other_times)
        try:
            check_movable(self.booking, caller=caller_of(request), now=self.now)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        return self.page(request)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Move all of them, or none."""
        if not self.form.is_valid():
            return redirect(self.other_times)
        try:
            moved = move_following(
                self.booking,
                self.start,
                therapist=self.therapist,
                caller=caller_of(request),
                now=self.now,
            )
        except SlotUnavailable as error:
            return self.page(request, error)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        words = ngettext(
            "%(count)s session has been moved.", "%(count)s sessions have been moved.", len(moved)
        )
        messages.success(request, words % {"count": len(moved)})
        return redirect(self.address())

    @cached_property
    def form(self) -> TimeForm:
        """Where the first one goes."""
        return TimeForm(self.request.GET)

    @property
    def other_times(self) -> str:
        """Where another time for all of them is chosen."""
        return f"{self.address('move')}?scope={FOLLOWING}"

    @property
    def start(self) -> Minute:
        """When the first one would be."""
        start: Minute = self.form.cleaned_data["starts_at"]
        return start

    @cached_property
    def therapist(self) -> Therapist | None:
        """Who would take them all; None where each keeps its own."""
        booking = self.booking
        dates = bookable_dates(booking.location, self.now)
        found = askable(self.request, booking.session_type, booking.location, dates)
        return asked_therapist(found, self.form.cleaned_data["therapist"])

    def suiting(self, request: HttpRequest, count: int) -> Suiting:
        """What suits all of them, where this does not."""
        caller = caller_of(request)
        return suiting(self.booking, count, self.therapist, caller=caller, now=self.now)

    def page(self, request: HttpRequest, lost: SlotUnavailable | None = None) -> HttpResponse:
        """The dates, and the button only where all of them can move."""
        moves = preview_move(
            self.booking,
            self.start,
            therapist=self.therapist,
            caller=caller_of(request),
            now=self.now,
        )
        is_possible = all(each.is_possible for each in moves)
        context = {
            "booking": self.booking,
            "address": self.address(),
            "moves": moves,
            "therapist": self.therapist,
            "is_possible": is_possible,
            "error": lost,
            "other_times": self.other_times,
            "suiting": None if is_possible else self.suiting(request, len(moves)),
            "suiting_with": self.therapist,
        }
        status = 409 if lost else 200
        return render(request, "bookings/move_following.html", context, status=status)
