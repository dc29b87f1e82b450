"""What listings of open starts have in common, for one and for two."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.serializers import Serializer

from bookings.api.doors import Door
from bookings.api.times import local, local_times
from bookings.domain.bookable.availability import Listing
from bookings.domain.bookable.question import Question
from bookings.models import Booking
from bookings.scheduling.hours import WallClock
from bookings.scheduling.slots import Open
from bookings.scheduling.timeline import Minute
from studio.api.schema import ProblemOutput, problems
from studio.premises.models import Location

ETAGS = [
    OpenApiParameter("ETag", OpenApiTypes.STR, OpenApiParameter.HEADER, response=[200, 304]),
    OpenApiParameter("If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER),
]


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
    written: Callable[[S, str], dict[str, Any]],
) -> bytes:
    """A listing of a question's dates, after what was `asked` for, with each slot as `written`."""
    clock = WallClock(question.location.timezone, question.first, question.last)
    return orjson.dumps(
        {
            **head(question, asked),
            "days": [
                {"date": day, "slots": list(map(written, starts, local_times(starts, clock)))}
                for day, starts in found.days
            ],
            "next_available": next_time(question, found.next_available),
        }
    )


def head(question: Question, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a listing says before its days."""
    location = question.location
    return {
        "location": location.slug,
        **asked,
        "timezone": location.timezone,
        "from": question.first,
        "until": question.last,
    }


def next_time(question: Question, following: Minute | None) -> str | None:
    """When it says that a session can start next."""
    return None if following is None else local(following, question.location.zone)


def check_is_at(location: Location, booking: Booking) -> None:
    """Refuse to look elsewhere for a booking that is moved: it stays at its location."""
    if booking.location_id != location.pk:
        elsewhere = ErrorDetail(_("The booking is at another location."), "elsewhere")
        raise ValidationError({"location": [elsewhere]})
