"""What the studio's answers cost: `python -m benchmarks availability booking`."""

import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.databases import ENGINES, two_of
from benchmarks.driver import Driver, driver
from benchmarks.figures import PEER, Figure, told_clients
from benchmarks.measuring import Place, place
from benchmarks.peer import workloads as of_peer
from benchmarks.peer.running import NotInstalled, installed, peer
from benchmarks.rounds import ROUNDS, measured
from benchmarks.studios import Size
from benchmarks.workloads import Workload, open_times, workloads

PEER_ROUNDS = 3
"""It takes half a minute for one answer of the large studio's."""


@dataclass(frozen=True)
class Wanted:
    """What of all this is to be measured."""

    parts: Sequence[str]
    engines: Sequence[str] = ENGINES
    rounds: int = ROUNDS
    with_peer: bool = True


@dataclass
class Found:
    """What came of it."""

    figures: list[Figure] = field(default_factory=list)
    memory_mb: dict[str, float] = field(default_factory=dict)
    yardsticks_ms: dict[str, float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def __add__(self, other: "Found") -> "Found":
        return Found(
            self.figures + other.figures,
            self.memory_mb | other.memory_mb,
            self.yardsticks_ms | other.yardsticks_ms,
            self.remarks + other.remarks,
        )


def measure(size: Size, wanted: Wanted) -> Found:
    """All figures of a studio of that size."""
    found = Found()
    with_peer = wanted.with_peer
    try:
        if with_peer:
            installed()
    except NotInstalled as failure:
        with_peer = False
        found.remarks.append(f"WITHOUT {PEER}: it could not be installed")
        print(f"WITHOUT {PEER}, it could not be installed:\n{failure}", file=sys.stderr)
    for engine in wanted.engines:
        with (
            tempfile.TemporaryDirectory() as directory,
            two_of(engine, Path(directory)) as (ours, the_peers),
            driver() as clients,
            place(size, engine, ours, Path(directory) / "ours") as opened,
        ):
            asked = [each for each in workloads() if each.part in wanted.parts]
            found.figures += (own := figures(opened, asked, clients, wanted.rounds))
            found.yardsticks_ms |= yardsticks(opened, own)
            found.memory_mb[f"{size}, {engine}"] = round(opened.standing.peak_mb)
            if with_peer:
                with peer(size, the_peers, Path(directory) / "peer") as other:
                    here, there = open_times(opened.standing.port), of_peer.open_times(other)
                    found.remarks.append(
                        f"{engine}: {here:,} open times of a therapist in 30 days here,"
                        f" {there:,} in {PEER}"
                    )
                    pairings = of_peer.pairings(other, opened, asked, clients)
                    found.figures += measured(pairings, min(wanted.rounds, PEER_ROUNDS))
                    found.memory_mb[f"{PEER}, {size}, {engine}"] = round(other.server.peak_mb)
    return found


def yardsticks(opened: Place, own: Sequence[Figure]) -> dict[str, float]:
    """What the yardsticks themselves came to, in milliseconds."""
    where = f"{opened.size}, {opened.engine}"
    beside_hello = [each for each in own if each.yardstick == "hello"]
    hellos = {
        f"hello, {where}, {told_clients(clients)}": statistics.median(
            each.yardstick_ms for each in beside_hello if each.clients == clients
        )
        for clients in sorted({each.clients for each in beside_hello})
    }
    return hellos | {f"one commit, {where}": opened.commit_seconds() * 1000}


def figures(opened: Place, asked: Sequence[Workload], clients: Driver, rounds: int) -> list[Figure]:
    """Those of our own workloads."""
    queries = opened.queries()
    opened.warm_up(asked, clients)
    return measured(opened.pairings(asked, clients, queries), rounds)
