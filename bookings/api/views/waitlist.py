"""The waitlist: join, see what is held, withdraw."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import caller_of
from bookings.api.doors import Door
from bookings.api.schema import ANYONE_OR_STAFF, IDEMPOTENCY_KEY, either
from bookings.api.waitlist import (
    JoinedOutput,
    StaffWaitlistInput,
    WaitlistInput,
    WaitlistOutput,
    as_waiting,
    entry_for,
    joined,
)
from bookings.domain.requests import Person
from bookings.domain.waitlist.entries import DatesOver, join, withdraw
from studio.api.fields import Strict, body, parameters
from studio.api.idempotency import Answer, once
from studio.api.schema import problems

OWN_TOKEN: list[Any] = [{"bookingToken": []}]
WRITE_PROBLEMS = (
    "idempotency_in_flight",
    "idempotency_mismatch",
    "too_large",
    "unsupported_media_type",
    "throttled",
)


class Waitlist(Door):
    @extend_schema(
        summary="Wait for a place",
        parameters=[IDEMPOTENCY_KEY],
        request=either("NewWaitlistEntry", WaitlistInput, StaffWaitlistInput),
        responses={201: JoinedOutput}
        | problems(
            "wrong_state", "not_online", "not_authenticated", "permission_denied", *WRITE_PROBLEMS
        ),
        auth=ANYONE_OR_STAFF,
    )
    def post(self, request: Request) -> Response:
        """Join the waitlist. What opens is held for who has waited longest, who gets a mail."""
        caller = caller_of(request)

        def work() -> Answer:
            data = body(request, StaffWaitlistInput if caller.is_staff else WaitlistInput)
            person = Person(**data["client"])
            try:
                entry = join(WaitlistInput.longing_of(data), person, caller=caller, now=self.now)
            except DatesOver as error:
                wrong = ErrorDetail(str(error.message), "out_of_reach")
                raise ValidationError({"until": [wrong]}) from error
            return Answer(201, {"reference": entry.reference, "token_epoch": entry.token_epoch})

        answer = once(request, work, now=self.now)
        kept = answer.body
        response = Response(joined(kept["reference"], kept["token_epoch"]), status=answer.status)
        response["Location"] = reverse("api:waiting", kwargs={"reference": kept["reference"]})
        return response


class Waiting(Door):
    @extend_schema(
        summary="How somebody's waiting stands",
        responses={200: WaitlistOutput} | problems("not_authenticated", "not_found"),
        auth=OWN_TOKEN,
    )
    def get(self, request: Request, reference: str) -> Response:
        """One entry, with what is held for it, for who has its token."""
        parameters(request, Strict)
        return Response(as_waiting(entry_for(request, reference), now=self.now))


class Withdraw(Door):
    @extend_schema(
        summary="Leave the waitlist",
        parameters=[IDEMPOTENCY_KEY],
        request=Strict,
        responses={200: WaitlistOutput}
        | problems("wrong_state", "not_authenticated", "not_found", *WRITE_PROBLEMS),
        auth=OWN_TOKEN,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Take the entry off the list and give back what is held for it; twice is harmless."""
        entry = entry_for(request, reference)
        caller = caller_of(request)

        def work() -> Answer:
            body(request, Strict)
            withdrawn = withdraw(entry, caller=caller, now=self.now)
            return Answer(200, as_waiting(withdrawn, now=self.now))

        return Response(once(request, work, now=self.now).body)
