"""What was measured, as ratios first: what the measuring, the comparing and the telling share."""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.driver import Sample

PEER = "django-appointment"


@dataclass(frozen=True)
class Cost:
    """What one answer takes, in seconds: until it is there, and of the server's processors."""

    seconds: float
    processor: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.seconds + other.seconds, self.processor + other.processor)


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

    processor_ratios: Sequence[float]
    """The same by the processor time of the server, which others on the machine hardly change."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    per_second: float
    processor_ms: float
    yardstick_ms: float
    queries: int | None = None

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)

    @property
    def processor_ratio(self) -> float:
        """The median of the rounds, by processor time."""
        return statistics.median(self.processor_ratios)

    @property
    def in_short(self) -> dict[str, float]:
        """The medians alone, for a file."""
        return {
            "ratio": round(self.ratio, 2),
            "processor_ratio": round(self.processor_ratio, 2),
            "p50_ms": round(self.p50_ms, 2),
        }

    @property
    def is_of_peer(self) -> bool:
        """Whether somebody else's software is measured, with ours as the yardstick."""
        return self.workload.startswith(PEER)

    @property
    def name(self) -> str:
        """What it is of, and where."""
        return f"{self.workload}, {self.studio}, {self.engine}, {told_clients(self.clients)}"


@dataclass(frozen=True)
class Run:
    """All that one run has measured."""

    machine: dict[str, Any]
    figures: Sequence[Figure]
    memory_mb: dict[str, float] = field(default_factory=dict)
    yardsticks_ms: dict[str, float] = field(default_factory=dict)
    remarks: Sequence[str] = ()
    parts: dict[str, Any] = field(default_factory=dict)
    """What the parts have found that have no yardstick, each with its own `machine`."""

    def to_json(self) -> str:
        """For a file."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def read(cls, file: Path) -> "Run":
        """What `to_json` wrote."""
        told = json.loads(file.read_text())
        return cls(**told | {"figures": [Figure(**each) for each in told["figures"]]})


def busy(machine: Mapping[str, Any]) -> str:
    """When something was measured, and how much of the machine was ours."""
    return (
        f"Measured on {machine['at'][:10]} with {machine['cores']} cores, of which other"
        f" programs had {machine['others']:.0%} meanwhile."
    )


def told_clients(count: int) -> str:
    """How many asked at once."""
    return "1 client" if count == 1 else f"{count} clients"


def cost(sample: Sample, clients: int) -> Cost:
    """Of one answer: one client's wait; of many, the server's share for each."""
    seconds = sample.percentile(0.5) if clients == 1 else 1 / sample.per_second
    return Cost(seconds, sample.processor / len(sample.times))


def figure_of(
    samples: Sequence[Sample], yardsticks: Sequence[Cost], *, clients: int, **told: Any
) -> Figure:
    """A figure of rounds, each with what the yardstick beside it cost."""
    whole = sum(samples, Sample())
    pairs = [
        (cost(sample, clients), beside) for sample, beside in zip(samples, yardsticks, strict=True)
    ]
    return Figure(
        clients=clients,
        ratios=[mine.seconds / its.seconds for mine, its in pairs],
        processor_ratios=[mine.processor / its.processor for mine, its in pairs if its.processor],
        p50_ms=whole.percentile(0.5) * 1000,
        p95_ms=whole.percentile(0.95) * 1000,
        p99_ms=whole.percentile(0.99) * 1000,
        per_second=whole.per_second,
        processor_ms=whole.processor / len(whole.times) * 1000,
        yardstick_ms=statistics.median(each.seconds for each in yardsticks) * 1000,
        **told,
    )
