"""The back from above: where feet go, how they stroke, and what makes them unlike hands."""

from studio.drawing.above import arrow, back, foot, sole, spine
from studio.drawing.geometry import tube
from studio.drawing.paper import (
    Again,
    Drawn,
    Sheet,
    box,
    disc,
    fill,
    moved,
    named,
)
from studio.drawing.people import Look
from studio.drawing.scene import CLIENT, THERAPIST, sheet


def feet() -> Sheet:
    """One foot on either side of the spine."""
    return sheet(
        600, 600, -46 - 64j, 92,
        box("wall", -46 - 64j, 92 + 92j),
        back(CLIENT),
        spine(),
        foot(-10.4 - 1j, THERAPIST, left=True),
        foot(10.4 + 6j, THERAPIST),
        arrow(-19.5 + 8j, -20.5 - 4j, -18.5 - 15j, width=1.8),
        arrow(19.5 - 12j, 20.5 + 0j, 18.5 + 11j, width=1.8),
    )  # fmt: skip


def strokes() -> Sheet:
    """Push away, pull to the centre, pump."""
    push = (
        foot(-9.6 + 20j, THERAPIST, left=True, leg=24),
        foot(9.6 + 20j, THERAPIST, leg=24),
        arrow(-8.6 - 8j, -9.4 - 15j, -14 - 25j, width=2.6),
        arrow(8.6 - 8j, 9.4 - 15j, 14 - 25j, width=2.6),
    )
    pull = (
        foot(21.5 + 17j, THERAPIST, degrees=-40, leg=22),
        arrow(-22 - 12j, -14 - 13j, -5 - 12j, width=2.6),
        arrow(-18 + 12j, -12 + 11j, -5 + 11j, width=2.6),
        arrow(20 - 15j, 13 - 15j, 5 - 13j, width=2.6),
    )
    pump: tuple[Drawn, ...] = (
        *(disc("clay", -9.5 - 10j, radius, 0.22) for radius in (17, 12.5, 8)),
        foot(-9.5 + 6j, THERAPIST, left=True, leg=30),
        *(disc("clay", 10 + 2j, radius, 0.22) for radius in (10, 6.5, 3)),
        *(disc("clay", 9.5 - 17j, radius, 0.22) for radius in (7, 4)),
    )
    lying = named("back", back(CLIENT), spine())
    return sheet(
        800, 600, 0, 240,
        box("wall", 0, 240 + 180j),
        moved(44 + 90j, lying, *push, scale=0.96),
        moved(120 + 90j, Again("back"), *pull, scale=0.96),
        moved(196 + 90j, Again("back"), *pump, scale=0.96),
    )  # fmt: skip


def hands_and_feet() -> Sheet:
    """A hand presses with points, a foot with all its breadth."""
    return sheet(
        800, 600, 0, 96,
        box("wall", 0, 96 + 72j),
        disc("glow", 25 + 36j, 22),
        disc("glow", 71 + 36j, 22),
        moved(28 + 48j, *_hand(THERAPIST), scale=1.75),
        moved(69.5 + 55j, *sole(THERAPIST.skin), _contact(), scale=1.75),
    )  # fmt: skip


def _contact() -> Drawn:
    return fill(
        "sun",
        (
            "M-2.6-1.6C-3 2.4 2.8 2.6 3-1.4 3.2-6.6 5.2-9.6 4.8-14"
            " 4.2-18.4-4-18.8-4.4-15.4-4.6-12-2.2-8-2.6-1.6Z"
        ),
        0.75,
    )


def _hand(look: Look) -> list[Drawn]:
    palm = (
        "M-3.4 8C-3 3-5.2 0-5.4-4-5.6-9-4.6-11 0-11.2 4.6-11.2 5.6-9 5.2-4 5 0 3 3 3.4"
        " 8 3 11-3 11-3.4 8Z"
    )
    fingers = (
        ((-3.8 - 8j, 1.5), (-5.4 - 17j, 1.15)), ((-1.2 - 9j, 1.55), (-1.6 - 20j, 1.2)),
        ((1.5 - 9j, 1.5), (2.4 - 19j, 1.15)), ((3.9 - 8j, 1.35), (6 - 15.4j, 1)),
        ((-3.4 - 0j, 2.4), (-8 - 5j, 1.7), (-10.4 - 9.4j, 1.3)),
    )  # fmt: skip
    tips = (-5.4 - 16.8j, -1.6 - 19.8j, 2.4 - 18.8j, 6 - 15.2j, -10.2 - 9.2j)
    return [
        fill(look.skin, palm),
        *(fill(look.skin, tube(*finger)) for finger in fingers),
        *(disc("sun", tip, 0.95, 0.75) for tip in tips),
    ]
