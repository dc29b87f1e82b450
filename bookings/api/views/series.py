"""Series: look at each date, and book them all at once."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import caller_of
from bookings.api.answers import without_secrets
from bookings.api.doors import Door
from bookings.api.inputs import OverrideInput
from bookings.api.outputs import RefusalOutput
from bookings.api.schema import ANYONE_OR_STAFF, IDEMPOTENCY_KEY, WRITE_PROBLEMS, either
from bookings.api.series import (
    SeriesInput,
    SeriesOutput,
    SeriesPreviewOutput,
    SeriesWishInput,
    StaffSeriesInput,
    StaffSeriesWishInput,
    as_dates,
    shown,
)
from bookings.domain.series.booking import book_series
from bookings.domain.series.preview import preview
from bookings.domain.staff import may_see_private_time_off
from studio.api.fields import body
from studio.api.idempotency import Answer, once
from studio.api.schema import problems


class SeriesPreview(Door):
    @extend_schema(
        summary="Look at the dates of a series",
        request=either("SeriesWish", SeriesWishInput, StaffSeriesWishInput),
        responses={200: SeriesPreviewOutput}
        | problems(
            "not_authenticated",
            "permission_denied",
            "too_large",
            "unsupported_media_type",
            "throttled",
        ),
        auth=ANYONE_OR_STAFF,
    )
    def post(self, request: Request) -> Response:
        """What becomes of each date if they are booked one after the other; nothing is written."""
        caller = caller_of(request)
        data = body(request, StaffSeriesWishInput if caller.is_staff else SeriesWishInput)
        wish, override = SeriesWishInput.wish_of(data), OverrideInput.override_of(data)
        found = preview(wish, data["starts"], caller=caller, now=self.now, override=override)
        sees_private = may_see_private_time_off(request.user)
        dates = as_dates(found, wish.location.zone, sees_private=sees_private)
        return Response({"timezone": wish.location.timezone, "dates": dates})


class SeriesBookings(Door):
    @extend_schema(
        summary="Book a series",
        parameters=[IDEMPOTENCY_KEY],
        request=either("NewSeries", SeriesInput, StaffSeriesInput),
        responses={201: SeriesOutput}
        | problems(
            "slot_unavailable",
            "not_online",
            "questionnaire_outdated",
            *WRITE_PROBLEMS,
            form=RefusalOutput,
        ),
        auth=ANYONE_OR_STAFF,
    )
    def post(self, request: Request) -> Response:
        """Book a session on several dates: all of them or none; with `fitting` those that can be.

        Each becomes a booking of its own, for one client. Health answers are given once and
        judged for each date.
        """
        caller = caller_of(request)
        sees_private = may_see_private_time_off(request.user)

        def work() -> Answer:
            form = StaffSeriesInput if caller.is_staff else SeriesInput
            data = body(request, form)
            wish = form.wish_of(data)
            made = book_series(
                wish,
                data["starts"],
                form.details_of(data),
                all_or_nothing=not data.get("fitting", False),
                every_weeks=data.get("every_weeks"),
                caller=caller,
                now=self.now,
                override=OverrideInput.override_of(data),
            )
            left_out = as_dates(made.left_out, wish.location.zone, sees_private=sees_private)
            bookings = [without_secrets(booking, now=self.now) for booking in made.bookings]
            return Answer(201, {"bookings": bookings, "left_out": left_out})

        answer = once(request, work, now=self.now)
        return Response(shown(answer.body), status=answer.status)
