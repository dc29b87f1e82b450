"""What an address asks to see."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest

from bookings.pages.forms import DatesQuery
from therapists.models import Therapist


def dates_query(request: HttpRequest, of: type[DatesQuery] = DatesQuery) -> dict[str, Any]:
    """The part of the calendar, and whose; 400 where it makes no sense."""
    query = of(request.GET)
    if not query.is_valid():
        raise BadRequest("The address names no dates.")
    return query.cleaned_data


def asked_therapist(therapists: Iterable[Therapist], slug: str) -> Therapist | None:
    """The one of the therapists who is asked for, None for anyone; 404 where she is not there."""
    if not slug:
        return None
    for therapist in therapists:
        if therapist.slug == slug:
            return therapist
    raise Http404
