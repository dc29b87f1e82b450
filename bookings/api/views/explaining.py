"""Why a session cannot start, or can."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import SeesStaffTimes
from bookings.api.doors import Door
from bookings.api.explaining import ExplainQuery, ExplanationOutput
from bookings.api.schema import STAFF
from bookings.domain.explain import explain
from bookings.domain.staff import may_see_private_time_off
from bookings.scheduling.hours import to_minute
from studio.api.fields import parameters
from studio.api.schema import problems


class Explain(Door):
    permission_classes = [SeesStaffTimes]

    @extend_schema(
        summary="Why a session cannot start, or can",
        parameters=[ExplainQuery],
        responses={200: ExplanationOutput} | problems("not_authenticated", "permission_denied"),
        auth=STAFF,
    )
    def get(self, request: Request) -> Response:
        """Each rule about one start, per therapist and room, for staff who book for others."""
        wanted = parameters(request, ExplainQuery)
        explanation = explain(
            wanted["location"],
            wanted["session_type"],
            to_minute(wanted["starts_at"]),
            wanted.get("therapist"),
            now=self.now,
            sees_private=may_see_private_time_off(request.user),
        )
        return Response(ExplanationOutput(explanation).data)
