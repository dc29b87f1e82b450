"""When a session can start."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from bookings.api.access import booking_for, sees_staff_times
from bookings.api.finished import Finished, finished, once, sent
from bookings.api.inputs import AvailabilityQuery
from bookings.api.listings import ETAGS, ListingDoor, answers, check_is_at, listing_body
from bookings.api.openings import openings_body
from bookings.api.outputs import AvailabilityOutput, RefusalOutput
from bookings.api.plain import know, plain_question
from bookings.api.times import slot
from bookings.domain.bookable.availability import Listing, lasting, listing, openings
from bookings.domain.bookable.keeping import Version, look, version_of
from bookings.domain.bookable.question import Question
from bookings.domain.callers import Caller
from bookings.domain.moving import check_movable
from bookings.domain.pairs.partners import check_may_part
from bookings.enums import Source, Status
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from bookings.scheduling.slots import Slot
from bookings.scheduling.timeline import Minute
from studio.api.fields import parameters
from studio.api.models import Scope
from studio.api.problems import unavailable
from studio.clock import this_minute


class Availability(ListingDoor):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer to a plain question without further ado, to any other the long way."""
        try:
            asked = plain_question(request, this_minute())
            answer = asked and answer_to(*asked)
        except (OperationalError, InterfaceError) as error:
            return unavailable(error)
        if not answer:
            return super().dispatch(request, *args, **kwargs)
        response = sent(request, answer)
        response.headers["Allow"] = ", ".join(self.allowed_methods)
        response.headers["Cache-Control"] = self.cache_control
        return response

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
        version = version_of(question.location)
        if moving is not None:
            answer = once(version, self.now, body_of(question, listing(question)))
        else:
            answer = answer_to(question, version)
            if not is_staff:
                know(question)
        return sent(request._request, answer)

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


def answer_to(question: Question, version: Version) -> Finished:
    """The answer about a version of the schedule, as it was given before where it is still true."""
    asked = (
        question.location.pk,
        question.session_type.pk,
        question.first,
        question.last,
        question.therapist,
        question.is_staff,
    )

    def find() -> tuple[bytes, Minute]:
        found, until = lasting(question, openings, look=look)
        return openings_body(question, _asked(question), found), until

    return finished(asked, version, question.now, find)


def body_of(question: Question, found: Listing[Slot]) -> bytes:
    """The answer as `AvailabilityOutput` describes it."""
    return listing_body(question, _asked(question), found, slot)


def _asked(question: Question) -> dict[str, str]:
    return {"session_type": question.session_type.slug}
