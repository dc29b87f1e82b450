"""Two together: booking both, and changing both; both or neither."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import caller_of
from bookings.api.answers import Work
from bookings.api.changes import Change, documented
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
from bookings.api.schema import (
    ANYONE_OR_STAFF,
    BOOKING_TOKEN_OR_STAFF,
    IDEMPOTENCY_KEY,
    SLOT_PROBLEMS,
    WRITE_PROBLEMS,
    either,
)
from bookings.domain.callers import Caller
from bookings.domain.pairs.booking import book_pair, confirm_pair, hold_pair
from bookings.domain.pairs.changes import cancel_pair, move_pair, undo_pair
from bookings.domain.pairs.partners import Both, both_of
from bookings.enums import ONLY_HELD
from bookings.models import Booking
from studio.api.fields import Strict, body, parameters
from studio.api.idempotency import Answer, read_once
from studio.api.models import Scope
from studio.api.schema import problems


class Pairs(Door):
    @extend_schema(
        summary="Book for two at once, or hold a time for both",
        parameters=[IDEMPOTENCY_KEY],
        request=either("NewPair", PairInput, StaffPairInput),
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

        form = StaffPairInput if caller.is_staff else PairInput

        def work(data: dict[str, Any]) -> Both:
            wish, details = form.wish_of(data), form.details_of(data)
            if data.get("hold"):
                return hold_pair(wish, *details, caller=caller, now=self.now)
            override = OverrideInput.override_of(data)
            return book_pair(wish, *details, caller=caller, now=self.now, override=override)

        response = answer_both_once(request, form, work, caller=caller, now=self.now, status=201)
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


class ChangeBoth(Change[Both]):
    """A change of both bookings of a pair, by the reference of either."""

    output = PairOutput
    refusal = PairRefusalOutput

    def find(self, request: Request, reference: str) -> Booking:
        """For who may change both, or is staff who may see it."""
        return paired_booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)

    def answer(
        self, request: Request, form: type[Strict], work: Work[Both], caller: Caller
    ) -> Response:
        """Tell of both."""
        return answer_both_once(request, form, work, caller=caller, now=self.now)


@documented(
    "Turn both holds into bookings",
    "hold_expired",
    "slot_unavailable",
    "wrong_state",
    "not_online",
    "questionnaire_outdated",
    "rule_refused",
    sends="PairConfirmation",
)
class ConfirmPair(ChangeBoth):
    """Turn both holds into bookings. What was sent with them need not be sent again."""

    form, staff_form = ConfirmPairInput, StaffConfirmPairInput

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Both:
        """Confirm both."""
        held = both_of(booking)
        details = ConfirmPairInput.details_of(sent, held)
        lacking = {
            who: missing("client").detail
            for who, own, each in zip(("first", "second"), details, held, strict=True)
            if each.status in ONLY_HELD and not (own.client or each.client)
        }
        if lacking:
            raise ValidationError(lacking)
        return confirm_pair(booking, *details, caller=caller, now=self.now)


@documented("Move both", *SLOT_PROBLEMS, "wrong_state", "too_late", sends="PairMove")
class ReschedulePair(ChangeBoth):
    """Move both to another start, or leave both where they are; holds too."""

    form, staff_form = ReschedulePairInput, StaffReschedulePairInput

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Both:
        """Move both."""
        return move_pair(
            booking,
            ReschedulePairInput.start_of(sent),
            changes=ReschedulePairInput.changes_of(sent),
            caller=caller,
            now=self.now,
            override=OverrideInput.override_of(sent),
        )


@documented("Cancel both", "wrong_state", "too_late")
class CancelPair(ChangeBoth):
    """Give both times back. `bookings/{reference}/cancel/` cancels one and leaves the other."""

    form = ReasonInput

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Both:
        """Cancel both."""
        return cancel_pair(booking, caller=caller, now=self.now, reason=sent.get("reason", ""))


@documented("Take back that both were cancelled", *SLOT_PROBLEMS, "wrong_state", "too_late")
class UndoPair(ChangeBoth):
    """Bring both back, some minutes long and if both times are still free."""

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Both:
        """Restore both."""
        return undo_pair(booking, caller=caller, now=self.now)


def answer_both_once(
    request: Request,
    form: type[Strict],
    work: Work[Both],
    *,
    caller: Caller,
    now: int,
    status: int = 200,
) -> Response:
    """Do the work and tell of both; the same request again is told the same again (rule B9)."""

    def told(data: dict[str, Any]) -> Answer:
        return Answer(status, kept_of(work(data), is_staff=caller.is_staff, now=now))

    answer = read_once(request, partial(body, request, form), told, now=now)
    return Response(shown(answer.body), status=answer.status)
