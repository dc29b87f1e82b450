"""What was measured, as ratios first: what the measuring, the comparing and the telling share."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.driver import Sample


@dataclass(frozen=True)
class Figure:
    """A workload beside its yardstick, round after round in the same minutes."""

    workload: str
    studio: str
    engine: str
    clients: int
    yardstick: str
    ratios: Sequence[float]
    """One of each round: how many times longer than the yardstick."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    per_second: float
    yardstick_ms: float
    queries: int | None = None

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)

    @property
    def name(self) -> str:
        """What it is of, and where."""
        clients = "1 client" if self.clients == 1 else f"{self.clients} clients"
        return f"{self.workload}, {self.studio}, {self.engine}, {clients}"


@dataclass(frozen=True)
class Run:
    """All that one run has measured."""

    machine: dict[str, Any]
    figures: Sequence[Figure]
    memory_mb: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> str:
        """For a file."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def read(cls, file: Path) -> "Run":
        """What `to_json` wrote."""
        told = json.loads(file.read_text())
        return cls(**told | {"figures": [Figure(**each) for each in told["figures"]]})


def cost(sample: Sample, clients: int) -> float:
    """Seconds that one answer takes: one client's wait; of many, the server's share for each."""
    return sample.percentile(0.5) if clients == 1 else 1 / sample.per_second


def figure_of(
    samples: Sequence[Sample], yardsticks: Sequence[float], *, clients: int, **told: Any
) -> Figure:
    """A figure of rounds, each with the seconds that the yardstick beside it cost."""
    whole = sum(samples, Sample())
    return Figure(
        clients=clients,
        ratios=[
            cost(sample, clients) / yardstick
            for sample, yardstick in zip(samples, yardsticks, strict=True)
        ],
        p50_ms=whole.percentile(0.5) * 1000,
        p95_ms=whole.percentile(0.95) * 1000,
        p99_ms=whole.percentile(0.99) * 1000,
        per_second=whole.per_second,
        yardstick_ms=statistics.median(yardsticks) * 1000,
        **told,
    )
