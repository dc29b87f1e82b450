"""Days and times of the studio file: on a wall clock, but for the starts of bookings."""

import re
from datetime import UTC, date, datetime, timezone
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo

from studio.premises.fields import STEP_MINUTES
from studio.studio_file.schema.table import Expect, each_once, expected, must

Weekday = Annotated[
    Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    Expect('one of "mon", "tue", "wed", "thu", "fri", "sat", "sun"'),
]

Weekdays = Annotated[list[Weekday], Field(min_length=1), AfterValidator(each_once)]

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][05]")
ClockTime = Annotated[
    str,
    must(_CLOCK.fullmatch),
    Expect('a wall-clock time such as "08:45", in steps of 5 minutes'),
]
ClockEnd = Annotated[
    str,
    must(lambda value: value == "24:00" or _CLOCK.fullmatch(value)),
    Expect('a wall-clock time such as "17:00" or "24:00", in steps of 5 minutes'),
]


def _is_reckonable(value: date) -> bool:
    # Days that are turned into instants stay clear of the calendar's ends, where that overflows.
    return 1900 <= value.year < 3000


def _reckonable_day(value: date) -> date:
    if not _is_reckonable(value):
        raise ValueError(value)
    return value


def _wall_time(value: datetime) -> datetime:
    if value.tzinfo is not None or not _is_reckonable(value) or not _is_on_step(value):
        raise ValueError(value)
    return value


def _is_on_step(value: datetime) -> bool:
    return not (value.minute % STEP_MINUTES or value.second or value.microsecond)


def _day_or_wall_time(value: object) -> date:
    if isinstance(value, datetime):
        return _wall_time(value)
    if isinstance(value, date):
        return _reckonable_day(value)
    raise ValueError(value)


def _instant(value: datetime) -> datetime:
    offset = value.utcoffset()
    if offset is None or not _is_reckonable(value) or not _is_on_step(value.astimezone(UTC)):
        raise ValueError(value)
    # A fixed offset, because two readings of a repeated hour would never be equal under a zone.
    return value.replace(tzinfo=timezone(offset))


Day = Annotated[date, Expect("a date such as 2027-06-30, without quotes")]
WorkingDay = Annotated[
    date,
    AfterValidator(_reckonable_day),
    Expect("a date such as 2027-06-30, from 1900 to 2999, without quotes"),
]
WallTime = Annotated[
    datetime,
    AfterValidator(_wall_time),
    Expect(
        "a wall-clock time such as 2026-12-04T12:00:00, without quotes and offset,"
        " in steps of 5 minutes"
    ),
]
DayOrWallTime = Annotated[
    date,
    PlainValidator(_day_or_wall_time),
    Expect(
        "a date such as 2026-12-25 or a wall-clock time such as 2026-12-24T12:00:00,"
        " in steps of 5 minutes, without quotes and offset"
    ),
]
Instant = Annotated[
    datetime,
    AfterValidator(_instant),
    Expect(
        "a time with its offset such as 2026-12-01T09:00:00-07:00, without quotes,"
        " in steps of 5 minutes"
    ),
]


def not_before(key: str) -> AfterValidator:
    """The day is that of an earlier key of the same table, or later."""

    def check(value: date, info: ValidationInfo) -> date:
        first = info.data.get(key)
        if first is not None and value < first:
            raise expected(f"{key} ({first}) or a later day")
        return value

    return AfterValidator(check)


def _after_from(value: datetime, info: ValidationInfo) -> datetime:
    start = info.data.get("from_")
    if start is not None and value <= start:
        raise expected(f"a time after from ({start.isoformat()})")
    return value


WallUntil = Annotated[WallTime, AfterValidator(_after_from)]
