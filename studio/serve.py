"""Serves the studio, and has its mail sent: `python -m studio.serve`.

Reads the settings but does not set Django up: that is left to the workers, so that each has its
own and a bad setting stops everything before the first of them starts.
"""

import errno
import gc
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from studio.stopping import STOP_SECONDS, STOPS, WATCH_SECONDS, in_background, stop_with
from studio.worker import STARTING, working

RESPAWN_SECONDS = 0.5  # a worker that dies at once must not keep a processor busy


class StudioServer(MPServer):
    """Granian, but it replaces a worker that was killed however often that happens.

    On its own it shuts down when one worker ends twice within a few seconds. That is right for one
    that fails by itself, which is code that does not start; one that the system kills for want of
    memory says nothing about the others.
    """

    def _spawn_workers(self, *args: Any, **kwargs: Any) -> None:
        with STARTING:
            super()._spawn_workers(*args, **kwargs)  # type: ignore[no-untyped-call]

    def _respawn_workers(self, workers: Sequence[int], *args: Any, **kwargs: Any) -> None:
        # The exit code of a process that a signal ended is negative.
        killed = [index for index in workers if (self.wrks[index].inner.exitcode or 0) < 0]
        with STARTING:
            super()._respawn_workers(workers, *args, **kwargs)
        for index in killed:
            self.respawned_wrks.pop(index)
        time.sleep(RESPAWN_SECONDS)
        if self.interrupt_signal:  # came while the loop was busy with this, and forgot it
            self.main_loop_interrupt.set()


def serve() -> None:
    """Listen at HOST and PORT until a signal says stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    refuse_taken_port(settings.HOST, settings.PORT)
    server = StudioServer(
        "studio.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.WORKERS,
        blocking_threads=settings.THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels(settings.LOG_LEVEL.lower()),
        log_dictconfig=settings.LOGGING,
    )
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # the workers inherit this
    in_background(relay, STOPS)
    with working(wanted=settings.SEND_NOTIFICATIONS):
        server.serve(target_loader=load_application, wrap_loader=False)


def load_application() -> Callable[..., Any]:
    """What each worker runs first: get ready to stop, then set Django up."""
    # In a group of its own, a worker does not hear what is said to the server's: it is the parent
    # that tells it when to stop.
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # what it inherited stops the parent
    in_background(relay, {signal.SIGTERM})
    in_background(stop_with, os.getppid())

    from studio.wsgi import application  # in the worker only, see the module's docstring

    # While the worker lives the program is no garbage. To look through all of it takes Python up to
    # a tenth of a second, in which nobody is answered.
    gc.collect()
    gc.freeze()
    return application


def relay(stops: set[signal.Signals]) -> None:
    """Wait for a stop and hand it to Granian.

    Its handlers set an event that the main thread waits for. Python would call them in that very
    thread, where they hang for good when they interrupt the wait while it holds the event's lock.

    Once: a worker that is told again while it finishes its requests waits, for good, for room to
    note that too, and lets no other thread run meanwhile.
    """
    signal.sigwait(stops)
    while not callable(handler := signal.getsignal(signal.SIGTERM)):
        time.sleep(WATCH_SECONDS)  # whoever is to hear it is not there yet
    handler(signal.SIGTERM, None)


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with a sentence when the address cannot be listened at.

    The workers listen with SO_REUSEPORT, which lets a second server share the port without a
    word; a plain socket does not.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as refusal:
        if refusal.errno == errno.EADDRINUSE:
            raise SystemExit(
                f"Port {port} is taken by another program: stop that one, or set PORT to another."
            ) from None
        raise SystemExit(f"Cannot listen at HOST {host!r}, PORT {port}: {refusal}.") from None


if __name__ == "__main__":
    serve()
