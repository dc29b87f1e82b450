"""Bookings: making one, looking through them, and one for a calendar."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import booking_for, booking_token, caller_of
from bookings.api.answers import (
    LINKS,
    answer_once,
    links_of,
    with_secrets,
    without_secrets,
)
from bookings.api.doors import Door
from bookings.api.inputs import (
    BookingInput,
    BookingQuery,
    OverrideInput,
    StaffBookingInput,
)
from bookings.api.outputs import (
    BookingOutput,
    RefusalOutput,
    StaffBookingDetailOutput,
    StaffBookingOutput,
)
from bookings.api.schema import (
    ANYONE_OR_BOOKING_TOKEN,
    ANYONE_OR_STAFF,
    BOOKING_TOKEN_OR_STAFF,
    IDEMPOTENCY_KEY,
    SLOT_PROBLEMS,
    STAFF,
    WRITE_PROBLEMS,
    either,
)
from bookings.domain.booking import hold, to_book
from bookings.domain.links import opens_calendar
from bookings.domain.staff import visible_bookings
from bookings.enums import Status
from bookings.models import Booking, Client
from bookings.notifications.calendar import calendar_file
from bookings.scheduling.hours import to_instant
from studio.api.fields import Strict, Text, parameters
from studio.api.models import Scope
from studio.api.permissions import ReadsBookings, may
from studio.api.schema import problems


class Bookings(Door, ListAPIView[Booking]):
    serializer_class = StaffBookingOutput
    ordering = ("starts_at", "pk")

    def get_permissions(self) -> list[BasePermission]:
        """Anyone may book; only staff may look through what is booked."""
        return [AllowAny() if self.request.method == "POST" else ReadsBookings()]

    @extend_schema(
        summary="Look through bookings",
        parameters=[BookingQuery],
        responses={200: StaffBookingOutput(many=True)}
        | problems("not_authenticated", "permission_denied"),
        auth=STAFF,
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Bookings by their start; for staff with `bookings:read`."""
        return self.list(request)

    @extend_schema(
        summary="Book a slot, or hold it",
        parameters=[IDEMPOTENCY_KEY],
        request=either("NewBooking", BookingInput, StaffBookingInput),
        responses={201: BookingOutput}
        | problems(
            *SLOT_PROBLEMS,
            "not_online",
            "questionnaire_outdated",
            *WRITE_PROBLEMS,
            form=RefusalOutput,
        ),
        auth=ANYONE_OR_STAFF,
    )
    def post(self, request: Request) -> Response:
        """Book a slot, or with `hold` keep it for some minutes while the client fills in a form.

        From staff with `bookings:write`, `client` needs a name and a phone number or an e-mail
        address, and `override` goes past soft rules.
        """
        caller = caller_of(request)

        form = StaffBookingInput if caller.is_staff else BookingInput

        def plan(data: dict[str, Any]) -> Callable[[], Booking]:
            wish, details = form.wish_of(data), form.details_of(data)
            if data.get("hold"):
                return partial(hold, wish, details, caller=caller, now=self.now)
            override = OverrideInput.override_of(data)
            return to_book(wish, details, caller=caller, now=self.now, override=override)

        response = answer_once(request, form, plan, now=self.now, status=201)
        reference = response.data["reference"]
        response["Location"] = reverse("api:booking", kwargs={"reference": reference})
        return response

    def get_queryset(self) -> QuerySet[Booking]:
        """What staff look for; everything shown of it comes in the same query."""
        wanted = parameters(self.request, BookingQuery)
        found = visible_bookings(self.request.user, now=self.now).whole()
        for name in ("location", "therapist", "room"):
            if name in wanted:
                found = found.filter(**{name: wanted[name]})
        if "status" in wanted:
            found = found.filter(self._in_status(wanted["status"]))
        if "from" in wanted:
            found = found.filter(date__gte=wanted["from"])
        if "until" in wanted:
            found = found.filter(date__lte=wanted["until"])
        if "client" in wanted:
            if not self.sees_clients:
                raise PermissionDenied
            found = found.filter(client_id=wanted["client"])
        return found.filter(self._matching(wanted["q"])) if "q" in wanted else found

    def get_serializer_context(self) -> dict[str, Any]:
        """What the shape depends on."""
        context = super().get_serializer_context()
        return {**context, "now": self.now, "clients": self.sees_clients}

    @property
    def sees_clients(self) -> bool:
        """Whether the caller may see who bookings are for."""
        return may(self.request, Scope.CLIENTS_READ)

    def _in_status(self, status: str) -> Q:
        """One past its time limit is shown as expired, so it is found as that too (rule B3)."""
        lapsed = Q(pk__in=Booking.objects.lapsed(to_instant(self.now)).values("pk"))
        if status == Status.EXPIRED:
            return Q(status=status) | lapsed
        return Q(status=status) & ~lapsed

    def _matching(self, text: str) -> Q:
        found = Q(reference__icontains=text)
        if self.sees_clients:
            found |= Q(client__in=Client.objects.matching(text).order_by())
        return found


class BookingDetail(Door):
    @extend_schema(
        summary="One booking",
        responses={
            200: PolymorphicProxySerializer(
                "AnyBooking",
                [BookingOutput, StaffBookingDetailOutput],
                resource_type_field_name=None,
            )
        }
        | problems("not_authenticated", "permission_denied", "not_found"),
        auth=BOOKING_TOKEN_OR_STAFF,
    )
    def get(self, request: Request, reference: str) -> Response:
        """One booking, for who has its token or is staff with `bookings:read`."""
        parameters(request, Strict)
        booking = booking_for(request, reference, Scope.BOOKINGS_READ, now=self.now)
        if booking_token(request) is not None:
            return Response(with_secrets(without_secrets(booking, now=self.now)))
        context = {"now": self.now, "clients": may(request, Scope.CLIENTS_READ)}
        may_write = may(request, Scope.BOOKINGS_WRITE)
        links = links_of(reference, booking.token_epoch) if may_write else dict.fromkeys(LINKS)
        return Response({**StaffBookingOutput(booking, context=context).data, **links})


class CalendarRenderer(BaseRenderer):
    media_type = "text/calendar"
    format = "ics"
    charset = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        """Nothing: the file is made elsewhere, and problems are not calendars."""
        return b""


class CalendarQuery(Strict):
    token = Text(required=False, max_length=64, help_text="From `calendar_url`.")


class CalendarFile(Door):
    renderer_classes = [CalendarRenderer]

    @extend_schema(
        summary="For a calendar",
        parameters=[CalendarQuery],
        responses={(200, "text/calendar"): OpenApiResponse(OpenApiTypes.STR)}
        | problems("not_authenticated", "permission_denied", "not_found"),
        auth=ANYONE_OR_BOOKING_TOKEN,
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """The booking for a calendar; `calendar_url` can be opened as a link."""
        token = parameters(request, CalendarQuery).get("token")
        booking = (
            booking_for(request, reference, Scope.BOOKINGS_READ, now=self.now)
            if token is None
            else self.linked(reference, token)
        )
        return HttpResponse(
            calendar_file(booking),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{booking.reference}.ics"'},
        )

    def linked(self, reference: str, token: str) -> Booking:
        """The booking that the link's own secret opens."""
        booking = (
            Booking.objects.select_related("location", "client").filter(reference=reference).first()
        )
        if booking is None or not opens_calendar(booking, token):
            raise NotFound
        return booking
