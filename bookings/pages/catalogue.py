"""The sessions and the people who give them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bookings.domain.offers import dates_now, offered, open_locations, team
from studio.clock import this_minute


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session that can be booked somewhere."""
    return render(request, "bookings/sessions.html", {"session_types": offered()})


@require_safe
def session(request: HttpRequest, slug: str) -> HttpResponse:
    """One session: what happens, what it asks of therapist and room, where it is offered."""
    session_type = get_object_or_404(offered(), slug=slug)
    return render(
        request,
        "bookings/session.html",
        {
            "session_type": session_type,
            "qualifications": session_type.requires_qualifications.all(),
            "equipment": session_type.requires_equipment.all(),
            "places": open_locations().filter(session_types=session_type),
        },
    )


@require_safe
def therapists(request: HttpRequest) -> HttpResponse:
    """The team, with what each of them can prove today."""
    members = team(on=dates_now(this_minute()))
    return render(request, "bookings/therapists.html", {"team": members})
