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
        fill(top, "M-44 60C-44 30-26 24 0 24S44 30 44 60Z"),
        oval(head, 0 - 8j, 22, 25),
    )  # fmt: skip


first = partial(portrait, "accent", "cushion")
second = partial(portrait, "clay-shade", "clay")
third = partial(portrait, "ink-shade", "rug")
fourth = partial(portrait, "sun-shade", "sun")
