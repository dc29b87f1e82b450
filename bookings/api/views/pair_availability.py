"""When two can start together."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from bookings.api.access import sees_staff_times
from bookings.api.listings import (
    ETAGS,
    KEPT_SECONDS,
    ListingDoor,
    answers,
    check_is_at,
    conditional,
    listing_body,
)
from bookings.api.pairs import (
    TRUE,
    PairAvailabilityOutput,
    PairAvailabilityQuery,
    PairRefusalOutput,
    paired_booking_for,
)
from bookings.api.times import pair_slots
from bookings.domain.bookable.keeping import kept
from bookings.domain.bookable.question import Question
from bookings.domain.callers import Caller
from bookings.domain.moving import check_movable
from bookings.domain.pairs.partners import Both, both_of
from bookings.domain.pairs.places import PairQuestion, asked_for, pair_listing
from bookings.enums import Source
from studio.api.fields import parameters
from studio.api.models import Scope


class PairAvailability(ListingDoor):
    @extend_schema(
        summary="When two can start together",
        parameters=[PairAvailabilityQuery, *ETAGS],
        responses=answers(PairAvailabilityOutput, PairRefusalOutput),
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
        check_is_at(wanted["location"], booking)
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
    asked = {
        "session_type": question.first.session_type.slug,
        "second_session_type": question.second.session_type.slug,
        "side_by_side": question.side_by_side,
    }
    return listing_body(question.first, asked, pair_listing(question), pair_slots)
