"""`django-appointment` beside us: installed into an environment of its own, filled, and served."""

import contextlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measuring import Server
from benchmarks.processes import family
from benchmarks.studios import CLOSE, OPEN, TODAY, VISITS, ZONE, Size, sessions
from tests.postgres import free_port
from tests.serving import ROOT, STOP_SECONDS, environment, status

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
ENVIRONMENT = ROOT / "var/peer"
START_SECONDS = 60
GUESTS = 300
"""Clients who book; each once, as what a session remembers makes it slower."""


class NotInstalled(Exception):
    """The peer cannot be had here, and why."""


@dataclass(frozen=True)
class Peer:
    """Its server, and whom to ask for."""

    server: Server
    service: int
    staff: Sequence[int]
    sessions: Sequence[str]
    first: date
    """What stands for the first of the 30 days; it goes by the machine's own clock."""


def installed() -> Path:
    """The Python of the peer's environment, made where it is missing or another one is wanted.

    Raises `NotInstalled`.
    """
    python, made_of = ENVIRONMENT / "bin/python", ENVIRONMENT / "requirements.txt"
    wanted = REQUIREMENTS.read_text()
    if python.exists() and made_of.exists() and made_of.read_text() == wanted:
        return python
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
        [*pip, "-r", str(REQUIREMENTS)],
    ):
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode != 0:
            tried = " ".join(command)
            raise NotInstalled(f"{tried}\n{ran.stderr.strip()[-1000:]}")
    made_of.write_text(wanted)
    return python


@contextlib.contextmanager
def peer(size: Size, url: str, directory: Path) -> Iterator[Peer]:
    """Fill an empty database and serve it as we are served: Granian, two workers, four threads."""
    python = str(installed())
    directory.mkdir(parents=True)
    env = environment(
        url,
        directory,
        DJANGO_SETTINGS_MODULE="benchmarks.peer.settings",
        SECRET_KEY=secrets.token_hex(),
    )
    port, first = free_port(), datetime.now(ZONE).date() + timedelta(days=1)
    django = [python, "-m", "django"]  # its models come without migrations
    for how in ([], ["--run-syncdb"]):
        subprocess.run([*django, "migrate", "-v0", *how], cwd=ROOT, env=env, check=True)
    filled = subprocess.run(
        [python, "-m", "benchmarks.peer.fill"],
        cwd=ROOT,
        env=env,
        check=True,
        input=json.dumps(described(size, first)),
        stdout=subprocess.PIPE,
        text=True,
    )
    serving = [python, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    serving += ["--workers", "2", "--blocking-threads", "4", "--log-level", "warning"]
    serving += ["--host", "127.0.0.1", "--port", str(port), "benchmarks.peer.wsgi:application"]
    process = subprocess.Popen(serving, cwd=ROOT, env=env, start_new_session=True)
    try:
        wait_until_ready(process, port)
        yield Peer(Server(port, family(process.pid)), first=first, **json.loads(filled.stdout))
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def described(size: Size, first: date) -> dict[str, Any]:
    """The studio in the words of `fill`; a session's day is counted from `first`."""
    return {
        "therapists": size.therapists,
        "minutes": 60,
        "gap": 15,
        "step": 15,
        "open": OPEN,
        "close": CLOSE,
        "first": first.isoformat(),
        "visits": VISITS,
        "guests": GUESTS,
        "sessions": [
            (each.therapist, (each.day - TODAY).days, f"{each.start:%H:%M}")
            for each in sessions(size)
        ],
    }


def wait_until_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when it answers anything at all."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            status(f"http://127.0.0.1:{port}/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("django-appointment did not start.")
