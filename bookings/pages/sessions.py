"""The sessions: what they are, how long they are, what they cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.domain.menu import Offer, With, offers, styles_of
from bookings.domain.offers import dates_now, offered
from bookings.domain.team import givers
from bookings.models import SessionType
from bookings.pages.structured import menu_things, session_things
from studio.clock import this_minute
from studio.for_everybody import for_everybody
from studio.methods import require_safe
from studio.premises.house import House
from studio.premises.models import Equipment


@dataclass(frozen=True, slots=True)
class Style:
    """The sessions of one style, and what goes for all of them."""

    slug: str
    offers: list[Offer]

    @property
    def first(self) -> SessionType:
        """The one that the drawing stands for."""
        return self.offers[0].session_type

    @property
    def is_barefoot(self) -> bool:
        """Whether each of them is given with the feet."""
        return all(offer.session_type.barefoot for offer in self.offers)

    @property
    def is_by_hand(self) -> bool:
        """Whether none of them is."""
        return not any(offer.session_type.barefoot for offer in self.offers)

    @property
    def equipment(self) -> list[Equipment]:
        """What the room must have for any of them."""
        return [
            piece
            for piece in self.offers[0].equipment
            if all(piece in offer.equipment for offer in self.offers)
        ]


@require_safe
@for_everybody
def sessions(request: HttpRequest) -> HttpResponse:
    """The menu by style, or one style of it; an unknown style shows everything."""
    menu = offers(offered().defer("description"), With.EQUIPMENT, With.PLACES)
    slugs = styles_of(offer.session_type for offer in menu)
    asked = request.GET.get("style", "")
    chosen = asked if asked in slugs else ""
    shown = [style for style in _by_style(menu) if chosen in ("", style.slug)]
    return render(
        request,
        "bookings/sessions.html",
        {
            "styles": shown,
            "slugs": slugs,
            "chosen": chosen,
            "structured": menu_things(
                offer.session_type for style in shown for offer in style.offers
            ),
        },
    )


@require_safe
@for_everybody
def session(request: HttpRequest, slug: str) -> HttpResponse:
    """One session: what happens, what it asks of therapist and room, who gives it and where."""
    parts = (With.QUALIFICATIONS, With.EQUIPMENT, With.PLACES)
    found = offers(offered().filter(slug=slug), *parts)
    if not found:
        raise Http404
    house = House.of(request)
    today = dates_now(house.locations, this_minute())
    return render(
        request,
        "bookings/session.html",
        {
            "offer": found[0],
            "session_type": found[0].session_type,
            "therapists": givers(found[0], on=today),
            "structured": session_things(found[0], house.studio),
        },
    )


def _by_style(menu: Iterable[Offer]) -> Iterable[Style]:
    for slug, of_style in groupby(menu, key=lambda offer: offer.session_type.style):
        yield Style(slug, list(of_style))
