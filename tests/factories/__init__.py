"""Rows for tests: each function writes the row it is named for, with the values it is given.

What is left out gets a plain default, and a parent that is left out is made too. Places are in
Denver. Times of day read "09:00", wall-clock times "2026-08-03 12:00" (a Monday).
"""

from tests.factories.bookings import (
    make_booking,
    make_calendar_feed,
    make_client,
    make_payment,
    make_questionnaire,
)
from tests.factories.pages import make_page
from tests.factories.premises import (
    make_closure_of_dates,
    make_closure_of_times,
    make_equipment,
    make_inspection,
    make_location,
    make_room,
    make_room_block,
    make_studio,
)
from tests.factories.sessions import Bookable, make_bookable, make_session_type
from tests.factories.therapists import (
    make_certification,
    make_extra_shift,
    make_qualification,
    make_shift,
    make_therapist,
    make_time_off,
    make_user,
)
from tests.factories.times import MONDAY, MONDAY_AT_TEN, at

__all__ = [
    "MONDAY",
    "MONDAY_AT_TEN",
    "Bookable",
    "at",
    "make_bookable",
    "make_booking",
    "make_calendar_feed",
    "make_certification",
    "make_client",
    "make_closure_of_dates",
    "make_closure_of_times",
    "make_equipment",
    "make_extra_shift",
    "make_inspection",
    "make_location",
    "make_page",
    "make_payment",
    "make_qualification",
    "make_questionnaire",
    "make_room",
    "make_room_block",
    "make_session_type",
    "make_shift",
    "make_studio",
    "make_therapist",
    "make_time_off",
    "make_user",
]
