"""When a session can start."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from bookings.api.access import booking_for, sees_staff_times
from bookings.api.inputs import AvailabilityQuery
from bookings.api.listings import (
    ETAGS,
    KEPT_SECONDS,
    ListingDoor,
    answers,
    check_is_at,
    conditional,
    listing_body,
)
from bookings.api.outputs import AvailabilityOutput, RefusalOutput
from bookings.api.times import slots
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


class Availability(ListingDoor):
    @extend_schema(
        summary="When a session can start",
        parameters=[AvailabilityQuery, *ETAGS],
        responses=answers(AvailabilityOutput, RefusalOutput),
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
        check_is_at(wanted["location"], booking)
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
    asked = {"session_type": question.session_type.slug}
    return listing_body(question, asked, listing(question), slots)
