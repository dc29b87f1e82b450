"""Two together: booking both, and changing both; both or neither."""

from collections.abc import Callable

from django.urls import reverse
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import caller_of
from bookings.api.doors import Door
from bookings.api.inputs import OverrideInput, ReasonInput, missing
from bookings.api.pairs import (
    ConfirmPairInput,
    PairInput,
    PairOutput,
    PairRefusalOutput,
    ReschedulePairInput,
    StaffConfirmPairInput,
    StaffPairInput,
    StaffReschedulePairInput,
    kept_of,
    paired_booking_for,
    shown,
)
from bookings.api.views.bookings import (
    ANYONE_OR_STAFF,
    BOOKING_TOKEN_OR_STAFF,
    IDEMPOTENCY_KEY,
    SLOT_PROBLEMS,
    WRITE_PROBLEMS,
)
from bookings.domain.callers import Caller
from bookings.domain.pairs.booking import book_pair, confirm_pair, hold_pair
from bookings.domain.pairs.changes import cancel_pair, move_pair, undo_pair
from bookings.domain.pairs.partners import Both, both_of
from bookings.enums import ONLY_HELD
from studio.api.fields import Strict, body, parameters
from studio.api.idempotency import Answer, once
from studio.api.models import Scope
from studio.api.schema import problems


class Pairs(Door):
    @extend_schema(
        summary="Book for two at once, or hold a time for both",
        parameters=[IDEMPOTENCY_KEY],
        request=PolymorphicProxySerializer(
            "NewPair", [PairInput, StaffPairInput], resource_type_field_name=None
        ),
        responses={201: PairOutput}
        | problems(
            *SLOT_PROBLEMS,
            "not_online",
            "questionnaire_outdated",
            *WRITE_PROBLEMS,
            form=PairRefusalOutput,
        ),
        auth=ANYONE_OR_STAFF,
    )
    def post(self, request: Request) -> Response:
        """Two bookings at one start, with two therapists in two rooms: both or neither.

        `first` is who books. `second.client` needs no more than a name: without an address she
        is reached at the first one's.
        """
        caller = caller_of(request)

        def work() -> Both:
            form = StaffPairInput if caller.is_staff else PairInput
            data = body(request, form)
            wish, details = form.wish_of(data), form.details_of(data)
            if data.get("hold"):
                return hold_pair(wish, *details, caller=caller, now=self.now)
            override = OverrideInput.override_of(data)
            return book_pair(wish, *details, caller=caller, now=self.now, override=override)

        response = answer_both_once(request, work, caller=caller, now=self.now, status=201)
        reference = response.data["bookings"][0]["reference"]
        response["Location"] = reverse("api:pair", kwargs={"reference": reference})
        return response


class PairDetail(Door):
    @extend_schema(
        summary="Both bookings of a pair",
        responses={200: PairOutput}
        | problems("not_authenticated", "permission_denied", "not_found"),
        auth=BOOKING_TOKEN_OR_STAFF,
    )
    def get(self, request: Request, reference: str) -> Response:
        """Both, named by the reference of either; for who may change both."""
        parameters(request, Strict)
        booking = paired_booking_for(request, reference, Scope.BOOKINGS_READ, now=self.now)
        return Response(shown(kept_of(both_of(booking), is_staff=False, now=self.now)))


class ConfirmPair(Door):
    @extend_schema(
        summary="Turn both holds into bookings",
        parameters=[IDEMPOTENCY_KEY],
        request=PolymorphicProxySerializer(
            "PairConfirmation",
            [ConfirmPairInput, StaffConfirmPairInput],
            resource_type_field_name=None,
        ),
        responses={200: PairOutput}
        | problems(
            "hold_expired",
            "slot_unavailable",
            "wrong_state",
            "not_online",
            "questionnaire_outdated",
            "rule_refused",
            *WRITE_PROBLEMS,
            form=PairRefusalOutput,
        ),
        auth=BOOKING_TOKEN_OR_STAFF,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Turn both holds into bookings. What was sent with them need not be sent again."""
        booking = paired_booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)
        caller = caller_of(request)

        def work() -> Both:
            form = StaffConfirmPairInput if caller.is_staff else ConfirmPairInput
            data, held = body(request, form), both_of(booking)
            details = form.details_of(data, held)
            lacking = {
                who: missing("client").detail
                for who, own, each in zip(("first", "second"), details, held, strict=True)
                if each.status in ONLY_HELD and not (own.client or each.client)
            }
            if lacking:
                raise ValidationError(lacking)
            return confirm_pair(booking, *details, caller=caller, now=self.now)

        return answer_both_once(request, work, caller=caller, now=self.now)


class ReschedulePair(Door):
    @extend_schema(
        summary="Move both",
        parameters=[IDEMPOTENCY_KEY],
        request=PolymorphicProxySerializer(
            "PairMove",
            [ReschedulePairInput, StaffReschedulePairInput],
            resource_type_field_name=None,
        ),
        responses={200: PairOutput}
        | problems(
            *SLOT_PROBLEMS, "wrong_state", "too_late", *WRITE_PROBLEMS, form=PairRefusalOutput
        ),
        auth=BOOKING_TOKEN_OR_STAFF,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Move both to another start, or leave both where they are; holds too."""
        booking = paired_booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)
        caller = caller_of(request)

        def work() -> Both:
            form = StaffReschedulePairInput if caller.is_staff else ReschedulePairInput
            data = body(request, form)
            return move_pair(
                booking,
                form.start_of(data),
                changes=form.changes_of(data),
                caller=caller,
                now=self.now,
                override=OverrideInput.override_of(data),
            )

        return answer_both_once(request, work, caller=caller, now=self.now)


class CancelPair(Door):
    @extend_schema(
        summary="Cancel both",
        parameters=[IDEMPOTENCY_KEY],
        request=ReasonInput,
        responses={200: PairOutput} | problems("wrong_state", "too_late", *WRITE_PROBLEMS),
        auth=BOOKING_TOKEN_OR_STAFF,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Give both times back. `bookings/{reference}/cancel/` cancels one and leaves the other."""
        booking = paired_booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)
        caller = caller_of(request)

        def work() -> Both:
            reason = body(request, ReasonInput).get("reason", "")
            return cancel_pair(booking, caller=caller, now=self.now, reason=reason)

        return answer_both_once(request, work, caller=caller, now=self.now)


class UndoPair(Door):
    @extend_schema(
        summary="Take back that both were cancelled",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses={200: PairOutput}
        | problems(
            *SLOT_PROBLEMS, "wrong_state", "too_late", *WRITE_PROBLEMS, form=PairRefusalOutput
        ),
        auth=BOOKING_TOKEN_OR_STAFF,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Bring both back, some minutes long and if both times are still free."""
        booking = paired_booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)
        caller = caller_of(request)

        def work() -> Both:
            body(request, Strict)
            return undo_pair(booking, caller=caller, now=self.now)

        return answer_both_once(request, work, caller=caller, now=self.now)


def answer_both_once(
    request: Request, work: Callable[[], Both], *, caller: Caller, now: int, status: int = 200
) -> Response:
    """Do the work and tell of both; the same request again is told the same again (rule B9)."""

    def told() -> Answer:
        return Answer(status, kept_of(work(), is_staff=caller.is_staff, now=now))

    answer = once(request, told, now=now)
    return Response(shown(answer.body), status=answer.status)
