"""How long the pages take that anybody may read: `python -m benchmarks.pages`.

The demo studio on a database file and on PostgreSQL. The times are those of the whole request,
without the network; sizes are those of the HTML, as it is and as it travels.
"""

import gzip
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benchmarks.core import median_ms
from benchmarks.races import databases
from tests.serving import environment, manage

if TYPE_CHECKING:  # Django is set up in the processes that measure
    from django.http import HttpResponse

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.live_settings"}
ROUNDS = 20
DEMO = {
    "location": "downtown",
    "session_type": "bar-60",
    "therapist": "andre",
    "article": "ashiatsu",
}


def measure(engine: str) -> None:
    """Print what each page takes."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.public_pages import TIMES, public_pages
    from tests.remembering import forget

    print(f"{engine}:")
    browser = Client(SERVER_NAME="localhost")

    times = public_pages(**DEMO)[TIMES]

    def first_look() -> "HttpResponse":
        forget()
        return cast("HttpResponse", browser.get(times))

    ways = {path: partial(browser.get, path) for path in public_pages(**DEMO).values()}
    for way, ask in (ways | {f"{times} (first look)": first_look}).items():
        ask()
        with CaptureQueriesContext(connection) as captured:
            page = cast("HttpResponse", ask())
        print(
            f"  {way:36} {page.status_code}, {len(captured):2} queries,"
            f" {len(page.content) / 1000:4.1f} kB,"
            f" {len(gzip.compress(page.content)) / 1000:3.1f} kB compressed,"
            f" median {median_ms(ask, ROUNDS):5.1f} ms"
        )


def main() -> None:
    """Print the figures."""
    print("The public pages of the demo studio:")
    with tempfile.TemporaryDirectory() as directory, databases(Path(directory)) as urls:
        for engine, url in urls.items():
            env = environment(url, Path(directory) / engine, **SETTINGS)
            manage("migrate", "-v0", env=env)
            manage("loadstudio", "--if-empty", env=env)
            manage("loadpages", env=env)
            manage("collectstatic", "-v0", "--noinput", env=env)
            subprocess.run([sys.executable, "-m", "benchmarks.pages", engine], env=env, check=True)


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
