"""Measures the real server: rounds of each workload, each beside its yardstick."""

import contextlib
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.commits import committing
from benchmarks.driver import Driver, Job, Sample
from benchmarks.figures import Figure, cost, figure_of
from benchmarks.studios import Size, write
from benchmarks.workloads import HELLO, Workload
from tests.serving import Studio, environment, manage, running_studio

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.server.settings",
    "RATE_LIMITS": "off",
    "LOG_LEVEL": "WARNING",
}
ROUNDS = 5
CLIENTS = (1, 8)
SECONDS, YARDSTICK_SECONDS = 1.0, 0.5
WARM_SECONDS = 0.5
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Place:
    """A studio on a database: two servers that differ in how their clocks go."""

    size: Size
    engine: str
    env: dict[str, str]
    standing: Studio
    stepping: Studio
    commit_seconds: Callable[[], float]

    def port(self, *, stepping: bool = False) -> int:
        """Where to ask."""
        port = urlsplit((self.stepping if stepping else self.standing).url).port
        assert port is not None
        return port


@contextlib.contextmanager
def place(size: Size, engine: str, url: str, directory: Path) -> Iterator[Place]:
    """Load the studio into an empty database and open it."""
    directory.mkdir(parents=True)
    env = environment(url, directory / "loading", **SETTINGS)
    manage("migrate", "-v0", env=env)
    manage("collectstatic", "-v0", "--no-input", env=env)
    manage("loadstudio", str(write(size, directory)), env=env)
    static = directory / "loading/static"
    stepping_too = SETTINGS | {"STEPPING": "1"}
    with (
        running_studio(url, directory / "standing", static, **SETTINGS) as standing,
        running_studio(url, directory / "stepping", static, **stepping_too) as stepping,
        committing(engine, url, directory) as commit_seconds,
    ):
        yield Place(size, engine, env, standing, stepping, commit_seconds)


def measured(
    place: Place, workloads: Sequence[Workload], driver: Driver, queries: dict[str, int]
) -> list[Figure]:
    """Every workload at one client and at eight, in rounds, so that noise hits all of them."""
    samples: dict[tuple[str, int], list[Sample]] = defaultdict(list)
    yardsticks: dict[tuple[str, int], list[float]] = defaultdict(list)
    for workload in workloads:
        warm_up(place, workload, driver)
    for _ in range(ROUNDS):
        for workload in workloads:
            for clients in CLIENTS:
                key = workload.name, clients
                yardsticks[key].append(yardstick(place, workload, clients, driver))
                samples[key].append(asked(place, workload, clients, driver))
    return [
        figure_of(
            samples[workload.name, clients],
            yardsticks[workload.name, clients],
            workload=workload.name,
            studio=str(place.size),
            engine=place.engine,
            clients=clients,
            yardstick=workload.yardstick,
            queries=queries.get(workload.name),
        )
        for workload in workloads
        for clients in CLIENTS
    ]


def warm_up(place: Place, workload: Workload, driver: Driver) -> None:
    """What comes first is slower in every process; nobody is to wait for it in a round."""
    for asked_for in (HELLO, workload):
        port = place.port(stepping=asked_for.stepping)
        units = asked_for.units(port)
        seconds = None if asked_for.counts else WARM_SECONDS
        driver.run(Job(port, units[:20], asked_for.status, 8, seconds))


def asked(place: Place, workload: Workload, clients: int, driver: Driver) -> Sample:
    """One round of a workload."""
    port = place.port(stepping=workload.stepping)
    units = workload.units(port)
    if workload.counts is None:
        return driver.run(Job(port, units, workload.status, clients, SECONDS))
    count = workload.counts[CLIENTS.index(clients)]
    return driver.run(Job(port, units[:count], workload.status, clients))


def yardstick(place: Place, workload: Workload, clients: int, driver: Driver) -> float:
    """What the least costs that a workload can be compared with, in seconds."""
    port = place.port()
    sample = driver.run(Job(port, HELLO.units(port), HELLO.status, clients, YARDSTICK_SECONDS))
    seconds = cost(sample, clients)
    return seconds + place.commit_seconds() if "commit" in workload.yardstick else seconds


def peak_mb(studio: Studio) -> float:
    """The most that the server's processes have had in memory, each on its own, added up."""
    return sum(map(_peak, studio.workers | {studio.process.pid})) / MEGABYTE


def _peak(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def counted(place: Place) -> dict[str, int]:
    """How many statements each workload sends to the database, counted where nothing is timed."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.counting", str(place.port())],
        env=place.env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = (line.rpartition(" ") for line in told.stdout.splitlines())
    return {name: int(count) for name, _, count in lines}
