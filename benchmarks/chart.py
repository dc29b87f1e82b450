"""Draws what a run has measured: bars on a scale where each step is ten times the one before."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.figures import PEER, Figure

WIDTH, LEFT, RIGHT = 760, 236, 70
TOP, BAR, GAP, GROUP = 72, 16, 4, 18
LEAST_MS, MOST_MS = 0.1, 10_000.0
STEPS = (
    (0.1, "0.1 ms"),
    (1, "1 ms"),
    (10, "10 ms"),
    (100, "0.1 s"),
    (1000, "1 s"),
    (10_000, "10 s"),
)

# Those of the site, in daylight and in the evening.
STYLE = """
.paper { fill: #fbf8f2 } .ink { fill: #25221d } .soft { fill: #5c5549 }
.line { stroke: #ded5c5 }
.here { fill: #1f5a51 } .peer { fill: #c4694a } .hello { fill: #857a69 }
text { font: 13px system-ui, "Segoe UI", Roboto, sans-serif }
.title { font-weight: 600; font-size: 15px }
@media (prefers-color-scheme: dark) {
.paper { fill: #191816 } .ink { fill: #f0ece4 } .soft { fill: #bdb5a7 }
.line { stroke: #3d3933 } .here { fill: #8fcabd } .peer { fill: #d5805f } .hello { fill: #93897a }
}
"""


@dataclass(frozen=True)
class Bar:
    """How long something takes, and whose it is."""

    milliseconds: float
    kind: str


@dataclass(frozen=True)
class Group:
    """What is asked, and the bars of who answers it."""

    told: str
    bars: Sequence[Bar]


def groups(figures: Sequence[Figure], told: dict[str, str]) -> list[Group]:
    """Hello, and every workload that was measured, at one client; `told` says what each asks."""
    alone = {each.workload: each for each in figures if each.clients == 1}
    hello = next((each for each in alone.values() if each.yardstick == "hello"), None)
    found = []
    if hello is not None:
        found.append(Group("Hello, nothing else", [Bar(hello.yardstick_ms, "hello")]))
    for workload, words in told.items():
        if workload in alone:
            bars = [Bar(alone[workload].p50_ms, "here")]
            peer = alone.get(f"{PEER}: {workload}")
            found.append(Group(words, [*bars, *([Bar(peer.p50_ms, "peer")] if peer else [])]))
    return found


def svg(title: str, shown: Sequence[Group]) -> str:
    """The drawing; it needs nothing but itself."""
    bars = sum(len(each.bars) for each in shown)
    bottom = TOP + bars * (BAR + GAP) + len(shown) * GROUP
    height = bottom + 40
    told = "; ".join(
        f"{each.told}: " + ", ".join(_named(bar) for bar in each.bars) for each in shown
    )
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title told"',
            f'     viewBox="0 0 {WIDTH} {height}">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="told">{escape(told)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{height}" rx="12"/>',
            f'<text class="ink title" x="20" y="30">{escape(title)}</text>',
            *_scale(bottom),
            *_rows(shown),
            *_legend(height - 14),
            "</svg>\n",
        ]
    )


def time_of(milliseconds: float) -> str:
    """Such as `0.42 ms`, `12 ms` or `2.7 s`."""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.{0 if milliseconds >= 9.95 else 1 if milliseconds >= 0.995 else 2}f} ms"


def _x(milliseconds: float) -> float:
    within = min(max(milliseconds, LEAST_MS), MOST_MS)
    share = math.log(within / LEAST_MS) / math.log(MOST_MS / LEAST_MS)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _named(bar: Bar) -> str:
    return time_of(bar.milliseconds) + (f" with {PEER}" if bar.kind == "peer" else "")


def _scale(bottom: int) -> Iterator[str]:
    for milliseconds, words in STEPS:
        x = _x(milliseconds)
        yield f'<line class="line" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{bottom - GROUP}"/>'
        yield f'<text class="soft" x="{x}" y="{TOP - 12}" text-anchor="middle">{words}</text>'


def _rows(shown: Sequence[Group]) -> Iterator[str]:
    y = TOP
    for group in shown:
        yield f'<text class="ink" x="20" y="{y + 13}">{escape(group.told)}</text>'
        for bar in group.bars:
            end = _x(bar.milliseconds)
            width = round(max(2.0, end - LEFT), 1)
            yield (
                f'<rect class="{bar.kind}" x="{LEFT}" y="{y}"'
                f' width="{width}" height="{BAR}" rx="3"/>'
            )
            words = time_of(bar.milliseconds)
            yield f'<text class="ink" x="{end + 7}" y="{y + 13}">{words}</text>'
            y += BAR + GAP
        y += GROUP


def _legend(y: int) -> Iterator[str]:
    for x, kind, words in ((LEFT, "here", "here"), (LEFT + 90, "peer", PEER)):
        yield f'<rect class="{kind}" x="{x}" y="{y - 11}" width="13" height="13" rx="3"/>'
        yield f'<text class="ink" x="{x + 20}" y="{y}">{words}</text>'
