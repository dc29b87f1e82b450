"""Where the studio is, and when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bookings.domain.opening import opening
from bookings.domain.place import place
from bookings.scheduling.hours import local_date
from studio.clock import this_minute
from studio.premises.house import House


@require_safe
def locations(request: HttpRequest) -> HttpResponse:
    """Every place; there is nothing to choose where there is one."""
    places = House.of(request).locations
    if len(places) == 1:
        return redirect("bookings:location", places[0].slug)
    return render(request, "bookings/locations.html", {"places": places})


@require_safe
def location(request: HttpRequest, slug: str) -> HttpResponse:
    """One place: when it is open, how to get there, what it has."""
    places = House.of(request).locations
    found = next((each for each in places if each.slug == slug), None)
    if found is None:
        raise Http404
    today = local_date(found.timezone, this_minute())
    hours = opening(found, today=today)
    return render(
        request,
        "bookings/location.html",
        {
            "location": found,
            "today": today,
            "opening": hours,
            "place": place(found, hours.therapists),
        },
    )
