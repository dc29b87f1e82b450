"""When a session can start."""

import hashlib
import json
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from bookings.api.access import booking_for, sees_staff_times
from bookings.api.doors import Door
from bookings.api.inputs import AvailabilityQuery
from bookings.api.outputs import AvailabilityOutput, RefusalOutput
from bookings.api.times import local, slots
from bookings.domain.bookable.availability import listing
from bookings.domain.bookable.keeping import kept
from bookings.domain.bookable.question import Question
from bookings.domain.callers import Caller
from bookings.domain.moving import check_movable
from bookings.domain.pairs.partners import check_may_part
from bookings.enums import Source, Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from studio.api.fields import parameters
from studio.api.models import Scope
from studio.api.problems import Problem
from studio.api.schema import problems

KEPT_SECONDS = 90
"""An answer is asked for again within the minute that it is for, or never."""

ETAGS = [
    OpenApiParameter("ETag", OpenApiTypes.STR, OpenApiParameter.HEADER, response=[200, 304]),
    OpenApiParameter("If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER),
]


# A month is 75 kB of much the same, 4 kB compressed; no secret in it could be told by its length.
@method_decorator(gzip_page, name="dispatch")
class Availability(Door):
    cache_control = "private, max-age=0"

    @extend_schema(
        summary="When a session can start",
        parameters=[AvailabilityQuery, *ETAGS],
        responses={
            200: AvailabilityOutput,
            304: OpenApiResponse(description="The answer has not changed."),
        }
        | problems(
            "not_authenticated",
            "permission_denied",
            "not_found",
            "wrong_state",
            "too_late",
            "precondition_failed",
            form=RefusalOutput,
        ),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Every date of a range with the starts that `POST bookings/` would take now.

        With a staff token the notice and the horizon are left out.
        """
        wanted = parameters(request, AvailabilityQuery)
        is_staff = sees_staff_times(request)
        moving = None
        if "rescheduling" in wanted:
            moving = self.booking_to_move(request, wanted, is_staff=is_staff)
        question = Question(
            location=wanted["location"],
            session_type=wanted["session_type"],
            first=wanted["from"],
            last=wanted["until"],
            now=self.now,
            is_staff=is_staff,
            therapist=wanted["therapist"].slug if "therapist" in wanted else None,
            moving=moving,
            freed=moving if moving is not None and moving.status == Status.HELD else None,
        )
        body = body_of(question) if moving else kept_body_of(question)
        return conditional(request, body)

    def booking_to_move(
        self, request: Request, wanted: dict[str, Any], *, is_staff: bool
    ) -> Booking:
        """The booking whose own time counts as free; refused where moving it would be."""
        booking = booking_for(request, wanted["rescheduling"], Scope.BOOKINGS_READ, now=self.now)
        if booking.location_id != wanted["location"].pk:
            elsewhere = ErrorDetail(_("The booking is at another location."), "elsewhere")
            raise ValidationError({"location": [elsewhere]})
        caller = Caller(source=Source.API, is_staff=is_staff)
        check_movable(booking, caller=caller, now=self.now)
        if booking.status != Status.HELD and not is_staff:
            check_may_part(booking, to_minute(booking.starts_at), caller=caller, now=self.now)
        return booking


def kept_body_of(question: Question) -> bytes:
    """The answer, from the cache in the same minute if nothing has changed at the location."""
    name = (
        f"answer:{question.now}:{question.is_staff}:{question.session_type.pk}"
        f":{question.first}:{question.last}:{question.therapist}"
    )
    return kept(
        question.location, name, lambda: body_of(question), booked=True, seconds=KEPT_SECONDS
    )


def body_of(question: Question) -> bytes:
    """The answer as `AvailabilityOutput` describes it."""
    location, found = question.location, listing(question)
    following = found.next_available
    return json.dumps(
        {
            "location": location.slug,
            "session_type": question.session_type.slug,
            "timezone": location.timezone,
            "from": question.first.isoformat(),
            "until": question.last.isoformat(),
            "days": [
                {"date": day.isoformat(), "slots": slots(starts, location.zone)}
                for day, starts in found.days
            ],
            "next_available": None if following is None else local(following, location.zone),
        },
        separators=(",", ":"),
    ).encode()


def conditional(request: Request, body: bytes) -> HttpResponseBase:
    """The body with its ETag, or 304 for who has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    patch_vary_headers(response, ["Authorization"])
    answer = get_conditional_response(request._request, etag=etag, response=response)
    if answer is None or answer.status_code == Problem("precondition_failed").status_code:
        raise Problem("precondition_failed")
    return answer
