"""Measures in rounds, each thing beside its yardstick, so that noise hits both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.driver import Sample
from benchmarks.figures import Cost, Figure, figure_of

ROUNDS = 5


@dataclass
class Pairing:
    """Something to measure and what it is measured with."""

    clients: int
    measure: Callable[[], Sample]
    yardstick: Callable[[], Cost]
    told: dict[str, Any]
    """What else the figure says."""

    samples: list[Sample] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)


def measured(pairings: Sequence[Pairing], rounds: int = ROUNDS) -> list[Figure]:
    """The figures of them all, from that many rounds."""
    for _ in range(rounds):
        for each in pairings:
            each.costs.append(each.yardstick())
            each.samples.append(each.measure())
    return [
        figure_of(each.samples, each.costs, clients=each.clients, **each.told) for each in pairings
    ]
