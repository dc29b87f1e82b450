"""How what bookings are judged by is written: places, people, working times, session types.

Such a row may decide about any booking, so its writer waits for the bookings under way and they
wait for it; whoever asks afterwards gets an answer that knows the change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model

from bookings.domain.reach import is_known_everywhere, locations_touched
from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.locking import bump_versions, lock_everything
from studio.premises.models import Location


@dataclass(slots=True)
class ScheduleChange:
    """The locations whose answers a change of the schedule may end: all, unless somebody says."""

    _places: set[int] = field(default_factory=set)
    _in_use: dict[tuple[type[Model], int], bool] = field(default_factory=dict)
    _everywhere: bool = False

    def touches(self, *rows: Model, now: Minute) -> None:
        """Say which rows are written: as they are before that, and as they are afterwards.

        Whoever says one says all of them.
        """
        for row in rows:
            places = locations_touched(row, now=now)
            self._everywhere |= places is None or self._is_retired_or_back(row)
            self._places |= places or set()

    def _is_retired_or_back(self, row: Model) -> bool:
        """Whether it was in use and is not, or the other way round: then every door looks anew."""
        if not is_known_everywhere(row):
            return False
        return self._in_use.setdefault((type(row), row.pk), row.active) != row.active

    @property
    def places(self) -> set[int]:
        """Their ids."""
        if self._places and not self._everywhere:
            return self._places
        return set(Location.objects.order_by().values_list("pk", flat=True))


@contextmanager
def changing_schedule() -> Iterator[ScheduleChange]:
    """Hold every location locked, then end cached answers, in one transaction.

    Those of all locations, or of those that the rows matter to which somebody names
    (`touches`). Open it before reading what the change is judged by. A location that is
    made inside counts too. Nothing is written, and no cached answer ends, when the block raises.
    """
    with transaction.atomic():
        lock_everything()
        change = ScheduleChange()
        yield change
        bump_versions(change.places)


def latest_today(now: Minute) -> date:
    """The latest date that the wall clock of any location shows; UTC's while there is none.

    What happened today has happened at one of them; a later date still lies ahead (rule S6).
    """
    zones = Location.objects.order_by().values_list("timezone", flat=True).distinct()
    return max((local_date(zone, now) for zone in zones), default=local_date("UTC", now))
