"""The tables of those parts that have no table of ratios: each stands in the page by its name."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from benchmarks import loading, races
from benchmarks.figures import busy

type Found = Mapping[str, Any]
"""What a part has found, by database or by what has grown."""

BY_WORKLOAD = "| | database | by the clock | by processor time of the server |\n|---|---|--:|--:|"


def of_races(found: Found) -> str:
    """Seconds until the last of fifty has an answer, and what all of them were told."""
    engines = list(found)
    head = " | ".join(f"{engine}: median | slowest" for engine in engines)
    lines = [f"| | {head} |", f"|---{'|--:' * 2 * len(engines)}|"]
    for race in found[engines[0]]["seconds"]:
        took = [found[engine]["seconds"][race] for engine in engines]
        cells = (f"{each['median']:.2f} | {each['slowest']:.2f}" for each in took)
        lines.append(f"| {race} | {' | '.join(cells)} |")
    given = {
        status: sum(each["statuses"].get(status, 0) for each in found.values())
        for status in ("201", "200", "409")
    }
    all_told = sum(sum(each["statuses"].values()) for each in found.values())
    return (
        f"{found[engines[0]]['rounds']:,} rounds on each database, seconds until the last of the"
        f" fifty has an answer (goal: {races.GOAL_SECONDS} at the median round):\n\n"
        + "\n".join(lines)
        + f"\n\nOf {all_told:,} requests {given['201']:,} were booked, {given['200']:,} moved and"
        f" {given['409']:,} refused with 409; nothing was sold twice, no time was lost, and no"
        " answer was a server's error."
    )


def of_growth(found: Found) -> str:
    """How many times longer the grown studio takes."""
    lines = [
        f"| {workload} | {engine} | {took['ratio']:.2f} x | {took['processor_ratio']:.2f} x |"
        for engine, workloads in found.items()
        for workload, took in workloads.items()
    ]
    return "\n".join([BY_WORKLOAD, *lines])


def of_therapists(found: Found) -> str:
    """The same of the studios that have more of them."""
    parts = (f"{count} therapists:\n\n{of_growth(found[count])}" for count in ("50", "500"))
    return "\n\n".join(parts)


def of_loading(found: Found) -> str:
    """Seconds and megabytes of each command."""
    lines = ["| | database | took | goal | at work itself | memory |", "|---|---|--:|--:|--:|--:|"]
    lines += [
        f"| `{command}` | {engine} | {took['passed']:.1f} s | {loading.GOALS[command]} s"
        f" | {took['worked']:.1f} s | {took['peak_mb']:.0f} MB |"
        for engine, commands in found.items()
        for command, took in commands.items()
    ]
    return "\n".join(lines)


BLOCKS: dict[str, tuple[str, Iterable[str], Callable[[Found], str]]] = {
    "races": ("races", (), of_races),
    "history": ("growth", ("history",), lambda found: of_growth(found["history"])),
    "branches": ("growth", ("branches",), lambda found: of_growth(found["branches"])),
    "therapists": ("growth", ("50", "500"), of_therapists),
    "loading": ("loading", (), of_loading),
}
"""By name: of which part it tells, which of its findings it needs, and how they are told."""


def blocks(parts: Mapping[str, Any]) -> dict[str, str]:
    """The text of each block whose part has been measured."""
    told = {}
    for name, (part, wanted, tell) in BLOCKS.items():
        found = parts.get(part, {}).get("found", {})
        if found and found.keys() >= set(wanted):
            told[name] = f"{busy(parts[part]['machine'])}\n\n{tell(found)}\n"
    return told
