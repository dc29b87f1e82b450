"""Bookings as numbers in a text, as which a database hands over many of them soonest.

It takes longer to write a row than to find it: a month of fifty therapists has thousands.
"""

from functools import lru_cache
from typing import Any

import orjson
from django.db.models import (
    Aggregate,
    BigIntegerField,
    F,
    Func,
    IntegerField,
    TextField,
)
from django.db.models.functions import Cast

from bookings.scheduling.hours import DAY_MINUTES, day_of
from bookings.scheduling.timeline import Minute

BITS = 11
BASE = 1 << BITS
"""More than a day has minutes, and no booking is longer."""

SMALL = BASE - 1


class Packed(Func):
    """Whole numbers as one: the first of any size, the others below `BASE`."""

    template = "%(opened)s%(expressions)s"
    arg_joiner = f") * {BASE} + "
    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]  # as `Func` passes them on
        """Each but the last before a bracket that closes."""
        opened = "(" * (len(self.source_expressions) - 1)
        return super().as_sql(compiler, connection, opened=opened, **context)


class DayOfMonth(Func):
    """Of a date. Django has SQLite ask a function in Python for it, which takes longer."""

    template = "SUBSTR(%(expressions)s, 9)"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Not by EXTRACT, whose numbers have any number of digits."""
        template = "DATE_PART('day', %(expressions)s)::integer"
        return self.as_sql(compiler, connection, template=template, **context)


class Joined(Aggregate):
    """The numbers of all rows, with commas between them.

    Two of these in one query have them in the same order.
    """

    name = "Joined"
    template = "GROUP_CONCAT(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Of texts."""
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


TIMES = Joined(
    Packed("occupied_from", F("occupied_until") - F("occupied_from"), "duration_minutes")
)
PLACES = Joined(Packed("room_id", DayOfMonth("date"), Cast("barefoot", IntegerField())))
"""A `BookedRow` without whose it is and when it ends: one number of either for each."""

type Unpacked = tuple[int, int, Minute, Minute, int, bool, str, None]


def unpacked(therapist: int, times: str, places: str) -> list[Unpacked]:
    """Of each booking of a therapist the fields of `BookedRow`; when it ends is not among them."""
    return [
        (
            therapist,
            place >> 2 * BITS,
            start := time >> 2 * BITS,
            start + (time >> BITS & SMALL),
            time & SMALL,
            place & SMALL == 1,
            _date_near(start // DAY_MINUTES, place >> BITS & SMALL),
            None,
        )
        for time, place in zip(orjson.loads(f"[{times}]"), orjson.loads(f"[{places}]"), strict=True)
    ]


@lru_cache(maxsize=4096)  # most share a few dates
def _date_near(number: int, day: int) -> str:
    """The date with that day of the month on which a session counts, by when it takes anybody.

    It starts up to a day after that, and its date differs by one from that in UTC.
    """
    near = (day_of(number + after) for after in (-1, 0, 1, 2))
    return next(each for each in near if each.day == day).isoformat()
