"""Buttons that fill something in: each sends the form as it is, and says what it adds."""

from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from bookings.desk.dates import can_be_meant
from bookings.desk.links import wall_time
from bookings.scheduling.hours import local_date, local_time, to_minute
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import CELL_MINUTES, Minute
from studio.premises.models import Location

LOOK, NOW, EARLIER, LATER, FORGET = "look", "now", "day-before", "day-after", "forget"
AT = "at:"
"""Before the start that a button stands for."""


def last_start(now: Minute) -> Minute:
    """When a walk-in began: the last five minutes (rule S9)."""
    return now // CELL_MINUTES * CELL_MINUTES


def filled_in(data: QueryDict, button: str, location: Location | None, *, now: Minute) -> QueryDict:
    """What is typed once a button was pressed; one that nobody knows changes nothing."""
    typed = data.copy()
    if button == FORGET:
        typed["client"] = typed["client_name"] = ""
    if location is None:
        return typed
    if button.startswith(AT):
        _put_start(typed, button.removeprefix(AT), location)
    elif button == NOW:
        start = last_start(now)
        _put(typed, start, location)
        if start < now:
            rules = {*typed.getlist("override"), Rule.NOTICE_AND_HORIZON.value}
            typed.setlist("override", sorted(rules))
            typed["reason"] = typed.get("reason") or _("Walked in")
    elif button in (EARLIER, LATER):
        _shift_day(typed, 1 if button == LATER else -1, location, now=now)
    return typed


def put_start(data: QueryDict, moment: datetime) -> None:
    """Put a moment into the fields, on the clock that it is given on."""
    data.pop("second", None)
    fill_start(data, wall_time(moment), second=moment.fold == 1)


def fill_start(data: QueryDict, start: str, *, second: bool) -> None:
    """Put a wall-clock time in ISO spelling into the fields; one that is none leaves them."""
    day, _t, minute = start.partition("T")
    data["day"], data["time"] = day, minute[:5]
    if second:
        data["second"] = "on"


def _put_start(typed: QueryDict, spelled: str, location: Location) -> None:
    try:
        moment = datetime.fromisoformat(spelled)
    except ValueError:
        return
    if moment.tzinfo is not None and can_be_meant(moment):
        _put(typed, to_minute(moment), location)


def _put(typed: QueryDict, start: Minute, location: Location) -> None:
    put_start(typed, local_time(start, location.zone))


def _shift_day(typed: QueryDict, days: int, location: Location, *, now: Minute) -> None:
    """Another day, with the time still to be chosen."""
    try:
        day = date.fromisoformat(typed.get("day", ""))
        typed["day"] = (day + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        typed["day"] = local_date(location.timezone, now).isoformat()
    typed.pop("time", None)
    typed.pop("second", None)
