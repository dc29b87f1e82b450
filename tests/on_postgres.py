"""Runs tests on PostgreSQL.

`python -m tests.on_postgres -m both_engines`, or with any other arguments of pytest.
"""

import os
import subprocess
import sys

from tests.postgres import running_postgres


def main(arguments: list[str]) -> int:
    """Run pytest with DATABASE_URL pointing at a server that lives as long as the run."""
    with running_postgres() as url:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *arguments],
            env={**os.environ, "DATABASE_URL": url},
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
