"""When two can start together."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from bookings.api.access import sees_staff_times
from bookings.api.finished import Finished, finished, once, sent
from bookings.api.listings import ETAGS, ListingDoor, answers, check_is_at, listing_body
from bookings.api.pairs import (
    TRUE,
    PairAvailabilityOutput,
    PairAvailabilityQuery,
    PairRefusalOutput,
    paired_booking_for,
)
from bookings.api.times import pair_slot
from bookings.domain.bookable.keeping import version_of
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
            body = body_of(_moving(question, both))
            answer = once(version_of(first.location), self.now, body)
        else:
            answer = answer_to(question)
        return sent(request._request, answer)

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


def answer_to(question: PairQuestion) -> Finished:
    """The answer, as it was given before where it is still true."""
    one, other = question.each
    asked = (
        "pairs",
        one.location.pk,
        question.side_by_side,
        *((each.session_type.pk, each.therapist) for each in (one, other)),
        one.first,
        one.last,
        one.is_staff,
    )
    return finished(
        asked, version_of(one.location), one.now, lambda: (body_of(question), one.now + 1)
    )


def body_of(question: PairQuestion) -> bytes:
    """The answer as `PairAvailabilityOutput` describes it."""
    asked = {
        "session_type": question.first.session_type.slug,
        "second_session_type": question.second.session_type.slug,
        "side_by_side": question.side_by_side,
    }
    return listing_body(question.first, asked, pair_listing(question), pair_slot)
