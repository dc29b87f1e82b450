"""Reckoning with instants inside the database, without a call of Python for each row."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Case, Expression, F, Func, Value, When
from django.db.models.sql.compiler import SQLCompiler

from bookings.domain.reports.period import Period
from bookings.scheduling.hours import DAY_MINUTES, WallClock, to_instant
from studio.premises.models import Location

type Sql = tuple[str, tuple[str | int, ...]]


class MinuteOf(Func):
    """A column of instants as whole minutes since 1970 UTC (rule T6)."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Sql:
        """Seconds since 1970; a text of an instant has no other offset than UTC's here."""
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) / 60"
        return super().as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Sql:
        """The same from its epoch."""
        template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 60)::bigint"
        return super().as_sql(compiler, connection, template=template, **context)


def local_day(
    column: str, location: str, locations: Iterable[Location], period: Period
) -> Expression:
    """The number of the day (since 1970) that the wall clock of its location shows at an instant.

    `location` is the path to the location's id. Exact in the years around the period.
    """
    whens = []
    for place in locations:
        clock = WallClock(place.timezone, period.first, period.last)
        # The first era that an instant lies before the end of is its own.
        *earlier, latest = clock.eras
        for era in earlier:
            until = {location: place.pk, f"{column}__lt": to_instant(era.end)}
            whens.append(When(**until, then=Value(era.offset)))
        whens.append(When(**{location: place.pk}, then=Value(latest.offset)))
    offset = Case(*whens, default=Value(0), output_field=BigIntegerField())
    minute = MinuteOf(F(column)) + offset
    return minute / Value(DAY_MINUTES, output_field=BigIntegerField())
