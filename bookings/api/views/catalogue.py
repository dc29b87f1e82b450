"""What there is to choose from."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.catalogue import (
    LocationOutput,
    SessionTypeOutput,
    SessionTypeQuery,
    TherapistOutput,
    TherapistQuery,
)
from bookings.api.doors import Door
from bookings.domain.offers import currency, dates_now, offered, open_locations, proven
from bookings.models import SessionType
from studio.api.fields import parameters
from studio.api.pages import PageQuery
from studio.api.schema import problems
from studio.for_everybody import for_everybody
from studio.premises.models import Location
from therapists.models import Therapist

PUBLIC = "private, max-age=0"


@method_decorator(for_everybody, name="dispatch")
class Locations(Door, ListAPIView[Location]):
    serializer_class = LocationOutput
    cache_control = PUBLIC

    @extend_schema(
        summary="Locations",
        parameters=[PageQuery],
        responses={200: LocationOutput(many=True)} | problems(),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The places that take bookings."""
        return self.list(request)

    def get_queryset(self) -> QuerySet[Location]:
        """The rows of every page."""
        parameters(self.request, PageQuery)
        return open_locations()


@method_decorator(for_everybody, name="dispatch")
class SessionTypes(Door, ListAPIView[SessionType]):
    serializer_class = SessionTypeOutput
    cache_control = PUBLIC

    @extend_schema(
        summary="Session types",
        parameters=[SessionTypeQuery],
        responses={200: SessionTypeOutput(many=True)} | problems(),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What can be booked, at a location or anywhere."""
        return self.list(request)

    def get_queryset(self) -> QuerySet[SessionType]:
        """The rows of every page, with all that is shown of them."""
        wanted = parameters(self.request, SessionTypeQuery)
        found = offered(wanted.get("location"))
        if "style" in wanted:
            found = found.filter(style=wanted["style"])
        return found.prefetch_related(
            "requires_qualifications",
            "requires_equipment",
            Prefetch("locations", open_locations()),
        )

    def get_serializer_context(self) -> dict[str, Any]:
        """The currency that prices are in."""
        return {**super().get_serializer_context(), "currency": currency()}


@method_decorator(for_everybody, name="dispatch")
class Therapists(Door, ListAPIView[Therapist]):
    serializer_class = TherapistOutput
    cache_control = PUBLIC

    @extend_schema(
        summary="Therapists",
        parameters=[TherapistQuery],
        responses={200: TherapistOutput(many=True)} | problems(),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who gives sessions, with the certifications that count today."""
        return self.list(request)

    def get_queryset(self) -> QuerySet[Therapist]:
        """The rows of every page, with all that is shown of them."""
        wanted = parameters(self.request, TherapistQuery)
        location = wanted.get("location")
        return proven(
            on=self.today(location), location=location, session_type=wanted.get("session_type")
        )

    def today(self, location: Location | None) -> set[date]:
        """The date at the location, or each date that it is at some location just now."""
        return dates_now([location] if location else open_locations(), self.now)
