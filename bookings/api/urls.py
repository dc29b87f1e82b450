"""Routes of the API, below `/api/v1/`."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from bookings.api.views import (
    attention,
    availability,
    bookings,
    catalogue,
    changing,
    explaining,
    health,
    pair_availability,
    pairs,
    series,
    staff,
    waitlist,
)
from studio.api import docs


class ReferenceConverter(StringConverter):
    """What a reference can be made of; anything else is nowhere, and no database is asked."""

    regex = "[-A-Za-z0-9]{1,16}"


register_converter(ReferenceConverter, "reference")

app_name = "api"
urlpatterns = [
    path("locations/", catalogue.Locations.as_view(), name="locations"),
    path("session-types/", catalogue.SessionTypes.as_view(), name="session-types"),
    path("therapists/", catalogue.Therapists.as_view(), name="therapists"),
    path("availability/", availability.Availability.as_view(), name="availability"),
    path(
        "availability/pairs/",
        pair_availability.PairAvailability.as_view(),
        name="pair-availability",
    ),
    path("availability/explain/", explaining.Explain.as_view(), name="explain"),
    path(
        "health-questionnaire/",
        health.HealthQuestionnaire.as_view(),
        name="health-questionnaire",
    ),
    path("health-check/", health.HealthCheck.as_view(), name="health-check"),
    path("waitlist/", waitlist.Waitlist.as_view(), name="waitlist"),
    path("waitlist/<reference:reference>/", waitlist.Waiting.as_view(), name="waiting"),
    path("waitlist/<reference:reference>/withdraw/", waitlist.Withdraw.as_view(), name="withdraw"),
    path("pairs/", pairs.Pairs.as_view(), name="pairs"),
    path("pairs/<reference:reference>/", pairs.PairDetail.as_view(), name="pair"),
    path("pairs/<reference:reference>/confirm/", pairs.ConfirmPair.as_view(), name="confirm-pair"),
    path(
        "pairs/<reference:reference>/reschedule/",
        pairs.ReschedulePair.as_view(),
        name="reschedule-pair",
    ),
    path("pairs/<reference:reference>/cancel/", pairs.CancelPair.as_view(), name="cancel-pair"),
    path("pairs/<reference:reference>/undo/", pairs.UndoPair.as_view(), name="undo-pair"),
    path("series/", series.SeriesBookings.as_view(), name="series"),
    path("series/preview/", series.SeriesPreview.as_view(), name="series-preview"),
    path("bookings/", bookings.Bookings.as_view(), name="bookings"),
    path("bookings/<reference:reference>/", bookings.BookingDetail.as_view(), name="booking"),
    path("bookings/<reference:reference>/confirm/", changing.Confirm.as_view(), name="confirm"),
    path(
        "bookings/<reference:reference>/reschedule/",
        changing.Reschedule.as_view(),
        name="reschedule",
    ),
    path("bookings/<reference:reference>/cancel/", changing.Cancel.as_view(), name="cancel"),
    path("bookings/<reference:reference>/undo/", changing.Undo.as_view(), name="undo"),
    path(
        "bookings/<reference:reference>/calendar.ics",
        bookings.CalendarFile.as_view(),
        name="calendar",
    ),
    path("bookings/<reference:reference>/health/", health.Health.as_view(), name="health"),
    path("bookings/<reference:reference>/approve/", staff.Approve.as_view(), name="approve"),
    path("bookings/<reference:reference>/decline/", staff.Decline.as_view(), name="decline"),
    path("bookings/<reference:reference>/check-in/", staff.CheckIn.as_view(), name="check-in"),
    path("bookings/<reference:reference>/complete/", staff.Complete.as_view(), name="complete"),
    path("bookings/<reference:reference>/no-show/", staff.NoShow.as_view(), name="no-show"),
    path("bookings/<reference:reference>/reassign/", staff.Reassign.as_view(), name="reassign"),
    path("attention/", attention.Attention.as_view(), name="attention"),
    path("schema/", docs.Schema.as_view(), name="schema"),
    path("docs/", docs.Docs.as_view(), name="docs"),
]
