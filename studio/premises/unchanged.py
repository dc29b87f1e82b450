"""What is asked of the house again and again, kept while the database says nothing has changed.

Nothing is kept by time: marks that triggers give the tables tell of every change, whoever makes it
(`studio.premises.shown`). They are read once in a moment, such as the reading of a request, and
what is asked in it is as it was then, or newer.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from studio.memory import Memory
from studio.premises.shown import Marks, marks_now, tables
from studio.queries import Written

_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


class Moment:
    """One of the database, which begins when somebody first asks what marks there are."""

    @cached_property
    def marks(self) -> Marks:
        """The marks of all that is watched."""
        return marks_now()


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Ask all of one moment; of a new one, though another surrounds it.

    Whoever decides something under a lock begins it there; and inside of it writes nothing of the
    house.
    """
    before = _moment.set(Moment())
    try:
        yield
    finally:
        _moment.reset(before)


def marks_of_moment() -> Marks | None:
    """The marks by which something can be kept; None for who asks everything as it comes."""
    moment = _moment.get()
    return None if moment is None else moment.marks


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows as the database gave them, which nobody can change, and the marks they are true of."""

    marks: Marks
    rows: Sequence[Sequence[Any]]

    @property
    def size(self) -> int:
        """About how many bytes they take."""
        return 500 + sum(100 + 100 * len(row) for row in self.rows)


ROWS: Memory[Any, Kept] = Memory(most_bytes=16_000_000, seconds=24 * 60 * 60)


class Unchanging[Row](Written[Row]):
    """A query of the house, asked once while what it reads stays as it is.

    What it gives is made anew each time, so that callers may do with it what they like. A query of
    anything that is not watched is asked each time.
    """

    @cached_property
    def is_watched(self) -> bool:
        """Whether every change of what it reads leaves its mark."""
        return set(_TABLE.findall(self.sql)) <= set(tables())

    def fetched(self, values: tuple[Any, ...]) -> Sequence[Sequence[Any]]:
        """The rows of the moment, or of now for who is in none."""
        marks = marks_of_moment() if self.is_watched else None  # before the rows
        if marks is None:
            return super().fetched(values)
        kept = ROWS.get((self, values))
        if kept is not None and kept.marks == marks:
            return kept.rows
        rows = super().fetched(values)
        if rows or not values:  # of names that nobody has there is no end
            ROWS.keep((self, values), Kept(marks, rows))
        return rows
