"""How long the pages take that anybody may read: `python -m benchmarks.pages`.

The demo studio on a database file and on PostgreSQL, asked by one client over a connection that
stays open, beside a view that says hello. A page is made for who comes first after a change, sent
again to others, and left with who has it already (304).
"""

import http.client
import itertools
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.databases import one_of_each
from benchmarks.driver import Driver, Job, Sample, Unit, driver
from benchmarks.figures import Cost, Figure, cost
from benchmarks.measuring import SETTINGS, Server
from benchmarks.rounds import Pairing, measured
from benchmarks.workloads import HELLO, request
from tests.serving import environment, manage, running_studio

KEPT = (
    "/",
    "/ashiatsu/",
    "/when-not/",
    "/sessions/",
    "/sessions/bar-60/",
    "/therapists/",
    "/therapists/andre/",
    "/locations/downtown/",
    "/contact/",
    "/book/downtown/",
)
TIMES = "/book/downtown/bar-60/"
"""True for a moment, and nobody's to store: it has no 304."""

MADE, AGAIN, UNCHANGED = "made", "sent again", "304"
BROWSER = {"Accept_Encoding": "gzip, deflate, br"}
SECONDS, YARDSTICK_SECONDS = 0.4, 0.2
MOST_LOOKS = 1000
ROUNDS = 3

_looks = itertools.count()


def answer(port: int, path: str, **headers: str) -> tuple[str, int]:
    """The ETag of a page, and how many bytes it takes on the way."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        got = connection.getresponse()
        return got.headers.get("ETag", ""), len(got.read())


def asked(server: Server, path: str, way: str, clients: Driver) -> Sample:
    """A page in one of the three ways."""
    units: list[Unit]
    if way == MADE:  # under an address that nobody has asked for yet
        looks = itertools.islice(_looks, MOST_LOOKS)
        units = [[request("GET", f"{path}?look={look}", **BROWSER)] for look in looks]
    elif way == AGAIN:
        units = [[request("GET", path, **BROWSER)]]
    else:
        etag, _ = answer(server.port, path)
        units = [[request("GET", path, **BROWSER, If_None_Match=etag)]]
    status = 304 if way == UNCHANGED else 200
    return server.asked(Job(server.port, units, status, seconds=SECONDS), clients)


def hello(server: Server, clients: Driver) -> Cost:
    """The least that any answer costs."""
    units = HELLO.units(server.port)
    job = Job(server.port, units, HELLO.status, seconds=YARDSTICK_SECONDS)
    return cost(server.asked(job, clients), 1)


def pairings(server: Server, engine: str, clients: Driver) -> Iterator[Pairing]:
    """Every page in each of its ways."""
    ways = [(path, way) for path in KEPT for way in (MADE, AGAIN, UNCHANGED)]
    for path, way in [*ways, (TIMES, MADE), (TIMES, AGAIN)]:
        what = {"workload": way, "studio": path, "engine": engine, "yardstick": "hello"}
        yield Pairing(
            1, partial(asked, server, path, way, clients), partial(hello, server, clients), what
        )


def tell(port: int, figures: list[Figure]) -> None:
    """Print a row for each page."""
    print("| | bytes, gzip, brotli | made | sent again | 304 |\n|---|--:|--:|--:|--:|")
    for path, its in itertools.groupby(figures, key=lambda each: each.studio):
        sizes = (answer(port, path, Accept_Encoding=way)[1] for way in ("identity", "gzip", "br"))
        cells = (", ".join(f"{size:,}" for size in sizes), *map(told, its))
        print(f"| `{path}` | {' | '.join(cells)} |")


def told(figure: Figure) -> str:
    """Beside hello by the clock and by processor time, and how long it takes."""
    return f"{figure.ratio:.1f} x, {figure.processor_ratio:.1f} x, {figure.p50_ms:.2f} ms"


def measure(engine: str, url: str, directory: Path) -> dict[str, Any]:
    """Print what each page takes, and give it by page and way."""
    env = environment(url, directory / "loading", **SETTINGS)
    for command in (["migrate"], ["loadstudio", "--if-empty"], ["loadpages"], ["collectstatic"]):
        manage(*command, "-v0", *(["--no-input"] if command == ["collectstatic"] else []), env=env)
    static = directory / "loading" / "static"
    with (
        running_studio(url, directory / "served", static, **SETTINGS) as studio,
        driver() as clients,
    ):
        server = Server.of(studio)
        figures = measured(list(pairings(server, engine, clients)), ROUNDS)
        print(f"{engine}: hello takes {figures[0].yardstick_ms:.2f} ms")
        tell(server.port, figures)
    pages: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for each in figures:
        pages[each.studio][each.workload] = each.in_short
    return pages


def main() -> dict[str, Any]:
    """Print the figures, and give them by database."""
    print("The public pages of the demo studio:")
    with tempfile.TemporaryDirectory() as directory, one_of_each(Path(directory)) as urls:
        return {
            engine: measure(engine, url, Path(directory) / engine) for engine, url in urls.items()
        }


if __name__ == "__main__":
    main()
