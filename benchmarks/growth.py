"""What answers cost as a studio grows: `python -m benchmarks.growth [WHAT ...]`.

A small studio and a grown one are open at the same time, and are asked in turn: W1, W2 and W3 as in
`benchmarks.workloads`, by one client, no answer at hand. What is told is how many times longer the
grown one takes. It should follow what is asked, and not what lies behind (history) or elsewhere
(branches); of more therapists more is asked.
"""

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.databases import ENGINES, two_of
from benchmarks.driver import Driver, driver
from benchmarks.figures import Cost, Figure, cost
from benchmarks.history import lengthen
from benchmarks.measuring import Place, place
from benchmarks.processes import Moment
from benchmarks.rounds import Pairing, measured
from benchmarks.studios import SMALL, Size
from benchmarks.workloads import Workload, workloads
from tests.serving import manage

ROUNDS = 7
ASKED = ("W1", "W2", "W3")
HISTORY_GOAL = 1.15


@dataclass(frozen=True)
class Growth:
    """What a studio grows to, and how many times longer its answers may take."""

    grown: Size
    goal: float | None = None


GROWTHS = {
    "history": Growth(Size(5, 100_000), HISTORY_GOAL),
    "branches": Growth(Size(5, 1_000, branches=999)),
    "50": Growth(Size(50, 10_000)),
    "500": Growth(Size(500, 100_000)),
}
"""By what is typed; the numbers are of therapists."""


@contextmanager
def opened(size: Size, engine: str, behind: int = 0) -> Iterator[Place]:
    """A studio on a database of its own, with so many bookings behind it or as many as it says."""
    with (
        tempfile.TemporaryDirectory() as name,
        two_of(engine, Path(name)) as (url, _),
        place(size, engine, url, Path(name) / "studio") as studio,
    ):
        if behind:
            lengthen(url, behind)
            print(f"{size}, {behind:,} behind: {manage('checkschedule', env=studio.env).strip()}")
        yield studio


def pairing(workload: Workload, small: Place, grown: Place, clients: Driver) -> Pairing:
    """A workload in the grown studio, with the same in the small one beside it."""

    def beside() -> Cost:
        return cost(small.asked(workload, 1, clients), 1)

    told = {"workload": workload.name, "studio": str(grown.size), "engine": grown.engine}
    return Pairing(
        1,
        partial(grown.asked, workload, 1, clients),
        beside,
        told | {"yardstick": str(small.size)},
    )


def compared(small: Place, grown: Place, clients: Driver, rounds: int) -> list[Figure]:
    """The figures of all workloads."""
    asked = [each for each in workloads() if each.name in ASKED]
    for studio in (small, grown):
        studio.warm_up(asked, clients)
    return measured([pairing(each, small, grown, clients) for each in asked], rounds)


def told(figure: Figure, goal: float | None) -> str:
    """A line for people."""
    line = (
        f"{figure.workload:3} {figure.studio:40} {figure.engine:10} {figure.ratio:6.2f} x"
        f" ({figure.processor_ratio:.2f} x by the server's CPU):"
        f" {figure.yardstick_ms:.2f} -> {figure.p50_ms:.2f} ms"
    )
    return f"{line}, goal {goal} x" if goal else line


def whole(
    what: Iterable[str] = GROWTHS,
    engines: Iterable[str] = ENGINES,
    *,
    rounds: int = ROUNDS,
    behind: int = 0,
) -> dict[str, Any]:
    """Print the figures, and give them by what grows, database and workload."""
    found: dict[str, dict[str, Any]] = {name: {} for name in what}
    print("What answers cost as a studio grows:")
    begun = Moment.now()
    for engine in engines:
        with ExitStack() as stack:
            clients = stack.enter_context(driver())
            small = stack.enter_context(opened(SMALL, engine))
            for name in found:
                growth = GROWTHS[name]
                more = behind if (name, engine) == ("history", "PostgreSQL") else 0
                with opened(growth.grown, engine, more) as grown:
                    figures = compared(small, grown, clients, rounds)
                found[name][engine] = {each.workload: each.in_short for each in figures}
                for each in figures:
                    print(told(each, growth.goal), flush=True)
    print(f"Other programs had {Moment.now().others_since(begun):.0%} of the processors meanwhile.")
    return found


def main() -> None:
    """Measure what is typed."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    reader.add_argument("what", nargs="*", metavar="WHAT", help=f"some of: {', '.join(GROWTHS)}")
    reader.add_argument("--engine", action="append", choices=ENGINES)
    reader.add_argument(
        "--behind",
        type=int,
        default=0,
        metavar="NUMBER",
        help="lengthen the history to so many bookings by bulk insert (PostgreSQL alone)",
    )
    typed = reader.parse_args()
    whole(typed.what or GROWTHS, typed.engine or ENGINES, behind=typed.behind)


if __name__ == "__main__":
    main()
