"""Writes what a run has measured into the documents: `python -m benchmarks.telling`.

The tables stand between two comments of a page, which says the rest in words; the figures they come
from are kept beside it. Ratios are told of one run; a part that it leaves out stays as an earlier
one has found it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from benchmarks import chart
from benchmarks.blocks import blocks
from benchmarks.figures import PEER, Figure, Run, busy
from benchmarks.studios import LARGE, SMALL
from benchmarks.workloads import workloads
from tests.serving import ROOT

KEPT = ROOT / "docs/performance.json"
PAGE, DRAWING = ROOT / "docs/performance.md", ROOT / "docs/performance.svg"
README = ROOT / "README.md"
MEASURED = "measured"
"""The block of a page that has the ratios."""

# What is aimed at: one client, and eight; and how many times longer the peer is to take.
GOALS = {
    (str(SMALL), "W1"): ("2.5 x, 2.1 ms", "800"),
    (str(SMALL), "W1 by ETag"): ("1.4 x, 0.9 ms", "3,000"),
    (str(SMALL), "W2"): ("4 x, 3.2 ms", "500"),
    (str(SMALL), "W3"): ("3.2 ms", "800 on SQLite, 400 on PostgreSQL"),
    (str(SMALL), "arithmetic of W2"): ("0.25 ms", ""),
    (str(LARGE), "W1"): ("3 ms", ""),
    (str(LARGE), "W2"): ("10 ms", ""),
}
PEERS = {
    (str(SMALL), "W1"): 40,
    (str(SMALL), "W2"): 800,
    (str(SMALL), "W3"): 8,
    (str(LARGE), "W1"): 350,
    (str(LARGE), "W2"): 3000,
}
IN_SHORT = ("W1", "W1 by ETag", "W2", "W3")


def write(run: Run) -> None:
    """Write all of it."""
    run = joined(run, Run.read(KEPT))
    KEPT.write_text(run.to_json())
    DRAWING.write_text(drawing(run))
    PAGE.write_text(page_with(run, PAGE.read_text()))
    README.write_text(put(README.read_text(), in_short(run)))


def joined(run: Run, earlier: Run) -> Run:
    """A run, with what it has left out from an earlier one: parts, or all ratios."""
    with_ratios = run if run.figures else earlier
    return replace(with_ratios, parts=earlier.parts | run.parts)


def page_with(run: Run, page: str) -> str:
    """The page with every table of a run."""
    for name, text in {MEASURED: tables(run), **blocks(run.parts)}.items():
        page = put(page, text, name)
    return page


def put(page: str, text: str, name: str = MEASURED) -> str:
    """The page with that text between the two comments of a name."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    found = re.compile(f"{begin}.*{end}", re.DOTALL)
    assert found.search(page), f"No {begin} ... {end}"
    return found.sub(lambda _: f"{begin}\n\n{text}\n{end}", page)


def drawing(run: Run) -> str:
    """The chart of the small studio on SQLite."""
    shown = [each for each in run.figures if (each.studio, each.engine) == (str(SMALL), "SQLite")]
    told = {each.name: f"{each.name}: {each.short}" for each in workloads()}
    title = f"Until the answer is there: {SMALL}, SQLite, one client"
    return chart.svg(title, chart.groups(shown, told))


def tables(run: Run) -> str:
    """Every figure, a table for each studio and one for what stands beside us."""
    parts = [busy(run.machine)]
    own = [each for each in run.figures if not each.is_of_peer]
    for studio, figures in groupby(own, lambda each: each.studio):
        parts += [f"### {studio}", table(list(figures))]
    if peers := [each for each in run.figures if each.is_of_peer]:
        parts += [f"### {PEER} in the same rounds", of_peer(peers)]
    yardsticks = (f"- {what}: {took:.2f} ms" for what, took in run.yardsticks_ms.items())
    parts += ["### The yardsticks themselves", "\n".join(yardsticks)]
    memory = (f"- {what}: {megabytes:.0f} MB" for what, megabytes in run.memory_mb.items())
    parts += ["### Peak memory of the server's processes", "\n".join(memory)]
    if run.remarks:
        parts += ["### Notes of the run", "\n".join(f"- {each}" for each in run.remarks)]
    return "\n\n".join(parts) + "\n"


def table(figures: Sequence[Figure]) -> str:
    """A row for each workload and database; one client's times, then eight clients'."""
    head = (
        "| | database | 1 client: ratio | p50, p95, p99 | goal | by processor time"
        " | 8 clients: ratio | p50, p95, p99 | a second | goal | queries |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    )
    by_name: dict[tuple[str, str], dict[int, Figure]] = {}
    for each in figures:
        by_name.setdefault((each.workload, each.engine), {})[each.clients] = each
    return "\n".join([head, *(_row(clients) for clients in by_name.values())])


def _row(clients: dict[int, Figure]) -> str:
    alone, together = clients[1], clients.get(8)
    goal, goal_together = GOALS.get((alone.studio, alone.workload), ("", ""))
    cells = [
        f"**{alone.workload}**",
        alone.engine,
        f"**{ratio(alone.ratio)}** x {alone.yardstick}",
        percentiles(alone),
        goal,
        f"{ratio(alone.processor_ratio)} x, {chart.time_of(alone.processor_ms)}",
        "" if together is None else f"**{ratio(together.ratio)}** x {together.yardstick}",
        "" if together is None else percentiles(together),
        "" if together is None else f"{together.per_second:,.0f}",
        goal_together,
        "" if alone.queries is None else str(alone.queries),
    ]
    return f"| {' | '.join(cells)} |"


def of_peer(figures: Iterable[Figure]) -> str:
    """How many times longer it takes, and how long."""
    lines = ["| | studio | database | ratio | goal | p50 |", "|---|---|---|--:|--:|--:|"]
    for each in figures:
        workload = each.workload.removeprefix(f"{PEER}: ")
        goal = PEERS.get((each.studio, workload))
        lines.append(
            f"| {workload} | {each.studio} | {each.engine} | **{ratio(each.ratio)}** x"
            f" {each.yardstick} | {'' if goal is None else f'{goal} x'} |"
            f" {chart.time_of(each.p50_ms)} |"
        )
    return "\n".join(lines)


def in_short(run: Run) -> str:
    """For who reads the README: one client at the small studio on SQLite."""
    lines = [
        "| | here | beside its yardstick | django-appointment |",
        "|---|--:|--:|--:|",
        *_lines_in_short(run),
        "",
        busy(run.machine),
    ]
    return "\n".join(lines) + "\n"


def _lines_in_short(run: Run) -> Iterator[str]:
    alone = {
        each.workload: each
        for each in run.figures
        if (each.studio, each.engine, each.clients) == (str(SMALL), "SQLite", 1)
    }
    for workload in workloads():
        if workload.name in IN_SHORT and (own := alone.get(workload.name)):
            peer = alone.get(f"{PEER}: {workload.name}")
            beside = f"{ratio(peer.ratio)} x, {chart.time_of(peer.p50_ms)}" if peer else ""
            yield (
                f"| {workload.told} | {chart.time_of(own.p50_ms)}"
                f" | {ratio(own.ratio)} x {own.yardstick} | {beside} |"
            )


def percentiles(figure: Figure) -> str:
    """The three of them, in milliseconds."""
    return f"{figure.p50_ms:.2f}, {figure.p95_ms:.2f}, {figure.p99_ms:.2f} ms"


def ratio(value: float) -> str:
    """With as many digits as mean anything."""
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.1f}"


if __name__ == "__main__":
    write(Run.read(KEPT))
