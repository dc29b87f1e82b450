"""Points are complex numbers, in centimetres; y grows downwards, as on a screen."""

from cmath import phase, rect
from collections.abc import Sequence
from contextvars import ContextVar
from math import acos, degrees, radians

type Point = complex

DIGITS = ContextVar("digits", default=1)
"""After the decimal point. In a film slow things tremble unless there are more of them."""


def number(value: float) -> str:
    """A coordinate in as few characters as it takes."""
    text = f"{value:.{DIGITS.get()}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("0.", ".", 1) if abs(value) < 1 else text


def pair(point: Point) -> str:
    """A point as a path writes it: a minus sign needs no space before it."""
    down = number(point.imag)
    return f"{number(point.real)}{'' if down[0] == '-' else ' '}{down}"


def pairs(*points: Point) -> str:
    """Points one after another."""
    written = pair(points[0])
    for point in points[1:]:
        following = pair(point)
        written += following if following[0] == "-" else f" {following}"
    return written


def turned(point: Point, by: float) -> Point:
    """The point turned clockwise about the origin, by so many degrees."""
    return point * rect(1, radians(by))


def between(start: Point, end: Point, part: float) -> Point:
    """The point at `part` (0 to 1) of the way."""
    return start + (end - start) * part


def curve(points: Sequence[Point], *, closed: bool = False) -> str:
    """Bezier pieces through all the points, each as smooth as its neighbours allow."""
    if closed:
        around = [points[-1], *points, points[0], points[1]]
    else:
        around = [points[0], *points, points[-1]]
    pieces = []
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        way = end - start
        pieces.append("c" + pairs((end - before) / 6, way - (after - start) / 6, way))
    return "".join(pieces)


def blob(*points: Point) -> str:
    """A closed smooth outline through the points."""
    return f"M{pair(points[0])}{curve(points, closed=True)}Z"


def stroke(*points: Point) -> str:
    """An open smooth line through the points."""
    return f"M{pair(points[0])}{curve(points)}"


def tube(*joints: tuple[Point, float], end: float = 1) -> str:
    """The outline of a limb: its centre line with half the width at each point.

    Its ends are round; the last one is as far from flat as `end` says.
    """
    points = [point for point, _ in joints]
    left, right = [], []
    for index, (point, half) in enumerate(joints):
        ahead = points[min(index + 1, len(points) - 1)] - point
        behind = point - points[max(index - 1, 0)]
        direction = _unit(_unit(ahead) + _unit(behind))
        left.append(point + direction * 1j * half)
        right.append(point - direction * 1j * half)
    last, first = joints[-1][1], joints[0][1]
    across = degrees(phase(left[-1] - right[-1]))
    right.reverse()
    return (
        f"M{pair(left[0])}{curve(left)}"
        f"A{number(last)} {number(last * end)} {number(across)} 0 0 {pair(right[0])}"
        f"{curve(right)}A{number(first)} {number(first)} 0 0 0 {pair(left[0])}Z"
    )


def joint(start: Point, end: Point, upper: float, lower: float, *, bend: int) -> Point:
    """Where knee or elbow goes when a limb reaches from start to end.

    `bend` says which way: 1 clockwise, -1 the other. What is out of reach is reached for with a
    straight limb.
    """
    way = end - start
    distance = min(abs(way), upper + lower - 0.01)
    cosine = (upper**2 + distance**2 - lower**2) / (2 * upper * distance)
    return start + rect(upper, bend * acos(max(-1, min(1, cosine)))) * _unit(way)


def _unit(way: Point) -> Point:
    return way / abs(way) if way else 0
