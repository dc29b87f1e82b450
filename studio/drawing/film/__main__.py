"""Makes the film, its poster, captions and stills: `python -m studio.drawing.film`."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from studio.drawing.__main__ import STATIC
from studio.drawing.browser import Painter, painter
from studio.drawing.film import captions, facts
from studio.drawing.film.encoding import H264, VP9, encode
from studio.drawing.film.mp4 import mp4
from studio.drawing.film.story import frame, picture, settled
from studio.drawing.film.webm import webm

FOLDER = STATIC / facts.FOLDER
RATE = facts.FRAMES_PER_SECOND


def main() -> None:
    """Everything anew; takes some two minutes."""
    write_words(FOLDER)
    with painter() as painting:
        _write_poster(painting)
        moments = (index / RATE for index in range(facts.SECONDS * RATE))
        made = encode(map(frame, moments), {round(second * RATE) for second in settled()}, painting)
    (FOLDER / "ashiatsu.webm").write_bytes(webm(made[VP9].chunks))
    (FOLDER / "ashiatsu.mp4").write_bytes(mp4(made[H264].chunks, made[H264].configuration))


def write_words(folder: Path) -> None:
    """Captions and stills, which need no browser."""
    folder.mkdir(exist_ok=True)
    for language in captions.LANGUAGES:
        (folder / f"captions.{language}.vtt").write_text(captions.webvtt(language))
    for still in facts.stills():
        (folder / still.name).write_text(picture(still.second).svg())


def _write_poster(painting: Painter) -> None:
    png = painting.png(frame(facts.POSTER_AT), facts.WIDTH, facts.HEIGHT)
    Image.open(BytesIO(png)).convert("RGB").save(
        FOLDER / facts.POSTER, quality=82, optimize=True, progressive=True
    )


if __name__ == "__main__":
    main()
