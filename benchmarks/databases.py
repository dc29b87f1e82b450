"""Empty databases of both engines, for what is measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import new_database, running_postgres

ENGINES = ("SQLite", "PostgreSQL")


@contextmanager
def one_of_each(directory: Path, *, durable: bool = False) -> Iterator[dict[str, str]]:
    """The URL of a database by its engine; what a `durable` one has committed is on disk."""
    with running_postgres(durable=durable) as server, new_database(server) as url:
        yield {"SQLite": f"sqlite:///{directory / 'bench.sqlite3'}", "PostgreSQL": url}


@contextmanager
def two_of(engine: str, directory: Path) -> Iterator[tuple[str, str]]:
    """The URLs of ours and of the peer's; what they have committed is on disk."""
    if engine == "SQLite":
        yield f"sqlite:///{directory / 'ours.sqlite3'}", f"sqlite:///{directory / 'peer.sqlite3'}"
    else:
        with (
            running_postgres(durable=True) as server,
            new_database(server) as ours,
            new_database(server) as the_peers,
        ):
            yield ours, the_peers
