"""What pages read about places and sessions: once for a request, and kept for who only looks."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest

from bookings.domain.bookable.keeping import kept
from bookings.domain.offers import offered, therapists_for, with_therapists
from bookings.models import SessionType
from studio.premises.house import House
from studio.premises.models import Location
from therapists.models import Therapist

LOOKING = ("GET", "HEAD")


def open_location(request: HttpRequest, slug: str) -> Location:
    """A place that takes bookings, as the page around shows it too; 404 without one."""
    for location in House.of(request).locations:
        if location.slug == slug:
            return location
    raise Http404


def looked_up[T](request: HttpRequest, location: Location, name: str, find: Callable[[], T]) -> T:
    """What `find` reads, kept while the location's schedule stays; read anew for a form."""
    return kept(location, name, find) if request.method in LOOKING else find()


def sessions_at(request: HttpRequest, location: Location) -> list[SessionType]:
    """The sessions on offer at a place."""
    return looked_up(request, location, "sessions", lambda: list(offered(location)))


def session_at(request: HttpRequest, location: Location, slug: str) -> SessionType:
    """One of them; 404 where it is not on offer."""
    for session_type in sessions_at(request, location):
        if session_type.slug == slug:
            return session_type
    raise Http404


def menu_at(
    request: HttpRequest, location: Location, dates: tuple[date, date]
) -> list[tuple[SessionType, list[Therapist]]]:
    """All of them, each with the therapists who can be asked for on some of the dates."""
    first, last = dates
    return looked_up(
        request,
        location,
        f"menu:{first}:{last}",
        lambda: with_therapists(offered(location), location, first=first, last=last),
    )


def session_and_askable(
    request: HttpRequest, location: Location, slug: str, dates: tuple[date, date]
) -> tuple[SessionType, list[Therapist]]:
    """The same, and the therapists who can be asked for on some of the dates."""
    for session_type, therapists in menu_at(request, location, dates):
        if session_type.slug == slug:
            return session_type, therapists
    raise Http404


def askable(
    request: HttpRequest, session_type: SessionType, location: Location, dates: tuple[date, date]
) -> list[Therapist]:
    """The therapists who can be asked for, also for a session that is not on offer any more.

    Then nothing is kept: what is written about such a session ends no answer of the location.
    """
    first, last = dates

    def find() -> list[Therapist]:
        return therapists_for(session_type, location, first=first, last=last)

    if session_type not in sessions_at(request, location):
        return find()
    return looked_up(request, location, f"therapists:{session_type.pk}:{first}:{last}", find)
