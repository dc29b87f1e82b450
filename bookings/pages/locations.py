"""Where the studio is, and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bookings.domain.bookable.opening import opening
from bookings.domain.place import place
from bookings.pages.looking import open_location
from bookings.pages.structured import location_things
from bookings.scheduling.hours import local_date
from studio.clock import this_minute
from studio.for_everybody import for_everybody
from studio.methods import require_safe
from studio.premises.house import House
from studio.structured import place_thing


@require_safe
@for_everybody
def locations(request: HttpRequest) -> HttpResponse:
    """Every place; there is nothing to choose where there is one."""
    house = House.of(request)
    if len(house.locations) == 1:
        return redirect("bookings:location", house.locations[0].slug)
    things = [place_thing(each, house.studio) for each in house.locations]
    return render(
        request, "bookings/locations.html", {"places": house.locations, "structured": things}
    )


@require_safe
@for_everybody
def location(request: HttpRequest, slug: str) -> HttpResponse:
    """One place: when it is open, how to get there, what it has."""
    house = House.of(request)
    found = open_location(request, slug)
    today = local_date(found.timezone, this_minute())
    hours = opening(found, today=today)
    inside = place(found, hours.therapists)
    return render(
        request,
        "bookings/location.html",
        {
            "location": found,
            "today": today,
            "opening": hours,
            "place": inside,
            "structured": location_things(found, hours, inside, house.studio),
        },
    )
