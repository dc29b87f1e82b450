"""The people who give sessions."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.domain.offers import dates_now
from bookings.domain.team import Member, Workplace, member, team, workplaces
from bookings.models import SessionType
from bookings.pages.structured import therapist_things
from studio.clock import this_minute
from studio.for_everybody import for_everybody
from studio.methods import require_safe
from studio.premises.house import House
from studio.premises.models import Location


@dataclass(frozen=True, slots=True)
class Choice:
    """A session, and where somebody gives it."""

    session_type: SessionType
    places: list[Location]


@require_safe
@for_everybody
def therapists(request: HttpRequest) -> HttpResponse:
    """The team, with what each of them can prove today."""
    today = dates_now(House.of(request).locations, this_minute())
    return render(request, "bookings/therapists.html", {"team": team(on=today)})


@require_safe
@for_everybody
def therapist(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: what she can prove, what she gives, where she works, and her times."""
    house = House.of(request)
    today = dates_now(house.locations, this_minute())
    found = member(slug, on=today)
    if found is None:
        raise Http404
    places = workplaces(found.therapist, house.locations, today=min(today))
    return render(
        request,
        "bookings/therapist.html",
        {
            "member": found,
            "workplaces": places,
            "choices": _choices(found, places),
            "structured": therapist_things(
                found, [place.location for place in places], house.studio
            ),
        },
    )


def _choices(member: Member, places: list[Workplace]) -> list[Choice]:
    """What can be booked with her: what she may give, at the places where she works."""
    choices = [
        Choice(
            offer.session_type,
            [place.location for place in places if place.location in offer.places],
        )
        for offer in member.offers
    ]
    return [choice for choice in choices if choice.places]
