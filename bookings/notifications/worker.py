"""The worker's day: its chores, what is due, a pause, and again until it is told to stop."""

import logging
import os
import time
from collections.abc import Callable

from django.db import DatabaseError, connections, reset_queries

from bookings.enums import NotificationState as State
from bookings.notifications.chores import Rota
from bookings.notifications.failures import named
from bookings.notifications.sending import Outage, Sender
from bookings.scheduling.timeline import Minute

logger = logging.getLogger(__name__)

IDLE_SECONDS = 2
"""Between two looks at what is due, each a single query: with all chores, one a second at most."""

RESTS = (5, 10, 20, 40, 60)
"""Seconds until a mail server or a database that is away is asked again, growing."""


class Worker:
    """Sends and does chores.

    `clock` gives the minute, `is_stopping` says when to leave, and `seconds` only ever goes on.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], Minute],
        is_stopping: Callable[[], bool],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Everything is due."""
        self.clock = clock
        self.seconds = seconds
        self.is_stopping = is_stopping
        self.sender = Sender(clock=clock, is_stopping=is_stopping)
        self.rota = Rota(seconds)
        self.rests = 0
        self.rests_until = 0.0

    def run(self) -> None:
        """Work until told to stop; the message in hand is finished."""
        logger.info("Mail worker started with PID: %s", os.getpid())
        while not self.is_stopping():
            if self.seconds() >= self.rests_until:
                self.turn()
            time.sleep(IDLE_SECONDS)
        logger.info("Mail worker stopped")

    def turn(self) -> None:
        """Do what there is to do; rest for a while where mail server or database are away."""
        reset_queries()  # kept with DEBUG on, and this process never ends
        try:
            self.rota.do_due(now=self.clock())
            became = self.sender.send_due()
        except Outage as outage:
            self._rest(f"The mail server takes nothing now ({outage})")
        except DatabaseError as error:
            connections.close_all()
            self._rest(f"The database cannot be asked ({named(error)})")
        else:
            if self.rests:
                logger.info("Working again")
            self.rests = 0
            if became[State.SENT]:
                logger.info("Notifications sent: %s", became[State.SENT])

    def _rest(self, why: str) -> None:
        seconds = RESTS[min(self.rests, len(RESTS) - 1)]
        self.rests += 1
        self.rests_until = self.seconds() + seconds
        logger.warning("%s; trying again in %s s", why, seconds)
