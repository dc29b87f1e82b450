"""More history than anybody would load: what lies behind, copied further and further back.

In bulk and by SQL, for PostgreSQL. What comes of it has to pass `checkschedule` as any other does.
"""

from itertools import count

import psycopg

TABLE = "bookings_booking"
DAY_MINUTES = 24 * 60

# Whole weeks, so that weekdays stay; one event is enough of a history.
COPY = """
WITH copied AS (
    INSERT INTO bookings_booking ({columns})
    SELECT {values} FROM bookings_booking
    WHERE status = 'completed' AND reference NOT LIKE '%%.%%'
    RETURNING id, status, starts_at
)
INSERT INTO bookings_event
    (booking_id, kind, at, source, from_status, to_status, reason, overridden, details)
SELECT id, status, starts_at, 'file', '', status, '', '[]', '{{}}' FROM copied
"""

DAYS = """
SELECT 7 * (1 + (max(date) - min(date)) / 7), count(*)
FROM bookings_booking WHERE status = 'completed'
"""


def lengthen(url: str, bookings: int) -> None:
    """Copy the completed bookings further back in time until there are so many; count the rows."""
    with psycopg.connect(url, autocommit=True) as connection:
        days, loaded = connection.execute(DAYS).fetchone() or (0, 0)
        for number in count(1):
            if number * loaded >= bookings:
                break
            connection.execute(_copy(connection, number, number * days))
        connection.execute("VACUUM ANALYZE")


def _copy(connection: psycopg.Connection, number: int, days: int) -> str:
    moved = {
        "reference": f"'{number:03}.' || reference",
        "starts_at": f"starts_at - interval '{days} days'",
        "booked_at": f"booked_at - interval '{days} days'",
        "date": f"date - {days}",
        "occupied_from": f"occupied_from - {days * DAY_MINUTES}",
        "occupied_until": f"occupied_until - {days * DAY_MINUTES}",
    }
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND column_name <> 'id'",
            [TABLE],
        )
    ]
    return COPY.format(
        columns=", ".join(columns), values=", ".join(moved.get(name, name) for name in columns)
    ).replace("%%", "%")
