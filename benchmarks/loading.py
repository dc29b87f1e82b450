"""How long a studio file with 100,000 bookings takes: `python -m benchmarks.loading`.

Loaded into an empty database, then looked over by `checkschedule`, as anybody would; on a database
file and on PostgreSQL. Beside the time that passed stands what the command's own process worked:
where little else runs, the two differ by what the database's server does.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.databases import ENGINES, two_of
from benchmarks.processes import Moment
from benchmarks.studios import LARGE, write
from tests.serving import ROOT, environment, manage

GOALS = {"loadstudio": 60, "checkschedule": 10}


@dataclass(frozen=True)
class Took:
    """What a command took: seconds on the wall's clock, seconds of work, megabytes at the most."""

    passed: float
    worked: float
    peak_mb: float


def timed(command: Sequence[str], env: dict[str, str]) -> Took:
    """Run a `manage.py` command; what it has to say goes to this process's own standard error."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=env, stdout=sys.stderr
    )
    _, status, used = os.wait4(process.pid, 0)
    passed = time.perf_counter() - begun
    assert status == 0, command
    return Took(passed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def main() -> dict[str, Any]:
    """Print the figures, and give them by database and command."""
    print(f"A studio file with {LARGE}:")
    found = {}
    begun = Moment.now()
    with tempfile.TemporaryDirectory() as name:
        file = write(LARGE, directory := Path(name))
        for engine in ENGINES:
            with two_of(engine, directory) as (url, _):
                found[engine] = measure(engine, environment(url, directory / engine), file)
    print(f"Others used {Moment.now().others_since(begun):.0%} of the processors meanwhile.")
    return found


def measure(engine: str, env: dict[str, str], file: Path) -> dict[str, dict[str, float]]:
    """Print a line for each command on one database."""
    manage("migrate", "-v0", env=env)
    found = {}
    for command in (["loadstudio", str(file)], ["checkschedule"]):
        took = timed(command, env)
        print(
            f"{engine:10} {command[0]:13} {took.passed:5.1f} s (goal: {GOALS[command[0]]}),"
            f" of them at work {took.worked:.1f} s, {took.peak_mb:.0f} MB"
        )
        found[command[0]] = {name: round(value, 1) for name, value in asdict(took).items()}
    return found


if __name__ == "__main__":
    main()
