import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.postgres import embedded_binaries, find_binaries, new_database, running_postgres
from tests.serving import ROOT, environment, manage


@pytest.mark.parametrize("binaries", [find_binaries, embedded_binaries])
def test_a_server_starts_answers_and_leaves_nothing_behind(binaries):
    with running_postgres(binaries()) as url:
        with psycopg.connect(url) as session:
            [[version]] = session.execute("SELECT version()")
            [[data]] = session.execute("SHOW data_directory")
        assert version.startswith("PostgreSQL ")
        assert Path(data).parent.exists()

    assert not Path(data).parent.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_new_database_is_gone_afterwards(postgres_server):
    with new_database(postgres_server) as url:
        psycopg.connect(url).close()

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_other_processes_see_the_live_database_migrated(live_database, tmp_path):
    plan = manage("showmigrations", "--plan", env=environment(live_database, tmp_path))

    assert "[X]  auth.0001_initial" in plan
    assert "[ ]" not in plan


@pytest.mark.both_engines
@pytest.mark.django_db
def test_the_run_uses_the_engine_it_was_told_to_use(settings):
    scheme = settings.DATABASE_URL.partition(":")[0]

    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[scheme]


def test_on_postgres_runs_pytest_on_postgres():
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "tests.on_postgres", "-q", "--no-migrations"),
            *("-k", "uses_the_engine", __file__),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert "1 passed" in ran.stdout
