"""What the worker does beside sending, again and again."""

import logging
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from django.core.management import call_command
from django.db import InterfaceError, OperationalError

from bookings.domain.expiring import expire_lapsed
from bookings.domain.health.answers import forget_unclaimed
from bookings.domain.health.asking_again import ask_again
from bookings.domain.telling.agendas import queue_agendas
from bookings.domain.waitlist.matching import match
from bookings.notifications.failures import named
from bookings.scheduling.timeline import Minute
from studio.api.idempotency import forget_old_answers

logger = logging.getLogger(__name__)

MINUTE, HOUR = 60, 3600


class Work(Protocol):
    def __call__(self, *, now: Minute) -> object:
        """Do it; twice, or by two workers at once, is harmless."""


class Chore(NamedTuple):
    """Something to be done every so many seconds."""

    name: str
    every_seconds: int
    work: Work


def _clear_sessions(*, now: Minute) -> None:
    call_command("clearsessions", verbosity=0)


CHORES = (
    Chore("expire what has lapsed", MINUTE, expire_lapsed),
    Chore("offer what has opened", 5, match),
    Chore("queue the therapists' agendas", 5 * MINUTE, queue_agendas),
    Chore("ask for answers that came to be needed", 5 * MINUTE, ask_again),
    Chore("forget answers of holds that were never booked", HOUR, forget_unclaimed),
    Chore("forget old idempotency keys", HOUR, forget_old_answers),
    Chore("clear old sessions", 6 * HOUR, _clear_sessions),
)


class Rota:
    """Does each chore when its time has come; `seconds` reads a clock that only goes on."""

    def __init__(self, seconds: Callable[[], float], chores: Iterable[Chore] = CHORES) -> None:
        """All of them are due at once."""
        self.seconds = seconds
        self.due = dict.fromkeys(chores, seconds())

    def do_due(self, *, now: Minute) -> None:
        """Do what is due. What one fails at is logged, and does not keep the others.

        Raises what the database says when it is away.
        """
        for chore, due in self.due.items():
            if self.seconds() < due:
                continue
            self.due[chore] = self.seconds() + chore.every_seconds
            try:
                chore.work(now=now)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:  # a worker goes on with what it can do
                logger.error("Could not %s: %s", chore.name, named(error))
