from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bookings.notifications.zones import timezone_component
from tests.calendars import Component, Property, instant, read

ZONES = [
    "America/Denver",
    "Europe/Dublin",  # its winter is the exception in the zone's own words
    "Australia/Sydney",
    "Australia/Lord_Howe",  # half an hour
    "America/Santiago",  # the first Sunday after the 1st: no weekday of a month
    "Africa/Casablanca",  # by the moon
    "Asia/Kolkata",
    "America/Phoenix",
]


def calendar_of(zone: str, first: date, last: date) -> Component:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add_component(timezone_component(zone, first, last))
    return read(calendar.to_ical())


def hours_around_changes(zone: str, first: date, last: date) -> list[datetime]:
    """In UTC, those of the two days around each change of the clocks, and the very first."""
    hours = [datetime(first.year, 1, 2, tzinfo=UTC)]
    for day in range((last - first).days):
        begin = datetime.combine(first, time(), tzinfo=UTC) + timedelta(days=day)
        end = begin + timedelta(days=1)
        if (
            begin.astimezone(ZoneInfo(zone)).utcoffset()
            != end.astimezone(ZoneInfo(zone)).utcoffset()
        ):
            hours += [begin + timedelta(hours=hour) for hour in range(-12, 36)]
    return hours


@pytest.mark.parametrize("zone", ZONES)
def test_hours_around_the_changes_of_two_years_are_read_as_they_were_meant(zone):
    first, last = date(2026, 1, 1), date(2027, 12, 31)
    calendar = calendar_of(zone, first, last)

    for meant in hours_around_changes(zone, first, last):
        wall = meant.astimezone(ZoneInfo(zone))
        if wall.fold == 0:  # the second passage cannot be written with a zone
            written = Property(wall.strftime("%Y%m%dT%H%M%S"), {"TZID": zone})
            assert instant(calendar, written) == meant, wall


def test_a_zone_that_keeps_to_a_rule_is_written_as_one():
    (zone,) = calendar_of("America/Denver", date(2026, 8, 3), date(2026, 8, 3)).all("VTIMEZONE")

    assert [(part.name, part.text("DTSTART"), part.text("RRULE")) for part in zone.parts] == [
        ("DAYLIGHT", "20250309T020000", "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
        ("STANDARD", "20251102T020000", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
    ]


def test_a_zone_whose_clocks_are_never_changed_has_one_offset():
    (zone,) = calendar_of("America/Phoenix", date(2026, 8, 3), date(2026, 8, 3)).all("VTIMEZONE")

    assert [(part.name, part.text("TZOFFSETTO")) for part in zone.parts] == [("STANDARD", "-0700")]
