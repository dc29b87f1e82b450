"""Pages that inform."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language

from bookings.domain.health.caveats import caveats
from bookings.domain.health.screening import asked_at, in_force
from bookings.enums import Ask
from studio.for_everybody import for_everybody
from studio.methods import require_safe
from studio.pages.models import HOME, Page, best_of
from studio.pages.showing import show
from studio.premises.house import House
from studio.structured import place_thing

WHEN_NOT = "when-not"
"""The page that says when not to have a session; what is asked stands on it too."""


@require_safe
@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """What ashiatsu is, what can be booked, and where we are."""
    return show(request, written(HOME))


@require_safe
@for_everybody
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that a manager wrote."""
    if slug == HOME:
        return redirect("pages:home", permanent=True)
    found = written(slug)
    if found is None:
        raise Http404
    if slug == WHEN_NOT:
        return show(request, found, caveats=caveats(asked_at(in_force(), list(Ask))))
    return show(request, found)


@require_safe
@for_everybody
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach us, and what to do when something comes up."""
    house = House.of(request)
    things = [place_thing(each, house.studio) for each in house.locations]
    return render(request, "pages/contact.html", {"structured": things})


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon on pages that name none, such as the admin's."""
    return redirect(static("studio/icon.svg"))


@require_safe
def embed(_request: HttpRequest) -> HttpResponse:
    """Where other sites find the booking for their pages, whatever its file is called today."""
    answer = redirect(static("embed/embed.js"))
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def written(slug: str) -> Page | None:
    """The page as it is published in the reader's language, or in English."""
    language = get_language()
    return best_of(Page.objects.readable(language).filter(slug=slug), language).get(slug)
