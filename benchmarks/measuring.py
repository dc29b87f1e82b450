"""The real server with a studio in it, and how its answers are measured."""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.commits import committing
from benchmarks.driver import Driver, Job, Sample
from benchmarks.figures import Cost, cost
from benchmarks.processes import family, peak_bytes, processor_seconds
from benchmarks.rounds import Pairing
from benchmarks.studios import Size, write
from benchmarks.workloads import HELLO, Workload
from tests.serving import Studio, environment, manage, running_studio

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.server.settings",
    "RATE_LIMITS": "off",
    "LOG_LEVEL": "WARNING",
}
CLIENTS = (1, 8)
SECONDS, YARDSTICK_SECONDS, WARM_SECONDS = 1.0, 0.5, 0.5
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Server:
    """Where to ask, and who answers."""

    port: int
    pids: Sequence[int]

    @classmethod
    def of(cls, studio: Studio) -> "Server":
        """That of a studio that has started."""
        port = urlsplit(studio.url).port
        assert port is not None
        return cls(port, family(studio.process.pid))

    @property
    def peak_mb(self) -> float:
        """The most that its processes have had in memory."""
        return peak_bytes(self.pids) / MEGABYTE

    def asked(self, job: Job, driver: Driver) -> Sample:
        """What came of a job, with what the server worked for it."""
        before = processor_seconds(self.pids)
        sample = driver.run(job)
        return replace(sample, processor=processor_seconds(self.pids) - before)


@dataclass(frozen=True)
class Place:
    """A studio on a database: two servers that differ in how their clocks go."""

    size: Size
    engine: str
    env: dict[str, str]
    standing: Server
    stepping: Server
    commit_seconds: Callable[[], float]

    def asked(self, workload: Workload, clients: int, driver: Driver) -> Sample:
        """One round of a workload."""
        server = self.stepping if workload.stepping else self.standing
        units = workload.units(server.port)
        job = Job(server.port, units, workload.status, clients, SECONDS)
        if workload.counts is not None:
            count = workload.counts[CLIENTS.index(clients)]
            job = replace(job, units=units[:count], seconds=None)
        return server.asked(job, driver)

    def yardstick(self, workload: Workload, clients: int, driver: Driver) -> Cost:
        """The least that such a thing costs here."""
        port = self.standing.port
        job = Job(port, HELLO.units(port), HELLO.status, clients, YARDSTICK_SECONDS)
        hello = cost(self.standing.asked(job, driver), clients)
        return hello + Cost(self.commit_seconds(), 0) if workload.commits else hello

    def warm_up(self, workloads: Sequence[Workload], driver: Driver) -> None:
        """What comes first is slower in every process; no round is to wait for it."""
        for each in (HELLO, *workloads):
            server = self.stepping if each.stepping else self.standing
            units = each.units(server.port)[:20]
            seconds = None if each.counts else WARM_SECONDS
            server.asked(Job(server.port, units, each.status, 8, seconds), driver)

    def pairings(
        self, workloads: Sequence[Workload], driver: Driver, queries: dict[str, int]
    ) -> list[Pairing]:
        """Every workload, at one client and at eight."""
        return [
            Pairing(
                clients,
                partial(self.asked, workload, clients, driver),
                partial(self.yardstick, workload, clients, driver),
                {
                    "workload": workload.name,
                    "studio": str(self.size),
                    "engine": self.engine,
                    "yardstick": "hello and a commit" if workload.commits else "hello",
                    "queries": queries[workload.name],
                },
            )
            for workload in workloads
            for clients in CLIENTS
        ]

    def queries(self) -> dict[str, int]:
        """How many statements each workload sends to the database, counted apart."""
        counted = subprocess.run(
            [sys.executable, "-m", "benchmarks.counting", str(self.standing.port)],
            env=self.env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines = (line.rpartition(" ") for line in counted.stdout.splitlines())
        return {name: int(count) for name, _, count in lines}


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
        servers = Server.of(standing), Server.of(stepping)
        yield Place(size, engine, env, *servers, commit_seconds)
