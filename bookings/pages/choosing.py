"""From a place to a session to a time, which is then held."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from bookings.domain.bookable.question import Question
from bookings.domain.booking import hold
from bookings.domain.pairs.places import has_room_for_two
from bookings.domain.requests import Details, Wish
from bookings.errors import TooManyHolds
from bookings.models import Booking, SessionType
from bookings.pages.forms import TimeForm
from bookings.pages.held import caller_of, keep, standing_hold, time_left
from bookings.pages.live import live
from bookings.pages.looking import open_location, session_and_askable, sessions_at
from bookings.pages.month import bookable_dates, month_of
from bookings.pages.queries import asked_therapist, dates_query
from bookings.pages.refusals import LOST, Lost, alternatives_of, refused, too_many_writes
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute, this_second
from studio.methods import require_safe
from studio.premises.house import House
from studio.premises.models import Location
from therapists.models import Therapist


@require_safe
def location(request: HttpRequest) -> HttpResponse:
    """The first step; there is nothing to choose where there is one place."""
    places = House.of(request).locations
    if len(places) == 1:
        return redirect("bookings:book-session", places[0].slug)
    return render(request, "bookings/choose_location.html", {"places": places})


@require_safe
def session(request: HttpRequest, location: str) -> HttpResponse:
    """The second step: which session."""
    place = open_location(request, location)
    return render(
        request,
        "bookings/choose_session.html",
        {"location": place, "session_types": sessions_at(request, place)},
    )


class Times(View):
    """The third step: with whom and when. Choosing a time holds it."""

    next_step = "bookings:details"
    location: Location
    session_type: SessionType
    therapists: list[Therapist]
    now: Minute

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what the address names."""
        super().setup(request, *args, **kwargs)
        self.location = open_location(request, kwargs["location"])
        self.now = this_minute()
        self.session_type, self.therapists = session_and_askable(
            request, self.location, kwargs["session_type"], self.dates
        )

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The calendar of a month, and the times of a day."""
        return self.page(request)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Hold a time; what this browser held before is given back (rule B3)."""
        if too_often := too_many_writes(request):
            return refused(request, too_often, self.location, back=request.get_full_path())
        form = TimeForm(request.POST)
        if not form.is_valid():
            raise BadRequest("The form names no time.")
        try:
            booking = self.hold(request, **form.cleaned_data)
        except LOST as error:
            return self.page(request, error)
        except TooManyHolds as error:
            return refused(request, error, self.location, back=request.get_full_path())
        keep(request, booking)
        return redirect(self.next_step)

    def hold(self, request: HttpRequest, *, starts_at: Minute, therapist: str) -> Booking:
        """Hold a time with the therapist of a slug, or (empty) with anyone; 404 for a wrong one."""
        wanted = asked_therapist(self.therapists, therapist)
        wish = Wish(self.location, self.session_type, starts_at, wanted)
        return hold(wish, Details(), caller=caller_of(request, start=True), now=self.now)

    @cached_property
    def dates(self) -> tuple[date, date]:
        """Today and the horizon at the location."""
        return bookable_dates(self.location, self.now)

    def page(self, request: HttpRequest, lost: Lost | None = None) -> HttpResponse:
        """The calendar; the browser's own hold counts as free in it."""
        query = dates_query(request)
        therapist = asked_therapist(self.therapists, query["therapist"])
        held = standing_hold(request, now=self.now)
        first, last = self.dates
        question = Question(
            location=self.location,
            session_type=self.session_type,
            first=first,
            last=last,
            now=self.now,
            therapist=therapist.slug if therapist else None,
            freed=held,
        )
        calendar: dict[str, Any] = {
            "location": self.location,
            "session_type": self.session_type,
            "therapists": self.therapists,
            "therapist": therapist,
            "month": month_of(question, day=query["day"], month=query["month"]),
            "current": held,
        }
        context = {
            **calendar,
            "for_two": len(self.therapists) > 1 and has_room_for_two(self.location),
            "wait_url": reverse("bookings:join", args=(self.location.slug, self.session_type.slug)),
            "left": time_left(held, now_seconds=this_second()),
            "live": live(**calendar, dates=self.dates),
            **alternatives_of(lost, therapist),
        }
        return self.true_now(request, "bookings/times.html", context, lost)

    def true_now(
        self, request: HttpRequest, template: str, context: dict[str, Any], lost: Lost | None
    ) -> HttpResponse:
        """A page that nobody keeps."""
        response = render(request, template, context, status=409 if lost else 200)
        # It is true for a moment, and knows the token of what this browser holds.
        response["Cache-Control"] = "private, no-store"
        return response
