"""What all changes of a booking, or of both of a pair, have in common."""

from collections.abc import Callable, Mapping
from functools import partial
from inspect import getdoc
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from bookings.api.access import booking_for, caller_of
from bookings.api.answers import Work, answer_once
from bookings.api.doors import Door
from bookings.api.outputs import BookingOutput, RefusalOutput
from bookings.api.schema import BOOKING_TOKEN_OR_STAFF, IDEMPOTENCY_KEY, WRITE_PROBLEMS, either
from bookings.domain.callers import Caller
from bookings.models import Booking
from studio.api.fields import Strict
from studio.api.models import Scope
from studio.api.schema import ProblemOutput, problems

REFUSALS = {"slot_unavailable", "hold_expired", "rule_refused"}
"""Problems with what else the domain knows: other times, or the rule."""


class Change[Changed](Door):
    """A change by reference. Sent again with its key it is carried out once (rule B9)."""

    form: type[Strict] = Strict
    staff_form: type[Strict] | None = None
    output: type[Serializer[Any]]
    refusal: type[ProblemOutput]

    def post(self, request: Request, reference: str) -> Response:
        """Carry it out, and tell how what was changed stands."""
        booking, caller = self.find(request, reference), caller_of(request)
        form = self.staff_form if caller.is_staff and self.staff_form else self.form

        def work(sent: dict[str, Any]) -> Changed:
            return self.change(booking, sent, caller)

        return self.answer(request, form, work, caller)

    def find(self, request: Request, reference: str) -> Booking:
        """The booking, for who may change it."""
        raise NotImplementedError

    def change(self, booking: Booking, sent: Mapping[str, Any], caller: Caller) -> Changed:
        """Do it; raises as the domain does."""
        raise NotImplementedError

    def answer(
        self, request: Request, form: type[Strict], work: Work[Changed], caller: Caller
    ) -> Response:
        """Do the work with what a form reads, once, and tell of it."""
        raise NotImplementedError


class ChangeBooking(Change[Booking]):
    """A change of one booking."""

    output = BookingOutput
    refusal = RefusalOutput

    def find(self, request: Request, reference: str) -> Booking:
        """For who has its token, or is staff who may see it."""
        return booking_for(request, reference, Scope.BOOKINGS_WRITE, now=self.now)

    def answer(
        self, request: Request, form: type[Strict], work: Work[Booking], caller: Caller
    ) -> Response:
        """Tell of the booking."""
        return answer_once(request, form, lambda sent: partial(work, sent), now=self.now)


def documented[View: Change[Any]](
    summary: str, *refusals: str, sends: str = "", auth: list[Any] = BOOKING_TOKEN_OR_STAFF
) -> Callable[[type[View]], type[View]]:
    """Describe a change by its docstring, its forms (`sends` is their name), and its refusals."""

    def document(view: type[View]) -> type[View]:
        form: Any = None if view.form is Strict else view.form
        refusal = view.refusal if REFUSALS.intersection(refusals) else ProblemOutput
        schema = extend_schema(
            summary=summary,
            description=getdoc(view),
            parameters=[IDEMPOTENCY_KEY],
            request=either(sends, form, view.staff_form) if view.staff_form else form,
            responses={200: view.output} | problems(*refusals, *WRITE_PROBLEMS, form=refusal),
            auth=auth,
        )
        return extend_schema_view(post=schema)(view)

    return document
