"""How long fifty clients at one slot have to wait: `python -m benchmarks.races`.

The real server on a database file and on PostgreSQL, five heats each. One client gets the slot,
49 a refusal with alternatives. Beside it stands one client alone, from the same run.
"""

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.bookings.api.test_races import Answer, at_once, post
from tests.bookings.domain.racing import Attempt, racecourse
from tests.postgres import new_database, running_postgres
from tests.serving import Studio, environment, manage, running_studio

CLIENTS = 50
DAYS = [f"2026-08-{day:02}" for day in range(3, 8)]


@contextmanager
def databases(directory: Path) -> Iterator[dict[str, str]]:
    """The URL of an empty database for each engine."""
    with running_postgres() as server, new_database(server) as url:
        yield {"SQLite": f"sqlite:///{directory / 'bench.sqlite3'}", "PostgreSQL": url}


def timed(studio: Studio, body: dict[str, Any]) -> tuple[Answer, float]:
    """An answer to a booking, and the seconds it took."""
    begun = time.perf_counter()
    answer = post(studio, "bookings/", body)
    return answer, time.perf_counter() - begun


def measure(engine: str, url: str, directory: Path) -> None:
    """Print a line for one database."""
    manage("migrate", "-v0", env=environment(url, directory))
    with racecourse(url, str(directory)) as race:
        [names] = race(Attempt("write_studio"))
    location, session_type = names.split()
    body = {
        "location": location,
        "session_type": session_type,
        "client": {"name": "Ada L.", "email": "ada@example.org"},
    }
    with running_studio(
        url, directory, RATE_LIMITS="off", DJANGO_SETTINGS_MODULE="tests.live_settings"
    ) as studio:
        alone = [
            timed(studio, body | {"starts_at": f"2026-08-{day:02}T14:00:00-06:00"})[1]
            for day in range(8, 28)
        ]
        slowest, statuses = [], Counter[int]()
        for day in DAYS:
            wish = body | {"starts_at": f"{day}T10:00:00-06:00"}
            heat = at_once([partial(timed, studio, wish)] * CLIENTS)
            slowest.append(max(seconds for _, seconds in heat))
            statuses.update(answer.status for answer, _ in heat)
    print(
        f"{engine:10} alone {statistics.median(alone) * 1000:5.1f} ms;"
        f" slowest of {CLIENTS} at once {', '.join(f'{one:.2f}' for one in slowest)} s;"
        f" answers {dict(statuses)}"
    )


def main() -> None:
    """Print the figures."""
    print(f"{CLIENTS} clients at one slot, {len(DAYS)} heats:")
    with tempfile.TemporaryDirectory() as directory, databases(Path(directory)) as urls:
        for engine, url in urls.items():
            measure(engine, url, Path(directory) / engine)


if __name__ == "__main__":
    main()
