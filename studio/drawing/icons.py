"""The studio's icons, and the card of a shared link: `python -m studio.drawing.icons`."""

from io import BytesIO

from PIL import Image

from studio.drawing.__main__ import STATIC
from studio.drawing.above import sole
from studio.drawing.browser import painter
from studio.drawing.lying import prone
from studio.drawing.paper import Drawn, Sheet, box, line, moved
from studio.drawing.people import Foot
from studio.drawing.room import arch, plant, shelf, walls
from studio.drawing.scene import CLIENT, on_table, on_the_bars

FOLDER = STATIC / "studio"
SIZES = (180, 192, 512)
CARD = (1200, 630)


def icon() -> Sheet:
    """A foot between two bars; its corners are round."""
    return Sheet(32, 32, 0, 1, (box("accent", 0, 32 + 32j, 7), *_mark(1)))


def maskable() -> Sheet:
    """The same on a full square, small enough for any shape to be cut out of it."""
    return Sheet(32, 32, 0, 1, (box("accent", 0, 32 + 32j), *_mark(0.7)))


def card() -> Sheet:
    """The room with a session in it; the name stands beside it wherever it is shown."""
    therapist = on_the_bars(0 - 102j, Foot(20 - 18j), Foot(-13 - 28j, 6))
    corner, across = -266 - 222j, 540
    drawn = (
        walls(corner, complex(across, 300)),
        arch(-10 + 46j, 150, 225),
        plant(-196 + 58j, scale=1.25),
        shelf(150 - 96j),
        plant(206 + 60j, scale=0.9),
        on_table(therapist, prone(CLIENT)),
    )
    return Sheet(*CARD, corner, CARD[0] / across, drawn)


def _mark(scale: float) -> list[Drawn]:
    """Bars to the left and right, and the foot, about the middle of the sheet."""
    return [
        moved(
            16 + 16j,
            line("cloth", 2.2, "M-10.4-11V11M10.4-11V11", 0.55),
            moved(-0.6 + 8.4j, *sole("cloth"), scale=0.74),
            scale=scale,
        )
    ]


def main() -> None:
    """All of them anew."""
    (FOLDER / "icon.svg").write_text(icon().svg(evening=False))
    with painter() as painting:
        for size in SIZES:
            png = painting.png(icon().svg(evening=False), size, size)
            (FOLDER / f"icon-{size}.png").write_bytes(_few_colours(png))
        png = painting.png(maskable().svg(evening=False), 512, 512)
        (FOLDER / "icon-maskable-512.png").write_bytes(_few_colours(png))
        png = painting.png(card().svg(evening=False), *CARD)
        (FOLDER / "card.png").write_bytes(_few_colours(png))


def _few_colours(png: bytes) -> bytes:
    """The same in at most 256 colours, which is plenty for flat ones."""
    picture, written = Image.open(BytesIO(png)), BytesIO()
    is_opaque = picture.getextrema()[-1] == (255, 255)
    flat = picture.convert("RGB") if is_opaque else picture
    flat.quantize(256, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
