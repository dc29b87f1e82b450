"""Move a booking by its link (rule B6)."""

from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bookings.domain.moving import check_movable, move, question_for_move
from bookings.domain.pairs.partners import may_change_both, together_with
from bookings.domain.requests import Change
from bookings.domain.series.members import following
from bookings.errors import SlotUnavailable, TooLate, WrongState
from bookings.models import SessionType
from bookings.pages.forms import TimeForm
from bookings.pages.held import caller_of
from bookings.pages.live import live
from bookings.pages.looking import askable, session_at, sessions_at
from bookings.pages.managing import BookingView
from bookings.pages.month import bookable_dates, month_of
from bookings.pages.queries import asked_therapist, dates_query
from bookings.pages.refusals import alternatives_of
from bookings.pages.series.members import is_about_following
from bookings.pages.series.suiting import suiting
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from therapists.models import Therapist


class Move(BookingView):
    """Another time, therapist or session; its own time counts as free."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The calendar, or why it cannot be moved; who comes with somebody moves both."""
        if together_with(self.booking, now=self.now) and may_change_both(self.booking):
            return redirect(self.address("move-together"))
        return self.page(request)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Move it, or leave it as it was."""
        form = TimeForm(request.POST)
        if not form.is_valid():
            raise BadRequest("The form names no time.")
        therapist = asked_therapist(self.therapists, form.cleaned_data["therapist"])
        if self.moves_following:
            return self.look_at_all(form.cleaned_data["starts_at"], therapist)
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

    def look_at_all(self, start: Minute, therapist: Therapist | None) -> HttpResponse:
        """On to each date that would move; a therapist is named only where she is another one."""
        query = {"starts_at": to_instant(start).isoformat()}
        if therapist not in (None, self.booking.therapist):
            query["therapist"] = therapist.slug
        return redirect(f"{self.address('move-following')}?{urlencode(query)}")

    @cached_property
    def followers(self) -> int:
        """How many of its series come after it."""
        return len(following(self.booking)) - 1

    @property
    def moves_following(self) -> bool:
        """Whether they are to go with it: then its session stays what it is."""
        return is_about_following(self.request) and self.followers > 0

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
        if not slug or self.moves_following:
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
        own = self.booking.therapist
        if self.moves_following:
            return asked_therapist([own, *self.therapists], self.query["therapist"]) or own
        if "therapist" in self.request.GET:
            return asked_therapist(self.therapists, self.query["therapist"])
        return own if self.booking.therapist_requested and own in self.therapists else None

    def suiting(self, request: HttpRequest) -> dict[str, Any]:
        """What suits all that would move; a therapist is named only where she is another one."""
        other = self.therapist if self.therapist != self.booking.therapist else None
        count, caller = self.followers + 1, caller_of(request)
        return {
            "suiting": suiting(self.booking, count, other, caller=caller, now=self.now),
            "suiting_with": other,
            "other_times": request.get_full_path(),
        }

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
            "session_types": [] if self.moves_following else self.session_types,
            "moves_following": self.moves_following,
            "followers": self.followers,
            **(self.suiting(request) if self.moves_following else {}),
            "live": live(**calendar, dates=self.dates, day=booking.date, holds=False),
            **alternatives_of(lost, therapist),
        }
        return render(request, "bookings/move.html", context, status=409 if lost else 200)
