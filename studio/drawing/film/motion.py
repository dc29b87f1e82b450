"""How things move: softly, between two moments."""

from itertools import pairwise
from math import pi, sin

from studio.drawing.geometry import Point


def eased(now: float, start: float, end: float) -> float:
    """From 0 before `start` to 1 after `end`, slow at both ends."""
    part = min(1.0, max(0.0, (now - start) / (end - start)))
    return part * part * (3 - 2 * part)


def swing(now: float, period: float) -> float:
    """To and fro between -1 and 1, beginning at 0."""
    return sin(2 * pi * now / period)


def breath(now: float) -> float:
    """By how much a chest is raised."""
    return 0.5 + 0.5 * swing(now, 4.2)


def along(part: float, start: Point, by: Point, end: Point) -> Point:
    """A point on the arc from start to end that bends towards `by`."""
    return start * (1 - part) ** 2 + by * 2 * part * (1 - part) + end * part**2


HEIGHTS = (
    (-60, -13.0), (-30, -15.0), (-5, -20.0), (10, -16.5), (24, -18.5), (38, -20.0), (50, -18.0),
)  # fmt: skip


def crest(x: float) -> float:
    """How high the middle of a lying back is, above the table, from hips to shoulders."""
    for (left, low), (right, high) in pairwise(HEIGHTS):
        if x <= right:
            return low + (high - low) * eased(x, left, right)
    return HEIGHTS[-1][1]
