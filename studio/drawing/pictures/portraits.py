"""Whoever has no photo yet: a head and shoulders that are nobody's in particular.

A face would claim something about the person it stands for.
"""

from functools import partial

from studio.drawing.paper import Sheet, box, disc, fill, oval
from studio.drawing.scene import sheet


def portrait(top: str, head: str) -> Sheet:
    """A figure in two tones."""
    return sheet(
        480, 480, -60 - 68j, 120,
        box("wall", -60 - 68j, 120 + 120j),
        disc("glow", 0 - 6j, 50),
        fill(top, "M-48 60C-48 40-34 36-14 33H14C34 36 48 40 48 60Z"),
        fill(head, "M-10 14H10V32Q0 44-10 32Z"),
        oval(head, 0 - 5j, 21, 27),
    )  # fmt: skip


first = partial(portrait, "accent", "cushion")
second = partial(portrait, "clay-shade", "clay")
third = partial(portrait, "leaf-shade", "leaf")
fourth = partial(portrait, "sun-shade", "sun")
