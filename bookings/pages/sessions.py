"""The sessions: what they are, how long they are, what they cost."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookings.domain.menu import With, offers, styles_of
from bookings.domain.offers import dates_now, offered
from bookings.domain.team import givers
from studio.clock import this_minute
from studio.premises.house import House


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The menu by style, or one style of it; an unknown style shows everything."""
    menu = offers(offered().defer("description"), With.EQUIPMENT, With.PLACES)
    styles = styles_of(offer.session_type for offer in menu)
    asked = request.GET.get("style", "")
    style = asked if asked in styles else ""
    shown = [offer for offer in menu if style in ("", offer.session_type.style)]
    return render(
        request, "bookings/sessions.html", {"offers": shown, "styles": styles, "style": style}
    )


@require_safe
def session(request: HttpRequest, slug: str) -> HttpResponse:
    """One session: what happens, what it asks of therapist and room, who gives it and where."""
    parts = (With.QUALIFICATIONS, With.EQUIPMENT, With.PLACES)
    found = offers(offered().filter(slug=slug), *parts)
    if not found:
        raise Http404
    today = dates_now(House.of(request).locations, this_minute())
    return render(
        request,
        "bookings/session.html",
        {
            "offer": found[0],
            "session_type": found[0].session_type,
            "therapists": givers(found[0], on=today),
        },
    )
