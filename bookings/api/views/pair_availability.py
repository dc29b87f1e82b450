"""When two can start together."""

import json
from dataclasses import replace
from typing import Any

from django.http import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from bookings.api.access import sees_staff_times
from bookings.api.doors import Door
from bookings.api.pairs import (
    TRUE,
    PairAvailabilityOutput,
    PairAvailabilityQuery,
    PairRefusalOutput,
    paired_booking_for,
)
from bookings.api.times import local, pair_slots
from bookings.api.views.availability import ETAGS, KEPT_SECONDS, conditional
from bookings.domain.bookable.keeping import kept
from bookings.domain.bookable.question import Question
from bookings.domain.callers import Caller
from bookings.domain.moving import check_movable
from bookings.domain.pairs.partners import Both, both_of
from bookings.domain.pairs.places import PairQuestion, asked_for, pair_listing
from bookings.enums import Source
from studio.api.fields import parameters
from studio.api.models import Scope
from studio.api.schema import problems


@method_decorator(gzip_page, name="dispatch")
class PairAvailability(Door):
    cache_control = "private, max-age=0"

    @extend_schema(
        summary="When two can start together",
        parameters=[PairAvailabilityQuery, *ETAGS],
        responses={
            200: PairAvailabilityOutput,
            304: OpenApiResponse(description="The answer has not changed."),
        }
        | problems(
            "not_authenticated",
            "permission_denied",
            "not_found",
            "wrong_state",
            "too_late",
            "precondition_failed",
            form=PairRefusalOutput,
        ),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Every date of a range with the starts that `POST pairs/` would take for both now."""
        wanted = parameters(request, PairAvailabilityQuery)
        first = Question(
            location=wanted["location"],
            session_type=wanted["session_type"],
            first=wanted["from"],
            last=wanted["until"],
            now=self.now,
            is_staff=sees_staff_times(request),
            therapist=wanted["therapist"].slug if "therapist" in wanted else None,
        )
        second_therapist = wanted.get("second_therapist")
        question = asked_for(
            first,
            wanted.get("second_session_type", first.session_type),
            second_therapist.slug if second_therapist else None,
            side_by_side=wanted.get("side_by_side") == TRUE,
        )
        if "rescheduling" in wanted:
            both = self.both_to_move(request, wanted, is_staff=first.is_staff)
            return conditional(request, body_of(_moving(question, both)))
        return conditional(request, kept_body_of(question))

    def both_to_move(self, request: Request, wanted: dict[str, Any], *, is_staff: bool) -> Both:
        """The two whose own times count as free; refused where moving them would be."""
        reference = wanted["rescheduling"]
        booking = paired_booking_for(request, reference, Scope.BOOKINGS_READ, now=self.now)
        if booking.location_id != wanted["location"].pk:
            elsewhere = ErrorDetail(_("The booking is at another location."), "elsewhere")
            raise ValidationError({"location": [elsewhere]})
        caller, both = Caller(source=Source.API, is_staff=is_staff), both_of(booking)
        for each in both:
            check_movable(each, caller=caller, now=self.now)
        return both


def _moving(question: PairQuestion, both: Both) -> PairQuestion:
    first, second = both
    return replace(
        question,
        first=replace(question.first, moving=first, freed=first),
        second=replace(question.second, moving=second, freed=second),
    )


def kept_body_of(question: PairQuestion) -> bytes:
    """The answer, from the cache in the same minute if nothing has changed at the location."""
    one, other = question.first, question.second
    name = (
        f"pairs:{one.now}:{one.is_staff}:{one.first}:{one.last}:{question.side_by_side}"
        f":{one.session_type.pk}:{one.therapist}:{other.session_type.pk}:{other.therapist}"
    )
    return kept(one.location, name, lambda: body_of(question), booked=True, seconds=KEPT_SECONDS)


def body_of(question: PairQuestion) -> bytes:
    """The answer as `PairAvailabilityOutput` describes it."""
    one, location, found = question.first, question.first.location, pair_listing(question)
    following = found.next_available
    return json.dumps(
        {
            "location": location.slug,
            "session_type": one.session_type.slug,
            "second_session_type": question.second.session_type.slug,
            "side_by_side": question.side_by_side,
            "timezone": location.timezone,
            "from": one.first.isoformat(),
            "until": one.last.isoformat(),
            "days": [
                {"date": day.isoformat(), "slots": pair_slots(starts, location.zone)}
                for day, starts in found.days
            ],
            "next_available": None if following is None else local(following, location.zone),
        },
        separators=(",", ":"),
    ).encode()
