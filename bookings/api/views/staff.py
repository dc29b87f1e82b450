"""What reception does with a booking."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import booking_for, caller_of
from bookings.api.answers import answer_once
from bookings.api.doors import Door
from bookings.api.inputs import ReasonInput, ReassignInput
from bookings.api.outputs import BookingOutput, RefusalOutput
from bookings.api.views.bookings import IDEMPOTENCY_KEY, SLOT_PROBLEMS, STAFF, WRITE_PROBLEMS
from bookings.domain.moving import move
from bookings.domain.reception import step
from bookings.domain.requests import Change
from bookings.enums import EventKind
from bookings.models import Booking
from studio.api.fields import body
from studio.api.models import Scope
from studio.api.permissions import WritesBookings
from studio.api.schema import problems


class Step(Door):
    """One step of a booking's life; taking the same one twice is harmless."""

    permission_classes = [WritesBookings]
    kind: EventKind

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=ReasonInput,
        responses={200: BookingOutput} | problems("wrong_state", *WRITE_PROBLEMS),
        auth=STAFF,
    )
    def post(self, request: Request, reference: str) -> Response:
        """One step of a booking's life, for staff with `bookings:write`; twice is harmless."""
        booking = booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)
        caller = caller_of(request)

        def work() -> Booking:
            reason = body(request, ReasonInput).get("reason", "")
            return step(booking, self.kind, caller=caller, now=self.now, reason=reason)

        return answer_once(request, work, now=self.now)


@extend_schema_view(post=extend_schema(summary="Accept after a review"))
class Approve(Step):
    kind = EventKind.APPROVED


@extend_schema_view(post=extend_schema(summary="Decline after a review"))
class Decline(Step):
    kind = EventKind.DECLINED


@extend_schema_view(post=extend_schema(summary="The client is here"))
class CheckIn(Step):
    kind = EventKind.CHECKED_IN


@extend_schema_view(post=extend_schema(summary="The session is over"))
class Complete(Step):
    kind = EventKind.COMPLETED


@extend_schema_view(post=extend_schema(summary="The client did not come"))
class NoShow(Step):
    kind = EventKind.NO_SHOW


class Reassign(Door):
    permission_classes = [WritesBookings]

    @extend_schema(
        summary="Another therapist or room",
        parameters=[IDEMPOTENCY_KEY],
        request=ReassignInput,
        responses={200: BookingOutput}
        | problems(*SLOT_PROBLEMS, "wrong_state", *WRITE_PROBLEMS, form=RefusalOutput),
        auth=STAFF,
    )
    def post(self, request: Request, reference: str) -> Response:
        """Give a booking another therapist or room at the same time."""
        booking = booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)
        caller = caller_of(request)

        def work() -> Booking:
            data = body(request, ReassignInput)
            therapist = data.get("therapist")
            change = Change(
                therapist=therapist,
                any_therapist="therapist" in data and therapist is None,
                room=data.get("room"),
            )
            override = ReassignInput.override_of(data)
            return move(booking, change, caller=caller, now=self.now, override=override)

        return answer_once(request, work, now=self.now)
