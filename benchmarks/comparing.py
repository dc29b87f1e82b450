"""Whether anything has become slower: this run's ratios beside those that are committed."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.figures import Figure

BASELINE = Path(__file__).parent / "baseline.json"
LIMIT = 1.6
"""How many times larger a ratio may be; noise alone reaches that."""


def read() -> dict[str, float]:
    """The committed ratios by the names of their figures."""
    ratios: dict[str, float] = json.loads(BASELINE.read_text())
    return ratios


def accept(figures: Iterable[Figure]) -> None:
    """Commit to these from now on; what was not measured stays as it was."""
    ratios = read() | {each.name: round(each.ratio, 2) for each in own(figures)}
    BASELINE.write_text(json.dumps(dict(sorted(ratios.items())), indent=1) + "\n")


def own(figures: Iterable[Figure]) -> list[Figure]:
    """Those of the studio: another's software is not ours to keep quick."""
    return [each for each in figures if not each.is_of_peer]


def grown(figures: Iterable[Figure], baseline: Mapping[str, float]) -> list[str]:
    """A line for each ratio that is more than `LIMIT` times the committed one, or has none."""
    return [line for each in own(figures) if (line := _grown(each, baseline.get(each.name)))]


def _grown(figure: Figure, committed: float | None) -> str:
    if committed is None:
        return f"{figure.name}: nothing is committed for it, so nobody would notice; use --accept"
    if figure.ratio <= LIMIT * committed:
        return ""
    return (
        f"{figure.name}: {figure.ratio:.2f} times {figure.yardstick}, committed are"
        f" {committed:.2f} ({figure.processor_ratio:.2f} by processor time)"
    )


def advice(others: float) -> str:
    """What to do about them."""
    return (
        f"More than {LIMIT} times as slow as committed in benchmarks/baseline.json, see above. What"
        " has been added to the way of these answers: a query, an object for each row, a conversion"
        " for each slot? Look with `python -m cProfile`, or go back through the commits. While this"
        f" ran, other programs had {others:.0%} of the processors: with more than a tenth, measure"
        " again when the machine is quiet. What is meant to be slower is accepted with"
        " `python -m benchmarks --accept`."
    )
