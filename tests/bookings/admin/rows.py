"""A row of each table that the admin lists, as many as are wanted, each with parents of its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Model

from bookings.enums import LookPage, NotificationKind
from bookings.models import Look, MailText, Notification
from studio.api.models import StaffToken
from studio.pages.models import Film
from tests.factories import (
    MONDAY,
    MONDAY_AT_TEN,
    make_booking,
    make_calendar_feed,
    make_certification,
    make_client,
    make_closure_of_dates,
    make_equipment,
    make_extra_shift,
    make_inspection,
    make_location,
    make_page,
    make_qualification,
    make_room,
    make_room_block,
    make_session_type,
    make_shift,
    make_studio,
    make_therapist,
    make_time_off,
)

TIMES: Any = {"wall_from": "2026-08-03 10:00", "wall_until": "2026-08-03 12:00"}


def _slug(number: int) -> str:
    return f"listed-{number}"


def _account(number: int) -> User:
    return User.objects.create(username=_slug(number), date_joined=MONDAY_AT_TEN)


def _token(number: int) -> StaffToken:
    token = StaffToken.objects.create(user=_account(number), digest=f"{number:064}")
    StaffToken.objects.filter(pk=token.pk).update(created_at=MONDAY_AT_TEN)
    return token


def _look(number: int) -> Look:
    booking = make_booking(starts_at=MONDAY_AT_TEN + timedelta(hours=number))
    page = LookPage.REVIEW
    return Look.objects.create(booking=booking, by=_account(number), at=MONDAY_AT_TEN, page=page)


def _notification(number: int) -> Notification:
    booking = make_booking(starts_at=MONDAY_AT_TEN + timedelta(hours=number), client=make_client())
    return Notification.objects.create(
        booking=booking,
        kind=NotificationKind.CONFIRMED,
        start=booking.starts_at,
        due_at=MONDAY_AT_TEN,
        queued_at=MONDAY_AT_TEN,
    )


MAKERS: dict[str, Callable[[int], Model]] = {
    "api.stafftoken": _token,
    "auth.group": lambda number: Group.objects.create(name=_slug(number)),
    "auth.user": _account,
    "bookings.booking": lambda number: make_booking(
        starts_at=MONDAY_AT_TEN + timedelta(hours=number)
    ),
    "bookings.calendarfeed": lambda number: make_calendar_feed(therapist=make_therapist()),
    "bookings.client": lambda number: make_client(name=_slug(number)),
    "bookings.look": _look,
    "bookings.notification": _notification,
    "bookings.mailtext": lambda number: MailText.objects.create(
        kind=NotificationKind.CONFIRMED, language=str(number)
    ),
    "bookings.sessiontype": lambda number: make_session_type(slug=_slug(number)),
    "pages.film": lambda number: Film.objects.create(id=1, link="https://film.example/"),
    "pages.page": lambda number: make_page(slug=_slug(number)),
    "premises.closure": lambda number: make_closure_of_dates(
        location=make_location(), first_day=MONDAY, last_day=MONDAY
    ),
    "premises.equipment": lambda number: make_equipment(slug=_slug(number)),
    "premises.inspection": lambda number: make_inspection(
        room=make_room(), equipment=make_equipment(slug=_slug(number)), due_on=MONDAY
    ),
    "premises.location": lambda number: make_location(),
    "premises.room": lambda number: make_room(),
    "premises.roomblock": lambda number: make_room_block(room=make_room(), **TIMES),
    "premises.studio": lambda number: make_studio(),
    "therapists.certification": lambda number: make_certification(
        therapist=make_therapist(),
        qualification=make_qualification(slug=_slug(number)),
        expires_on=MONDAY,
    ),
    "therapists.extrashift": lambda number: make_extra_shift(
        therapist=make_therapist(), location=make_location(), **TIMES
    ),
    "therapists.qualification": lambda number: make_qualification(slug=_slug(number)),
    "therapists.shift": lambda number: make_shift(
        therapist=make_therapist(), location=make_location()
    ),
    "therapists.therapist": lambda number: make_therapist(),
    "therapists.timeoff": lambda number: make_time_off(
        therapist=make_therapist(), location=make_location(), **TIMES
    ),
}
"""By the label of the model; what is listed is dated alike, so that all lists look alike."""

ONLY_ONE = {"pages.film", "premises.studio"}
"""Tables with a single row."""
