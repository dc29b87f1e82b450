"""How processes of the studio end: a signal says so, or whoever started them is gone."""

import os
import signal
import threading
import time
from collections.abc import Callable

WATCH_SECONDS = 0.5
STOP_SECONDS = 10

# What a closed terminal, Ctrl-C and a service manager send.
STOPS = {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}


def stop_with(parent: int) -> None:
    """Wait until the parent process ends, then end this one as the parent would have.

    A parent that was killed cannot stop its workers. Left alone they would keep the port, and no
    new server could start.
    """
    # Not `join()` of multiprocessing: it waits for a pipe that processes started later hold open.
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    signal.alarm(STOP_SECONDS)  # the system's own, which ends a process however stuck it is
    os.kill(os.getpid(), signal.SIGTERM)


def in_background(work: Callable[..., None], *args: object) -> None:
    """Start a thread that keeps nobody from leaving."""
    threading.Thread(target=work, args=args, name=work.__name__, daemon=True).start()
