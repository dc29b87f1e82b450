"""Move a booking and all that follow it: each date is shown before anything moves."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import BadRequest
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
from bookings.scheduling.timeline import Minute
from therapists.models import Therapist


class MoveFollowing(BookingView):
    """The address says where the first of them goes."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Each of them, with where it is and where it would be."""
        try:
            check_movable(self.booking, caller=caller_of(request), now=self.now)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        return self.page(request)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Move all of them, or none."""
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
        """Where the first one goes; 400 where the address does not say."""
        form = TimeForm(self.request.GET)
        if not form.is_valid():
            raise BadRequest("The address names no time.")
        return form

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

    def page(self, request: HttpRequest, lost: SlotUnavailable | None = None) -> HttpResponse:
        """The dates, and the button only where all of them can move."""
        moves = preview_move(
            self.booking,
            self.start,
            therapist=self.therapist,
            caller=caller_of(request),
            now=self.now,
        )
        context = {
            "booking": self.booking,
            "address": self.address(),
            "moves": moves,
            "therapist": self.therapist,
            "is_possible": all(each.is_possible for each in moves),
            "error": lost,
            "other_times": f"{self.address('move')}?scope={FOLLOWING}",
        }
        status = 409 if lost else 200
        return render(request, "bookings/move_following.html", context, status=status)
