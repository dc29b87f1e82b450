"""Times of a location as mails write them, in the language that is spoken now."""

from datetime import datetime

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from bookings.templatetags.appointments import city, utc_offset
from studio.premises.models import Location


def day_words(instant: datetime, location: Location) -> str:
    """`Tuesday, Aug. 4, 2026`."""
    local = instant.astimezone(location.zone)
    return f"{date_format(local, 'l')}, {date_format(local, 'DATE_FORMAT')}"


def short_day_words(instant: datetime, location: Location) -> str:
    """`Tue 4 Aug`."""
    return date_format(instant.astimezone(location.zone), _("D j M"))


def time_words(instant: datetime, location: Location) -> str:
    """`10 a.m.`."""
    return time_format(instant.astimezone(location.zone), "TIME_FORMAT")


def moment_words(instant: datetime, location: Location) -> str:
    """`Tuesday, Aug. 4, 2026, 10 a.m.`."""
    return f"{day_words(instant, location)}, {time_words(instant, location)}"


def span_words(start: datetime, end: datetime, location: Location) -> str:
    """`10 a.m.–11 a.m.`."""
    return f"{time_words(start, location)}–{time_words(end, location)}"


def zone_words(instant: datetime, location: Location) -> str:
    """`studio time (Denver, UTC)`."""
    local = instant.astimezone(location.zone)
    return _("studio time (%(city)s, %(offset)s)") % {
        "city": city(location.timezone),
        "offset": utc_offset(local),
    }
