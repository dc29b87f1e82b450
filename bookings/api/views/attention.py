"""What needs attention (rule B8)."""

from typing import Any

from django.db.models import Case, F, QuerySet, When
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import SeesStaffTimes
from bookings.api.attention import AttentionOutput
from bookings.api.doors import Door
from bookings.api.schema import STAFF
from bookings.domain.attention.judging import NAMED
from bookings.domain.attention.remedies import remedies
from bookings.domain.attention.resolving import attention
from bookings.domain.staff import may_see_private_time_off
from bookings.enums import Status
from bookings.models import Booking
from studio.api.fields import parameters
from studio.api.pages import PageQuery
from studio.api.schema import problems


class Attention(Door, ListAPIView[Booking]):
    permission_classes = [SeesStaffTimes]
    serializer_class = AttentionOutput
    ordering = ("due", "pk")

    @extend_schema(
        summary="What needs attention",
        parameters=[PageQuery],
        responses={200: AttentionOutput(many=True)}
        | problems("not_authenticated", "permission_denied"),
        auth=STAFF,
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Bookings that somebody must deal with, for staff who book for others; first due first."""
        parameters(request, PageQuery)
        entries = {entry.booking.pk: entry for entry in attention(now=self.now)}
        page = self.paginate_queryset(_by_due(list(entries)))
        assert page is not None  # every list comes in pages
        context = {
            **self.get_serializer_context(),
            "now": self.now,
            "entries": entries,
            "ways": remedies([one for one in page if entries[one.pk].rules], now=self.now),
            "sees_private": may_see_private_time_off(request.user),
        }
        shown = AttentionOutput(page, many=True, context=context)  # type: ignore[arg-type]  # many
        return self.get_paginated_response(shown.data)


def _by_due(bookings: list[int]) -> QuerySet[Booking]:
    """Bookings (ids) with the moment by which somebody must have dealt with each."""
    deadline = When(status=Status.PENDING_REVIEW, then=F("expires_at"))
    due = Case(deadline, default=F("starts_at"))
    return Booking.objects.filter(pk__in=bookings).select_related(*NAMED).annotate(due=due)
