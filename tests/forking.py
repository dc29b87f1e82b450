"""Processes that begin with the program read, which is most of what a short one does.

One process reads it, with the settings of `tests.live_settings`: it asks no database anything and
forks into those that do. Each reads the settings anew, from an environment of its own, and opens
connections of its own; nothing that one leaves in its memory is there for the next.
"""

import atexit
import contextlib
import functools
import importlib
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from tests.serving import Studio, environment, served

JOIN_SECONDS = 600  # however busy the machine is
STOP_SECONDS = 30

# What most of them need. Nothing here reads a setting before it is asked to do something.
BEFOREHAND = ("studio.serve", "studio.urls", "tests.bookings.domain.asking", "tests.factories")


class Fork:
    """A process that goes on by itself, with what `subprocess.Popen` offers of it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Its exit code, negative when a signal ended it, or None while it lives."""
        code: int | None = _ask("poll", self.pid)
        return code

    def wait(self, timeout: float = STOP_SECONDS) -> int:
        """The exit code; raises `subprocess.TimeoutExpired`."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"fork {self.pid}", timeout)
            time.sleep(0.02)
        return code

    def send_signal(self, number: int) -> None:
        """Signal it, if it still lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Stop it where it stands."""
        self.send_signal(signal.SIGKILL)


def run[T](work: Callable[..., T], *arguments: Any, env: dict[str, str]) -> T:
    """Have a function of a module called in a process of its own, and give what it returns."""
    said, value = _ask("run", (work, arguments, env))
    assert said == "done", value
    done: T = value
    return done


def begin(work: Callable[..., object], *arguments: Any, env: dict[str, str]) -> Fork:
    """Start a process that calls a function and ends with it; see `Fork`."""
    return Fork(_ask("begin", (work, arguments, env)))


def manage(*command: str, env: dict[str, str]) -> str:
    """What `tests.serving.manage` does, in a fork."""
    return run(_manage, command, env=env)


@contextlib.contextmanager
def running_studio(
    database_url: str, data_dir: Path, static_files: Path, **settings: str
) -> Iterator[Studio]:
    """What `tests.serving.running_studio` does, with a server that is there sooner."""

    def start(env: dict[str, str], log: Path) -> Fork:
        return begin(_serve, str(log), env=env)

    with served(start, database_url, data_dir, static_files, **settings) as studio:
        yield studio


def _manage(command: tuple[str, ...]) -> str:
    from django.core.management import execute_from_command_line

    with contextlib.redirect_stdout(io.StringIO()) as printed:
        execute_from_command_line(["manage.py", *command])
    return printed.getvalue()


def _serve(log: str) -> None:
    from studio.serve import serve

    os.setsid()
    with Path(log).open("wb") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    serve()


# On this side: one of those who fork for each process of tests, from when it is first asked.


def _ask(what: str, about: Any) -> Any:
    pipe = _forks()
    pipe.send((what, about))
    assert pipe.poll(JOIN_SECONDS), f"nobody answered to {what}"
    return pipe.recv()


@functools.cache
def _forks() -> Connection:
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    directory = tempfile.TemporaryDirectory(prefix="studio-forks-")
    settings = {"DJANGO_SETTINGS_MODULE": "tests.live_settings"}
    data_dir = Path(directory.name)
    env = environment(f"sqlite:///{data_dir}/unused.sqlite3", data_dir, **settings)
    process = spawn.Process(target=_fork_when_asked, args=(env, there))
    process.start()
    there.close()

    def stop() -> None:
        here.close()
        process.join(STOP_SECONDS)
        directory.cleanup()

    atexit.register(stop)
    return here


# On the other side.


def _fork_when_asked(env: dict[str, str], asked: Connection) -> None:
    _take(env)
    import django

    django.setup()
    for module in BEFOREHAND:
        importlib.import_module(module)
    fork = multiprocessing.get_context("fork")
    going: dict[int, ForkProcess] = {}
    # Until the other end is closed.
    with contextlib.suppress(EOFError, OSError):
        while True:
            what, about = asked.recv()
            if what == "poll":
                asked.send(going[about].exitcode)
                continue
            here, there = fork.Pipe()
            process = fork.Process(target=_work, args=(*about, there))
            process.start()
            there.close()
            if what == "begin":
                assert process.pid is not None
                going[process.pid] = process
                asked.send(process.pid)
            else:
                asked.send(_said(here))
                process.join()
            here.close()
    for process in going.values():
        process.kill()


def _said(there: Connection) -> tuple[str, Any]:
    try:
        said: tuple[str, Any] = there.recv()
    except EOFError:
        said = ("failed", "It ended without a word.")
    return said


def _work(
    work: Callable[..., Any], arguments: tuple[Any, ...], env: dict[str, str], said: Connection
) -> None:
    try:
        _begin_anew(env)
        answer = ("done", work(*arguments))
    except BaseException:
        answer = ("failed", traceback.format_exc())
    # Whoever was only begun has nobody who listens.
    with contextlib.suppress(OSError):
        said.send(answer)


def _begin_anew(env: dict[str, str]) -> None:
    """Read the settings as a new process does."""
    import django
    from django.conf import settings
    from django.db import connections
    from django.utils.functional import empty

    _take(env)
    for module in (env["DJANGO_SETTINGS_MODULE"], "studio.settings"):
        sys.modules.pop(module, None)
    settings._wrapped = empty  # what it is before anybody asks
    for connection in connections.all(initialized_only=True):
        del connections[connection.alias]  # which was never opened
    connections.settings = connections.configure_settings(None)
    django.setup()


def _take(env: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(env)
