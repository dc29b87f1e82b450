import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.serving import Studio, environment, manage

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.live_settings"}


@pytest.fixture
def studio(
    migrated_sqlite: Path,
    tmp_path: Path,
    start_studio: Callable[..., AbstractContextManager[Studio]],
) -> Iterator[Studio]:
    """A running studio with one session to book; its clock shows seven on a Monday in August."""
    file = tmp_path / "journey.sqlite3"
    shutil.copy(migrated_sqlite, file)
    url = f"sqlite:///{file}"
    manage(
        "shell",
        "-v0",
        "-c",
        "from tests.factories import make_bookable; make_bookable()",
        env=environment(url, tmp_path / "data", **SETTINGS),
    )
    with start_studio(url, **SETTINGS) as running:
        yield running
