"""How what bookings are judged by is written: places, people, working times, session types.

Such a row may decide about any booking, so its writer waits for the bookings under way and they
wait for it; whoever asks afterwards gets an answer that knows the change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from bookings.scheduling.hours import local_date
from bookings.scheduling.timeline import Minute
from studio.premises.locking import bump_versions, lock_everything
from studio.premises.models import Location


@contextmanager
def changing_schedule() -> Iterator[None]:
    """Hold every location locked, then end the cached answers of all, in one transaction.

    Open it before reading what the change is judged by. A location that is made inside counts
    too. Nothing is written, and no cached answer ends, when the block raises.
    """
    with transaction.atomic():
        lock_everything()
        yield
        bump_versions(Location.objects.order_by().values_list("pk", flat=True))


def latest_today(now: Minute) -> date:
    """The latest date that the wall clock of any location shows; UTC's while there is none.

    What happened today has happened at one of them; a later date still lies ahead (rule S6).
    """
    zones = Location.objects.order_by().values_list("timezone", flat=True).distinct()
    return max((local_date(zone, now) for zone in zones), default=local_date("UTC", now))
