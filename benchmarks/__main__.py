"""Every benchmark: `make bench`, or `python -m benchmarks PART ...` for some of them."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import board, core, mail, pages, races, requests
from benchmarks.figures import Figure, Run
from benchmarks.studios import LARGE, SMALL
from tests.serving import ROOT

OTHERS = {
    "core": core.main,
    "races": races.main,
    "board": board.main,
    "pages": pages.main,
    "mail": mail.main,
}
REQUESTS = ("availability", "booking")


def main() -> None:
    """Measure, print, write."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parts = [*REQUESTS, *OTHERS]
    reader.add_argument("parts", nargs="*", metavar="PART", help=f"some of: {', '.join(parts)}")
    reader.add_argument("--large", action="store_true", help=f"with {LARGE} too")
    reader.add_argument("--json", type=Path, default=ROOT / "var/bench.json", metavar="FILE")
    told = reader.parse_args()
    if unknown := set(told.parts) - set(parts):
        reader.error(f"no such part: {', '.join(sorted(unknown))}")
    wanted = told.parts or parts
    figures: list[Figure] = []
    memory: dict[str, float] = {}
    for size in (SMALL, LARGE) if told.large else (SMALL,):
        if set(wanted) & set(REQUESTS):
            more, peaks = requests.measure(size, wanted)
            figures += more
            memory |= peaks
    run = Run({"at": datetime.now(UTC).isoformat(timespec="minutes")}, figures, memory)
    table(run)
    told.json.parent.mkdir(parents=True, exist_ok=True)
    told.json.write_text(run.to_json())
    for name, part in OTHERS.items():
        if name in wanted:
            part()


def table(run: Run) -> None:
    """Print a line for each figure, ratio first."""
    for each in run.figures:
        print(
            f"{each.name:55} {each.ratio:6.2f} x {each.yardstick:18}"
            f" {each.p50_ms:7.2f} {each.p95_ms:7.2f} {each.p99_ms:7.2f} ms"
            f" {each.per_second:7.0f}/s {each.queries} queries"
        )
    print(run.memory_mb, os.getloadavg())


main()
