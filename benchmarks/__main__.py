"""Every benchmark: `make bench`, or `python -m benchmarks PART ...` for some of them.

Ends with status 1 when something is much slower, beside its yardstick, than what is committed, when
nothing is committed for it, or when fifty clients at once wait too long for their answers.
"""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import (
    board,
    comparing,
    core,
    growth,
    loading,
    mail,
    pages,
    races,
    requests,
    telling,
)
from benchmarks.databases import ENGINES
from benchmarks.figures import Run
from benchmarks.processes import Moment
from benchmarks.rounds import ROUNDS
from benchmarks.studios import LARGE, SMALL
from tests.serving import ROOT

type Part = Callable[[], dict[str, Any]]
"""Prints what it has found, and gives it for the file."""

OTHERS: dict[str, Part] = {
    "core": core.main,
    "races": races.main,
    "board": board.main,
    "pages": pages.main,
    "mail": mail.main,
    "loading": loading.main,
    "growth": growth.whole,
}
REQUESTS = ("availability", "booking")
PARTS = (*REQUESTS, *OTHERS)


def main() -> int:
    """Measure, print, write, compare."""
    told = arguments()
    parts = told.parts or PARTS
    others = OTHERS | {
        "races": partial(races.main, told.races),
        "growth": partial(growth.whole, engines=told.engines, rounds=told.rounds),
    }
    found = {name: found_by(part) for name, part in others.items() if name in parts}
    run = measured(told, parts, found)
    if run.figures:
        table(run)
    told.json.parent.mkdir(parents=True, exist_ok=True)
    told.json.write_text(run.to_json())
    if told.accept:
        comparing.accept(run.figures)
    if told.write_docs:
        telling.write(run)
    late = races.slow(run.parts["races"]["found"]) if "races" in run.parts else []
    grown = comparing.grown(run.figures, comparing.read())
    for line in (*late, *grown):
        print(f"SLOWER  {line}")
    if grown:
        print(comparing.advice(run.machine["others"]))
    return bool(late or grown)


def found_by(part: Part) -> dict[str, Any]:
    """What a part has found, and on what machine."""
    begun = Moment.now()
    found = part()
    return {"machine": machine_since(begun), "found": found}


def machine_since(begun: Moment) -> dict[str, Any]:
    """When it was, and how much of the machine others used since."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "others": round(Moment.now().others_since(begun), 2),
    }


def measured(told: argparse.Namespace, parts: tuple[str, ...], others: dict[str, Any]) -> Run:
    """All that has ratios, with what the other parts have found."""
    begun = Moment.now()
    found = requests.Found()
    if "core" in parts:
        found.figures += core.figures(told.rounds)
    wanted = requests.Wanted(parts, told.engines, told.rounds, told.peer)
    if set(parts) & set(REQUESTS):
        for size in (SMALL, LARGE) if told.large else (SMALL,):
            found += requests.measure(size, wanted)
    return Run(
        machine_since(begun),
        found.figures,
        found.memory_mb,
        found.yardsticks_ms,
        found.remarks,
        others,
    )


def arguments() -> argparse.Namespace:
    """What was typed."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    reader.add_argument("parts", nargs="*", metavar="PART", help=f"some of: {', '.join(PARTS)}")
    reader.add_argument("--large", action="store_true", help=f"with {LARGE} too")
    reader.add_argument("--engine", action="append", dest="engines", choices=ENGINES)
    reader.add_argument("--rounds", type=int, default=ROUNDS, metavar="NUMBER")
    reader.add_argument(
        "--races", type=int, default=races.ROUNDS, metavar="NUMBER", help="rounds of the races"
    )
    reader.add_argument(
        "--without-peer", dest="peer", action="store_false", help="without django-appointment"
    )
    reader.add_argument("--json", type=Path, default=ROOT / "var/bench.json", metavar="FILE")
    reader.add_argument("--accept", action="store_true", help="commit to these ratios from now on")
    reader.add_argument(
        "--write-docs", action="store_true", help="put the figures into README.md and docs/"
    )
    told = reader.parse_args()
    told.engines = told.engines or ENGINES
    if unknown := set(told.parts) - set(PARTS):
        reader.error(f"no such part: {', '.join(sorted(unknown))}")
    return told


def table(run: Run) -> None:
    """Print a line for each figure, ratio first."""
    width = max(len(each.name) for each in run.figures)
    beside = max(len(each.yardstick) for each in run.figures)
    print(
        f"{'':{width}} {'ratio':>8}   {'to':{beside}} {'by CPU':>8}"
        f" {'p50':>8} {'p95':>8} {'p99':>8} ms {'a second':>9} {'CPU':>7} ms  queries"
    )
    for each in run.figures:
        print(
            f"{each.name:{width}} {each.ratio:8.2f} x {each.yardstick:{beside}}"
            f" {each.processor_ratio:8.2f} {each.p50_ms:8.2f} {each.p95_ms:8.2f}"
            f" {each.p99_ms:8.2f}    {each.per_second:9,.0f} {each.processor_ms:7.2f}"
            f"    {'' if each.queries is None else each.queries:>7}"
        )
    for what, milliseconds in run.yardsticks_ms.items():
        print(f"Yardstick: {milliseconds:.2f} ms ({what})")
    for what, megabytes in run.memory_mb.items():
        print(f"Peak memory: {megabytes:.0f} MB ({what})")
    for remark in run.remarks:
        print(f"NOTE  {remark}")
    print(
        f"{run.machine['cores']} cores, of which other programs had {run.machine['others']:.0%}"
        " while this ran."
    )


if __name__ == "__main__":
    sys.exit(main())
