"""A time zone as calendar files spell it out (VTIMEZONE), so that no reader has to know it.

The one that icalendar makes is an hour late for what lies just after a spring gap: it gives the
change by the clocks after it, where RFC 5545 reads the clocks before.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from bookings.scheduling.hours import Era, WallClock, to_instant

YEARS_AHEAD = 6
"""Through so many years a change must keep to a rule to be written as one."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

LONG_AGO = datetime(1970, 1, 1)


def timezone_component(zone: str, first: date, last: date) -> Timezone:
    """The zone through the local dates `first` to `last`, and beyond where it keeps to a rule."""
    year_before = date(first.year - 1, 2, 1)
    clock = WallClock(zone, year_before, date(last.year + YEARS_AHEAD, 2, 1))
    component = Timezone()
    component.add("tzid", zone)
    changes: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for before, after in pairwise(clock.eras):
        changes[before.offset, after.offset].append(_shown_at(after, before.offset))
    if not any(shown.date() < first for known in changes.values() for shown in known):
        offset = clock.eras[0].offset
        component.add_component(_observance(zone, LONG_AGO, (offset, offset)))
    for offsets, known in changes.items():
        rule = _rule(known)
        for shown in known[:1] if rule else _until(known, last):
            component.add_component(_observance(zone, shown, offsets, rule))
    return component


def _shown_at(era: Era, offset: int) -> datetime:
    """What clocks with an offset show when an era begins."""
    return to_instant(era.start + offset).replace(tzinfo=None)


def _until(known: list[datetime], last: date) -> Iterator[datetime]:
    return (shown for shown in known if shown.date() <= last)


def _observance(
    zone: str, shown: datetime, offsets: tuple[int, int], rule: dict[str, Any] | None = None
) -> TimezoneStandard | TimezoneDaylight:
    """From when on which offset counts; `shown` by the clocks as they were before."""
    before, after = (timedelta(minutes=offset) for offset in offsets)
    part = TimezoneDaylight() if after > before else TimezoneStandard()
    part.add("dtstart", shown)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    since = (shown - before).replace(tzinfo=UTC)
    part.add("tzname", str(since.astimezone(ZoneInfo(zone)).tzname()))
    if rule:
        part.add("rrule", rule)
    return part


def _rule(known: list[datetime]) -> dict[str, Any] | None:
    """The n-th, or the last, of a weekday in a month; None where changes keep to no such rule."""
    first, years = known[0], [shown.year for shown in known]
    same = {(shown.month, shown.weekday(), shown.time()) for shown in known}
    if len(known) < YEARS_AHEAD or years != list(range(first.year, first.year + len(years))):
        return None
    if len(same) > 1:
        return None
    counts = {(shown.day - 1) // 7 + 1 for shown in known}
    is_last = all(shown.day + 7 > monthrange(shown.year, shown.month)[1] for shown in known)
    if len(counts) > 1 and not is_last:
        return None
    count = -1 if is_last else counts.pop()
    return {
        "freq": "yearly",
        "bymonth": first.month,
        "byday": f"{count}{WEEKDAYS[first.weekday()]}",
    }
