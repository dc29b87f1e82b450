"""Ranges of local dates, and the days, weeks and months they are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bookings.scheduling.hours import dates_between

DAY = timedelta(days=1)


class Grain(StrEnum):
    """How finely a report looks."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local dates, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many dates it has."""
        return (self.last - self.first).days + 1

    def dates(self) -> Iterator[date]:
        """Each of its dates."""
        return dates_between(self.first, self.last)

    def parts(self, grain: Grain) -> list["Period"]:
        """Its days, weeks (from Monday) or months; the outermost ones cut off at its ends."""
        parts, first = [], self.first
        while first <= self.last:
            last = min(_last_of(grain, first), self.last)
            parts.append(Period(first, last))
            first = last + DAY
        return parts


def suited(period: Period) -> Grain:
    """How finely to look at a period, so that nobody has to count more than some thirty parts."""
    if period.days <= 31:
        return Grain.DAY
    return Grain.WEEK if period.days <= 26 * 7 else Grain.MONTH


def week_of(day: date) -> Period:
    """The week of a date, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + 6 * DAY)


def month_of(day: date) -> Period:
    """The month of a date."""
    return Period(day.replace(day=1), _last_of(Grain.MONTH, day))


def year_of(day: date) -> Period:
    """The calendar year of a date."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def before(period: Period) -> date:
    """The last date before a period."""
    return period.first - DAY


def _last_of(grain: Grain, day: date) -> date:
    match grain:
        case Grain.DAY:
            return day
        case Grain.WEEK:
            return week_of(day).last
        case Grain.MONTH:
            return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY
