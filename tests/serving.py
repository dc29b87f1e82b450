"""The real server, on a port and a database of a test's own."""

import contextlib
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.postgres import free_port

ROOT = Path(__file__).parent.parent
START_SECONDS = 120
STOP_SECONDS = 20
PATIENCE_SECONDS = 120


class Process(Protocol):
    """What tests need of a server's process: some of what `subprocess.Popen` offers."""

    @property
    def pid(self) -> int:
        """Its number."""

    def poll(self) -> int | None:
        """Its exit code, or None while it lives."""

    def wait(self, timeout: float = ..., /) -> int:
        """Its exit code, once there is one; raises `subprocess.TimeoutExpired`."""

    def send_signal(self, number: int, /) -> None:
        """Signal it, if it still lives."""

    def terminate(self) -> None:
        """Ask it to stop."""

    def kill(self) -> None:
        """Stop it where it stands."""


@dataclass(frozen=True)
class Studio:
    """A server at work. Its log grows while it runs."""

    url: str
    process: Process
    log_file: Path

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        return self.log_file.read_text()

    @property
    def workers(self) -> set[int]:
        """The process ids of the workers that live."""
        return self._living(r"worker-\d with PID: (\d+)")

    @property
    def mail_workers(self) -> set[int]:
        """The same for the worker that mails what is due."""
        return self._living(r"Mail worker started with PID: (\d+)")

    def _living(self, started: str) -> set[int]:
        return {pid for pid in map(int, re.findall(started, self.log)) if lives(pid)}


@contextlib.contextmanager
def running_studio(
    database_url: str, data_dir: Path, static_files: Path | None = None, **settings: str
) -> Iterator[Studio]:
    """Start `studio.serve` in a process group of its own, and stop it afterwards.

    Pages that name static files need `static_files`, what `collectstatic` made. Mail is sent only
    with SEND_NOTIFICATIONS="on": few tests wait for it, and it is one more process to start.
    """
    with served(_start, database_url, data_dir, static_files, **settings) as studio:
        yield studio


def _start(env: dict[str, str], log_file: Path) -> subprocess.Popen[bytes]:
    with log_file.open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "studio.serve"],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


@contextlib.contextmanager
def served(
    start: Callable[[dict[str, str], Path], Process],
    database_url: str,
    data_dir: Path,
    static_files: Path | None,
    **settings: str,
) -> Iterator[Studio]:
    """Have a server started with an environment and a log, and stop it afterwards."""
    settings = {"SEND_NOTIFICATIONS": "off"} | settings
    port = free_port()
    data_dir.mkdir(parents=True, exist_ok=True)
    if static_files is not None:
        (data_dir / "static").symlink_to(static_files)
    log_file = data_dir / "log"
    process = start(environment(database_url, data_dir, PORT=str(port), **settings), log_file)
    studio = Studio(f"http://127.0.0.1:{port}", process, log_file)
    try:
        wait_until_ready(studio)
        yield studio
    except AssertionError:
        print(studio.log)  # pytest shows it beside what was expected
        raise
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment(database_url: str, data_dir: Path, **settings: str) -> dict[str, str]:
    """The environment of a process that works on `database_url` with the project's own settings."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "studio.settings",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
        **settings,
    }


def manage(*command: str, env: dict[str, str]) -> str:
    """Run a `manage.py` command as a person would, and give what it printed."""
    ran = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def lives(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(is_so: Callable[[], bool]) -> None:
    """Wait for something that takes a moment; fail when it does not come."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def wait_until_ready(studio: Studio) -> None:
    """Return when the server answers anything at all; fail with its log when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while studio.process.poll() is None and time.monotonic() < deadline:
        try:
            status(studio.url)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"The server did not start:\n{studio.log}")


def status(url: str) -> int:
    """The status of a GET; an `OSError` when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            code: int = answer.status
            return code
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
