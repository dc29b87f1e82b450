"""Fixtures for databases, servers and browsers, which live outside the test's process.

Tests that stay inside their process ask pytest-django for `db` and need none of these; what one
of them leaves in a cache, the next does not find.
"""

import contextlib
import fcntl
import functools
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests import chromium, forking
from tests.postgres import new_database, running_postgres
from tests.remembering import forget
from tests.serving import Studio, environment, manage, running_studio

# A machine that is busy with other things must not fail a test.
hypothesis.settings.register_profile("studio", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("studio")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whoever asks for one mark and nothing else does not read the files that never name it."""
    mark: str = config.option.markexpr
    if mark.isidentifier() and collection_path.match("test_*.py"):
        return True if mark not in collection_path.read_text() else None
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: one process walks, and short tests are left for the end.

    Of several processes each has a stretch of its own, and takes from the others' last when done.
    """
    items.sort(key=lambda item: "journeys" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Let nobody look for garbage in what was imported and collected, which stays for the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20)


@pytest.fixture(autouse=True)
def _nothing_is_cached() -> None:
    forget()


@pytest.fixture(autouse=True)
def _nobody_has_spoken() -> None:
    """A page in another language leaves it switched on for whoever asks for addresses next."""
    translation.deactivate()


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a module's fixtures write once, and each of its tests finds as it was written.

    Every test undoes what it has done, up to here; the last of them undoes this too.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _what_migrations_wrote(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with django_db_blocker.unblock():
        rows = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        # Emptying it made the rows that follow each migration, with other ids.
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(rows)


@pytest.fixture
def restored_db(_what_migrations_wrote: None, transactional_db: None) -> None:
    """A database with real transactions, which is emptied afterwards.

    The rows that migrations wrote come back for whichever test is next.
    """


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server, for the superuser; started when a test first asks."""
    with running_postgres() as url:
        yield url


type MakeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> MakeOnce:
    """Fill a directory, in one of the processes that share a run; the others wait and find it."""
    mine = tmp_path_factory.getbasetemp()
    ours = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        directory, made = ours / name, ours / f"{name}.made"
        with (ours / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                directory.mkdir()
                fill(directory)
                made.touch()
        return directory

    return make


@pytest.fixture(scope="session")
def migrated_sqlite(make_once: MakeOnce) -> Path:
    """A migrated database file to copy."""

    def migrate(directory: Path) -> None:
        manage("migrate", "-v0", env=environment(f"sqlite:///{directory}/db.sqlite3", directory))

    return make_once("sqlite", migrate) / "db.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgres(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a migrated database to copy."""
    with new_database(postgres_server) as url:
        manage("migrate", "-v0", env=environment(url, tmp_path_factory.mktemp("postgres")))
        yield url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgres"])
def live_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The DATABASE_URL of a migrated, empty database that several processes can share.

    A test that asks for it runs twice, once on each engine.
    """
    if request.param == "sqlite":
        file = tmp_path / "live.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
    else:
        template = request.getfixturevalue("migrated_postgres")
        with new_database(request.getfixturevalue("postgres_server"), copy_of=template) as url:
            yield url


@pytest.fixture(scope="session")
def static_files(make_once: MakeOnce) -> Path:
    """The collected static files, which pages of a running server name."""

    def collect(directory: Path) -> None:
        env = environment(f"sqlite:///{directory}/unused.sqlite3", directory)
        manage("collectstatic", "-v0", "--noinput", env=env)

    return make_once("collected", collect) / "static"


@pytest.fixture
def start_studio(
    tmp_path: Path, static_files: Path
) -> Callable[..., contextlib.AbstractContextManager[Studio]]:
    """Start the server out of a process that has read the program already.

    For example `with start_studio(live_database, WORKERS="4") as studio: ...`.
    """
    return functools.partial(_start, forking.running_studio, tmp_path / "data", static_files)


@pytest.fixture
def start_server(
    tmp_path: Path, static_files: Path
) -> Callable[..., contextlib.AbstractContextManager[Studio]]:
    """The same as people start it, for tests of its processes."""
    return functools.partial(_start, running_studio, tmp_path / "data", static_files)


def _start(
    running: Callable[..., contextlib.AbstractContextManager[Studio]],
    data_dir: Path,
    static_files: Path,
    database_url: str,
    **settings: str,
) -> contextlib.AbstractContextManager[Studio]:
    return running(database_url, data_dir, static_files, **settings)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Without one a test is skipped, but fails in CI."""
    program = chromium.find()
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(chromium.MISSING)
    # Playwright keeps an event loop in this thread, and Django would refuse its queries for that.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "on"
    expect.set_options(timeout=30_000)  # as long as it waits for all else
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program)
        yield started
        started.close()
