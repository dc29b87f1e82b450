"""The room where sessions are given, and the people in it."""

from dataclasses import replace

from studio.drawing.geometry import Point
from studio.drawing.paper import Drawn, Group, Sheet, group
from studio.drawing.people import Figure, Foot, Look, Pose, person
from studio.drawing.room import BARS, bars, table

THERAPIST = Look(skin="terracotta", hair="hair-dark", cut="bun")
CLIENT = Look(skin="sand", hair="hair-brown", cut="short", top="cloth", trousers="cloth")
CLIENT_DRESSED = replace(CLIENT, top="clay", trousers="ink")
OTHER_THERAPIST = Look(skin="sand", hair="hair-dark", cut="short")
OTHER_CLIENT = Look(skin="umber", hair="hair-dark", cut="short", top="cloth", trousers="cloth")


def sheet(width: int, height: int, corner: Point, across: float, *drawn: Drawn) -> Sheet:
    """A picture of so many pixels that shows so many centimetres across, from its corner on."""
    return Sheet(width, height, corner, width / across, drawn)


def on_the_bars(
    hip: Point,
    near_foot: Foot,
    far_foot: Foot,
    *,
    reach: float = 34,
    lean: float = 5,
    nod: float = 13,
    look: Look = THERAPIST,
) -> Figure:
    """A therapist whose hands hold the bars, `reach` in front of the hip."""
    near = complex(hip.real + reach, BARS)
    return person(Pose(hip, near_foot, far_foot, near, near - 14 - 7j, lean=lean, nod=nod), look)


def on_table(figure: Figure, lying: Group, *, left: float = -120, right: float = 150) -> Group:
    """Bars, table and whoever lies on it, with the therapist astride."""
    far_bar, near_bar = bars(left, right, ceiling=BARS - 60)
    return group(far_bar, table(), figure.far, lying, near_bar, figure.near)
