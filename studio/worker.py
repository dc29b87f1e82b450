"""The worker beside the server: `manage.py sendnotifications`, in a process that is kept alive.

The server starts `python -m studio.worker` and stays without Django itself.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studio.stopping import STOP_SECONDS, STOPS, WATCH_SECONDS, in_background, stop_with

RESPAWN_SECONDS = 1  # a worker that dies at once must not keep a processor busy

STARTING = threading.Lock()
"""Held by whoever starts a process.

`Popen` waits until its child has closed a pipe. One that the server forks meanwhile inherits that
pipe and keeps it open as long as it lives, so the keeper would wait for good and replace nobody.
"""

ROOT = Path(__file__).parent.parent


@contextmanager
def working(*, wanted: bool = True) -> Iterator[None]:
    """Have a worker for as long as this lasts; one that ends before is replaced."""
    if not wanted:
        yield
        return
    leaving = threading.Event()
    keeper = threading.Thread(target=keep, args=(leaving,), name="worker-keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        leaving.set()
        keeper.join()


def keep(leaving: threading.Event) -> None:
    """Start a worker, and another one when it ends, until it is time to leave."""
    command = [sys.executable, "-m", "studio.worker", str(os.getpid())]
    while not leaving.is_set():
        with suppress(OSError):  # no memory for it now
            # In a group of its own it does not hear Ctrl-C: it is told to stop, once.
            with STARTING:
                process = subprocess.Popen(command, cwd=ROOT, process_group=0)
            while process.poll() is None and not leaving.wait(WATCH_SECONDS):
                pass
            if process.poll() is None:
                stop(process)
        leaving.wait(RESPAWN_SECONDS)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let it finish the message in hand; a mail server that keeps it hanging is not waited for."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """What the worker's process does: work until the server says stop, or is no more."""
    # The server keeps them back for a thread of its own, and this process inherits that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    in_background(stop_with, int(sys.argv[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", "sendnotifications"])


if __name__ == "__main__":
    main()
