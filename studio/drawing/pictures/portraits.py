"""Faces for therapists who have no photo yet."""

from studio.drawing.geometry import stroke
from studio.drawing.paper import Drawn, Sheet, box, disc, fill, line, oval, shaded
from studio.drawing.scene import sheet


def first() -> Sheet:
    """A bun."""
    return _portrait(
        "terracotta",
        "accent",
        [
            disc("hair-dark", 0 - 47j, 10),
            fill("hair-dark", "M-26 2C-30-24-16-40 0-40S30-24 26 2C22 10-22 10-26 2Z"),
        ],
        fill("hair-dark", "M-22-2C-22-16-12-24 2-27 8-22 20-16 22-2 26-22 16-38 0-38S-26-22-22-2Z"),
    )


def second() -> Sheet:
    """Short hair and a beard."""
    return _portrait(
        "umber",
        "clay",
        [fill("hair-dark", "M-23 0C-28-22-18-37 0-37S28-22 23 0Z")],
        fill(
            "hair-dark",
            (
                "M-21.5-4C-20-14-17-19-12-21-4-24 8-23 13-20 18-17 20-12 21.5-4 26-22 16-36"
                " 0-36S-26-22-21.5-4Z"
            ),
        ),
        beard="hair-dark",
    )


def third() -> Sheet:
    """Long hair."""
    return _portrait(
        "porcelain",
        "leaf-shade",
        [
            fill(
                "hair-red",
                (
                    "M-26 0C-30-26-16-40 0-40S30-26 26 0C28 16 34 26 28 38 14 46-14 46-28 38-34"
                    " 26-28 16-26 0Z"
                ),
            )
        ],
        fill("hair-red", "M-22-1C-20-12-10-22-4-27 6-20 18-14 22-1 27-22 16-39 0-39S-27-22-22-1Z"),
    )


def fourth() -> Sheet:
    """Grey hair."""
    return _portrait(
        "sand",
        "ink-shade",
        [fill("hair-grey", "M-26 4C-30-24-16-39 0-39S30-24 26 4C24 14-24 14-26 4Z")],
        fill("hair-grey", "M-22 0C-24-10-20-20-12-26-8-18 8-14 22-4 26-22 16-38 0-38S-28-22-22 0Z"),
    )


def _portrait(skin: str, top: str, behind: list[Drawn], fringe: Drawn, *, beard: str = "") -> Sheet:
    deep = shaded(skin)
    chin = (
        [
            fill(
                beard,
                (
                    "M-21.5-2C-21 8-20 25 0 27 20 25 21 8 21.5-2 18 8 12 10 8 9.4 4 8-4 8-8 9.4-12"
                    " 10-18 8-21.5-2Z"
                ),
            )
        ]
        if beard
        else []
    )
    return sheet(
        480, 480, -60 - 68j, 120,
        box("wall", -60 - 68j, 120 + 120j),
        disc("glow", 0 - 6j, 50),
        *behind,
        fill(top, "M-48 60C-48 40-34 36-14 33H14C34 36 48 40 48 60Z"),
        fill(deep, "M-10 14H10V32Q0 44-10 32Z"),
        oval(skin, -21.5 + 1j, 4, 5.4),
        oval(skin, 21.5 + 1j, 4, 5.4),
        fill(skin, "M-21.5-6C-21.5-24 21.5-24 21.5-6 21.5 12 14 25 0 25S-21.5 12-21.5-6Z"),
        *chin,
        fringe,
        line("ink", 1.5, stroke(-13 - 0.5j, -9.5 + 1.6j, -6 - 0.5j)),
        line("ink", 1.5, stroke(6 - 0.5j, 9.5 + 1.6j, 13 - 0.5j)),
        line(deep, 1.6, "M0 2.5Q2.6 7 0 8"),
        line("ink" if not beard else "cloth", 1.6, stroke(-6 + 14j, 0 + 17j, 6 + 14j)),
    )  # fmt: skip
