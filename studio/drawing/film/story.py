"""The film as a whole: its scenes, one fading into the next."""

from collections.abc import Callable

from studio.drawing.film import scenes
from studio.drawing.film.facts import HEIGHT, SECONDS, WIDTH
from studio.drawing.film.motion import eased
from studio.drawing.film.scenes import View
from studio.drawing.geometry import DIGITS
from studio.drawing.paper import Drawn, Sheet, faded, moved

FADE = 0.5
SCENES: tuple[tuple[float, Callable[[float], View]], ...] = (
    (0, scenes.arriving),
    (2.7, scenes.talking),
    (6.7, scenes.oiling),
    (11.1, scenes.reaching),
    (14.7, scenes.settling),
    (18.5, scenes.stroking),
    (22.7, scenes.from_above),
    (26.5, scenes.lightening),
    (30.9, scenes.resting),
)
"""Each with the second at which it begins to be seen."""


def picture(now: float) -> Sheet:
    """What is seen at this second of the film: a scene, and the next one while it fades in."""
    ends = [start + FADE for start, _ in SCENES[1:]] + [SECONDS + 1]
    seen = [
        faded(eased(now, start, start + FADE) if start else 1, _through(scene(now - start)))
        for (start, scene), end in zip(SCENES, ends, strict=True)
        if start <= now < end
    ]
    return Sheet(WIDTH, HEIGHT, 0, 1, tuple(seen))


def frame(now: float) -> str:
    """The picture as SVG, by day, fine enough to move."""
    digits = DIGITS.set(3)
    try:
        return picture(now).svg(evening=False)
    finally:
        DIGITS.reset(digits)


def settled() -> list[float]:
    """The seconds from which on a scene is seen alone: each begins with a picture of its own."""
    return [start + FADE if start else 0 for start, _ in SCENES]


def _through(view: View) -> Drawn:
    scale = WIDTH / view.across
    return moved(-view.corner * scale, *view.drawn, scale=scale)
