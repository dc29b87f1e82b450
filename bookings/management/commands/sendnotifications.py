"""`manage.py sendnotifications`: the worker that mails what is due."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bookings.enums import NotificationState as State
from bookings.notifications.chores import Rota
from bookings.notifications.sending import Outage, Sender
from bookings.notifications.worker import Worker
from studio.clock import this_minute
from studio.stopping import STOPS


class Command(BaseCommand):
    help = "Mails what is due, and does what has to be done from time to time, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to go on for ever."""
        parser.add_argument(
            "--once", action="store_true", help="send what is due now, and end; for cron"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal says stop, or through what is due now."""
        with stops() as stop:
            if options["once"]:
                self._once(stop)
            else:
                Worker(clock=this_minute, is_stopping=stop.is_asked).run()

    def _once(self, stop: "Stop") -> None:
        Rota(time.monotonic).do_due(now=this_minute())
        try:
            became = Sender(clock=this_minute, is_stopping=stop.is_asked).send_due()
        except Outage as outage:
            raise CommandError(
                f"The mail server takes nothing now ({outage}). What is left waits for the next"
                " time."
            ) from outage
        self.stdout.write(
            f"Sent: {became[State.SENT]}; put off: {became[State.QUEUED]}; could not be sent:"
            f" {became[State.DEAD]}; not true any more: {became[State.WITHDRAWN]}."
        )


class Stop:
    """Whether somebody said stop."""

    def __init__(self) -> None:
        """Nobody has."""
        self.asked = False

    def is_asked(self) -> bool:
        """Ask between two things that are to be finished."""
        return self.asked

    def __call__(self, signum: int, frame: FrameType | None) -> None:
        """Handle a signal: only note it, whatever is interrupted goes on."""
        self.asked = True


@contextmanager
def stops() -> Iterator[Stop]:
    """Note the signals that say stop, instead of being ended by them."""
    stop = Stop()
    before = {each: signal.signal(each, stop) for each in STOPS}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
