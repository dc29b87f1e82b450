"""What the studio's answers cost: `python -m benchmarks availability booking`."""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.driver import driver
from benchmarks.figures import Figure
from benchmarks.measuring import counted, measured, peak_mb, place
from benchmarks.studios import Size
from benchmarks.workloads import workloads
from tests.postgres import new_database, running_postgres


@contextlib.contextmanager
def databases(directory: Path) -> Iterator[dict[str, str]]:
    """The URL of an empty database for each engine; both keep what they have committed."""
    with running_postgres(durable=True) as server, new_database(server) as url:
        yield {"SQLite": f"sqlite:///{directory / 'bench.sqlite3'}", "PostgreSQL": url}


def measure(size: Size, parts: Sequence[str]) -> tuple[list[Figure], dict[str, float]]:
    """The figures of these parts on both databases, and the servers' peak memory in megabytes."""
    figures: list[Figure] = []
    memory: dict[str, float] = {}
    with (
        tempfile.TemporaryDirectory() as name,
        databases(directory := Path(name)) as urls,
        driver() as clients,
    ):
        for engine, url in urls.items():
            with place(size, engine, url, directory / engine) as opened:
                wanted = [each for each in workloads() if each.part in parts]
                figures += measured(opened, wanted, clients, counted(opened))
                memory[f"{size}, {engine}"] = round(peak_mb(opened.standing))
    return figures, memory
