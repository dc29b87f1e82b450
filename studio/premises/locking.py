"""How writers that change what can be booked wait for one another, and tell readers about it.

Each such write first takes one lock per location it can affect, in ascending order. Two requests
for one slot then queue up here; PostgreSQL's exclusion constraint alone would let them meet in a
deadlock, a second of stalling and an error. On SQLite a write transaction is alone anyway.
"""

import zlib
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import cache

from django.db import NotSupportedError, OperationalError, connection, transaction

from studio.premises.models import Location, ScheduleVersion
from studio.queries import tell

LOCK_SPACE = 0x10CA
"""Keeps the advisory locks of locations apart from others in the same database."""

NAME_SPACE = 0x4A3E
"""The same for locks on names."""

_TRY_AGAIN = {"40001", "40P01", "0A000", "26000"}
"""SQLSTATE of a serialization failure, of a deadlock, and of a prepared statement that a migration
has made useless (`studio.postgres.connection`), which is prepared anew then.
"""


_whole: ContextVar[bool] = ContextVar("whole", default=False)
"""Whether an error anywhere in the transaction ends all of it."""


def carry_out[T](work: Callable[[], T], *, whole: bool = False) -> T:
    """Do the work in one transaction; once more if the database found a deadlock, say.

    Inside another transaction it becomes a savepoint, and the outer one decides about retrying;
    inside of one that is carried out `whole`, where nobody goes on after an error, a part of it.
    """
    if _whole.get():
        return work()
    if connection.in_atomic_block:
        return _in_transaction(work, whole=whole)
    try:
        return _in_transaction(work, whole=whole)
    except (OperationalError, NotSupportedError) as error:
        if getattr(error.__cause__, "sqlstate", None) not in _TRY_AGAIN:
            raise
    return _in_transaction(work, whole=whole)


def _in_transaction[T](work: Callable[[], T], *, whole: bool) -> T:
    with transaction.atomic():
        before = _whole.set(whole)
        try:
            return work()
        finally:
            _whole.reset(before)


def lock_locations(location_ids: Iterable[int]) -> None:
    """Wait until no other writer changes these locations; held until the transaction ends.

    The wait is that of whatever is asked next, which is answered once they are held.
    """
    _lock(LOCK_SPACE, location_ids)


def lock_names(names: Iterable[str]) -> None:
    """Wait until no other writer works under one of these names; before any location is locked.

    Two names may share a lock by chance, which costs a wait and nothing else.
    """
    _lock(NAME_SPACE, {zlib.crc32(name.encode()) - 2**31 for name in names})


def bump_versions(location_ids: Iterable[int], *, rules: bool = True) -> None:
    """Note that what can be booked at these locations has changed; cached answers end.

    Not `rules` where it was a booking, and what bookings are judged by is as it was.
    """
    wanted = sorted(set(location_ids))
    if not wanted:
        return
    values = [part for location_id in wanted for part in (location_id, int(rules))]
    tell(_raising(len(wanted)), values)


@cache
def _raising(count: int) -> str:
    """Written once: every booking raises the version of a location or two.

    The first time a location is written about there is none yet.
    """
    table, rows = ScheduleVersion._meta.db_table, ", ".join(["(%s, 1, %s)"] * count)
    return (
        f"INSERT INTO {table} (location_id, number, rules) VALUES {rows}"  # noqa: S608 - constants
        f" ON CONFLICT (location_id) DO UPDATE SET number = {table}.number + 1,"
        f" rules = {table}.rules + excluded.rules"
    )


def writers_are_alone() -> bool:
    """Whether no write transaction runs beside another, so that what to lock need not be known."""
    return connection.vendor != "postgresql"


def is_alone() -> bool:
    """Whether this is such a transaction."""
    return writers_are_alone() and connection.in_atomic_block


def _lock(space: int, numbers: Iterable[int]) -> None:
    """Take advisory locks of PostgreSQL in ascending order; on SQLite a writer is alone."""
    if not connection.in_atomic_block:
        raise RuntimeError("Locks are held by a transaction; open one first.")
    ascending = sorted(set(numbers))
    if writers_are_alone() or not ascending:
        return
    # Select lists are evaluated from left to right, so the order is kept in one round trip.
    calls = ", ".join("pg_advisory_xact_lock(%s, %s)" for _ in ascending)
    tell(f"SELECT {calls}", [part for number in ascending for part in (space, number)])


def lock_everything() -> list[int]:
    """Lock every location, for writes whose reach is not worth working out; returns their ids."""
    location_ids = list(Location.objects.order_by("pk").values_list("pk", flat=True))
    lock_locations(location_ids)
    return location_ids
