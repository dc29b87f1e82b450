"""What listings of open starts have in common, for one and for two."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from bookings.api.doors import Door
from bookings.api.times import local
from bookings.domain.bookable.availability import Listing
from bookings.domain.bookable.question import Question
from bookings.models import Booking
from bookings.scheduling.slots import Open
from studio.api.problems import Problem
from studio.api.schema import ProblemOutput, problems
from studio.premises.models import Location

KEPT_SECONDS = 90
"""An answer is asked for again within the minute that it is for, or never."""

ETAGS = [
    OpenApiParameter("ETag", OpenApiTypes.STR, OpenApiParameter.HEADER, response=[200, 304]),
    OpenApiParameter("If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER),
]


# A month is 75 kB of much the same, 4 kB compressed; no secret in it could be told by its length.
@method_decorator(gzip_page, name="dispatch")
class ListingDoor(Door):
    """The open starts of a range of dates; who has the answer already is told just that."""

    cache_control = "private, max-age=0"


def answers(output: type[Serializer[Any]], refusal: type[ProblemOutput]) -> dict[Any, Any]:
    """What a listing can answer, for `extend_schema`."""
    return {
        200: output,
        304: OpenApiResponse(description="The answer has not changed."),
    } | problems(
        "not_authenticated",
        "permission_denied",
        "not_found",
        "wrong_state",
        "too_late",
        "precondition_failed",
        form=refusal,
    )


def listing_body[S: Open](
    question: Question,
    asked: Mapping[str, Any],
    found: Listing[S],
    written: Callable[[Iterable[S], ZoneInfo], list[dict[str, Any]]],
) -> bytes:
    """A listing of a question's dates, after what was `asked` for, with its slots as `written`."""
    location, following = question.location, found.next_available
    return json.dumps(
        {
            "location": location.slug,
            **asked,
            "timezone": location.timezone,
            "from": question.first.isoformat(),
            "until": question.last.isoformat(),
            "days": [
                {"date": day.isoformat(), "slots": written(starts, location.zone)}
                for day, starts in found.days
            ],
            "next_available": None if following is None else local(following, location.zone),
        },
        separators=(",", ":"),
    ).encode()


def check_is_at(location: Location, booking: Booking) -> None:
    """Refuse to look elsewhere for a booking that is moved: it stays at its location."""
    if booking.location_id != location.pk:
        elsewhere = ErrorDetail(_("The booking is at another location."), "elsewhere")
        raise ValidationError({"location": [elsewhere]})


def conditional(request: Request, body: bytes) -> HttpResponseBase:
    """The body with its ETag, or 304 for who has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    patch_vary_headers(response, ["Authorization"])
    answer = get_conditional_response(request._request, etag=etag, response=response)
    if answer is None or answer.status_code == Problem("precondition_failed").status_code:
        raise Problem("precondition_failed")
    return answer
