"""Sends what is due, by Django's mail: one connection for as long as there is something to send."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from django.core.mail import EmailMessage, mailers
from django.db import DatabaseError, InterfaceError, OperationalError, connections

from bookings.domain.telling.delivery import (
    claim,
    give_back,
    is_anything_due,
    mark_failed,
    mark_sent,
    withdraw_untrue,
)
from bookings.enums import NotificationState as State
from bookings.models import Notification
from bookings.notifications.failures import Verdict, named, told, verdict
from bookings.notifications.identity import message_id
from bookings.notifications.messages import compose
from bookings.scheduling.hours import to_minute
from bookings.scheduling.timeline import Minute

logger = logging.getLogger(__name__)

BATCH = 20
"""What one worker has in hand: so many messages wait for the lease's end when it is killed."""

ENOUGH_MINUTES = 5
"""A message is begun with so much of its lease ahead: more than a server can keep it hanging."""

MOST_DROPS = 3
"""So many conversations broken off one after the other are no fault of the messages."""

AWAY_SECONDS = 1


class Outage(Exception):
    """The mail server takes nothing now. Says why, without addresses."""


class Sender:
    """Sends; `clock` gives the minute, and `is_stopping` is asked between two messages."""

    def __init__(
        self, *, clock: Callable[[], Minute], is_stopping: Callable[[], bool] = lambda: False
    ) -> None:
        """Connects only when there is something to send."""
        self.clock = clock
        self.is_stopping = is_stopping
        self.connection = mailers.default
        self.drops = 0

    def send_due(self) -> Counter[State]:
        """Send all that is due now; what became of the messages, those put off as queued.

        Raises Outage when the server takes no messages: then none of those that are left has lost
        an attempt.
        """
        became: Counter[State] = Counter()
        self.drops = 0
        try:
            while not self.is_stopping() and is_anything_due(self.clock()):
                # Before anything is claimed: a server that is away keeps nothing in hand.
                self._connect()
                rows = claim(self.clock(), BATCH)
                if not rows:  # others have them in hand
                    break
                became += self._send_batch(rows)
        finally:
            self._hang_up()
        return became

    def _send_batch(self, rows: list[Notification]) -> Counter[State]:
        became: Counter[State] = Counter()
        for number, row in enumerate(rows):
            try:
                self._connect()
                if self.is_stopping() or not self._has_time(row):
                    give_back(rows[number:])
                    break
                became[self._send(row)] += 1
            except Outage:
                give_back(rows[number:])
                raise
        return became

    def _has_time(self, row: Notification) -> bool:
        assert row.leased_until is not None
        return to_minute(row.leased_until) - self.clock() >= ENOUGH_MINUTES

    def _send(self, row: Notification) -> State:
        """One message, from its words to its mark."""
        try:
            message = compose(row, now=self.clock())
        except DatabaseError:
            raise
        except Exception as error:  # whatever is wrong with one must not keep the others
            return self._refused(row, error, is_final=True)
        if message is None:
            withdraw_untrue(row)
            return State.WITHDRAWN
        message.extra_headers.setdefault("Message-ID", message_id(row))
        try:
            self._hand_over(message)
        except OSError as error:
            return self._failed(row, error)
        except Exception as error:  # an address, a header or a part that no mail can have
            self._hang_up()
            return self._refused(row, error, is_final=True)
        self.drops = 0
        self._mark_sent(row)
        return State.SENT

    def _hand_over(self, message: EmailMessage) -> None:
        if not self.connection.send_messages([message]):
            raise ValueError("A message that is for nobody.")

    def _failed(self, row: Notification, error: OSError) -> State:
        found = verdict(error)
        self.drops = self.drops + 1 if found is Verdict.DROPPED else 0
        if found is Verdict.DROPPED:
            self._hang_up()
        if found is Verdict.OUTAGE or self.drops >= MOST_DROPS:
            raise Outage(named(error)) from error
        return self._refused(row, error, is_final=found is Verdict.FINAL)

    def _refused(self, row: Notification, error: Exception, *, is_final: bool) -> State:
        state = mark_failed(row, told(error), now=self.clock(), is_final=is_final)
        what = "could not be sent" if state == State.DEAD else "was put off"
        logger.warning("Notification %s (%s) %s: %s", row.pk, row.kind, what, named(error))
        return state

    def _mark_sent(self, row: Notification) -> None:
        """Right after the server has accepted it; what is not marked would leave again.

        So a database that is away is waited for, as long as the row is nobody else's.
        """
        while True:
            try:
                mark_sent(row, now=self.clock())
            except (OperationalError, InterfaceError):
                if self.is_stopping() or not self._has_time(row):
                    raise
                connections.close_all()
                time.sleep(AWAY_SECONDS)
            else:
                return

    def _connect(self) -> None:
        try:
            self.connection.open()
        except OSError as error:
            raise Outage(named(error)) from error

    def _hang_up(self) -> None:
        with suppress(OSError):  # it is gone either way
            self.connection.close()
