"""From a place to a session to a time, which is then held."""

from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from bookings.domain.bookable.question import Question
from bookings.domain.booking import hold
from bookings.domain.offers import offered
from bookings.domain.pairs.places import has_room_for_two
from bookings.domain.requests import Details, Wish
from bookings.errors import TooManyHolds
from bookings.models import Booking, SessionType
from bookings.pages.forms import TimeForm
from bookings.pages.held import caller_of, keep, standing_hold, time_left
from bookings.pages.lasting import calendar
from bookings.pages.live import live
from bookings.pages.looking import open_location, session_and_askable
from bookings.pages.month import bookable_dates, month_of
from bookings.pages.queries import asked_therapist, dates_query
from bookings.pages.refusals import LOST, Lost, alternatives_of, refused, too_many_writes
from bookings.scheduling.timeline import Minute
from studio.clock import this_minute, this_second
from studio.for_everybody import for_everybody
from studio.methods import require_safe
from studio.premises.house import House
from studio.premises.models import Location
from therapists.models import Therapist


@require_safe
@for_everybody
def location(request: HttpRequest) -> HttpResponse:
    """The first step; there is nothing to choose where there is one place."""
    places = House.of(request).locations
    if len(places) == 1:
        return redirect("bookings:book-session", places[0].slug)
    return render(request, "bookings/choose_location.html", {"places": places})


@require_safe
@for_everybody
def session(request: HttpRequest, location: str) -> HttpResponse:
    """The second step: which session."""
    place = open_location(request, location)
    return render(
        request,
        "bookings/choose_session.html",
        {"location": place, "session_types": list(offered(place))},
    )


class Times(View):
    """The third step: with whom and when. Choosing a time holds it."""

    next_step = "bookings:details"
    template_name = "bookings/times.html"

    @cached_property
    def now(self) -> Minute:
        """The minute that the page is about."""
        return this_minute()

    @cached_property
    def location(self) -> Location:
        """The place that the address names."""
        return open_location(self.request, self.kwargs["location"])

    @cached_property
    def chosen(self) -> tuple[SessionType, list[Therapist]]:
        """The session that it names, and who can be asked for."""
        slug = self.kwargs["session_type"]
        return session_and_askable(self.request, self.location, slug, self.dates)

    @property
    def session_type(self) -> SessionType:
        """The session."""
        return self.chosen[0]

    @property
    def therapists(self) -> list[Therapist]:
        """Who can be asked for."""
        return self.chosen[1]

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The calendar of a month, and the times of a day."""
        return true_now(calendar(request, self.template_name, self.found, self.now))

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

    def page(self, request: HttpRequest, lost: Lost) -> HttpResponse:
        """The calendar again, after a time was lost."""
        context = {**self.found(), **alternatives_of(lost, self.therapist)}
        return true_now(render(request, self.template_name, context, status=HTTPStatus.CONFLICT))

    @cached_property
    def query(self) -> dict[str, Any]:
        """What the address asks to see."""
        return dates_query(self.request)

    @property
    def therapist(self) -> Therapist | None:
        """The one who is asked for; 404 for a wrong one."""
        return asked_therapist(self.therapists, self.query["therapist"])

    def found(self) -> dict[str, Any]:
        """What the calendar shows; the browser's own hold counts as free in it."""
        held = standing_hold(self.request, now=self.now)
        first, last = self.dates
        therapist = self.therapist
        question = Question(
            location=self.location,
            session_type=self.session_type,
            first=first,
            last=last,
            now=self.now,
            therapist=therapist.slug if therapist else None,
            freed=held,
        )
        shown: dict[str, Any] = {
            "location": self.location,
            "session_type": self.session_type,
            "therapists": self.therapists,
            "therapist": therapist,
            "month": month_of(question, day=self.query["day"], month=self.query["month"]),
            "current": held,
        }
        return {
            **shown,
            "for_two": len(self.therapists) > 1 and has_room_for_two(self.location),
            "wait_url": reverse("bookings:join", args=(self.location.slug, self.session_type.slug)),
            "left": time_left(held, now_seconds=this_second()),
            "live": live(**shown, dates=self.dates),
        }


def true_now(response: HttpResponse) -> HttpResponse:
    """A page that nobody keeps: it is true for a moment, and knows the token of what is held."""
    response["Cache-Control"] = "private, no-store"
    return response
