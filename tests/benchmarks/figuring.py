"""Figures for tests of what is done with figures."""

from typing import Any

from benchmarks.figures import Figure, Run

SMALL = "5 therapists, 1,000 bookings"


def figure(**told: Any) -> Figure:
    """W1 at one client on SQLite, three times as long as a hello, unless told otherwise."""
    usual: dict[str, Any] = {
        "workload": "W1",
        "studio": SMALL,
        "engine": "SQLite",
        "clients": 1,
        "yardstick": "hello",
        "ratios": [3.0] * 5,
        "processor_ratios": [2.9] * 5,
        "p50_ms": 1.5,
        "p95_ms": 2.0,
        "p99_ms": 2.5,
        "per_second": 650.0,
        "processor_ms": 1.4,
        "yardstick_ms": 0.5,
        "queries": 3,
    }
    return Figure(**usual | told)


def run(*figures: Figure, **told: Any) -> Run:
    """A run that measured these."""
    usual: dict[str, Any] = {
        "machine": {"at": "2026-08-03T13:00+00:00", "cores": 2, "others": 0.07},
        "yardsticks_ms": {"one commit, SQLite": 0.2},
        "memory_mb": {f"{SMALL}, SQLite": 180.0},
    }
    return Run(figures=figures, **usual | told)
