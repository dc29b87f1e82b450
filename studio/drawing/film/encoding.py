"""Frames become video in Chromium, with the encoders that it brings (libvpx and OpenH264)."""

from base64 import b64decode
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from studio.drawing.browser import Painter
from studio.drawing.film.facts import FRAMES_PER_SECOND, HEIGHT, WIDTH

SCRIPT = Path(__file__).with_name("encoding.js").read_text()
VP9, H264 = "vp09.00.31.08", "avc1.64001f"
BITS_PER_SECOND = {VP9: 125_000, H264: 200_000}


@dataclass(frozen=True)
class Chunk:
    """One encoded picture; a key picture needs no earlier one."""

    data: bytes
    key: bool


@dataclass(frozen=True)
class Encoded:
    """A film in one encoding, with what a player must know first."""

    chunks: list[Chunk]
    configuration: bytes


def encode(frames: Iterable[str], keys: Container[int], painter: Painter) -> dict[str, Encoded]:
    """The frames, each an SVG, in every encoding; `keys` are those a player can jump to."""
    page = painter.page
    page.evaluate(SCRIPT)
    options = {
        "width": WIDTH,
        "height": HEIGHT,
        "framerate": FRAMES_PER_SECOND,
        "bitrates": BITS_PER_SECOND,
    }
    page.evaluate("options => film.start(options)", options)
    for index, frame in enumerate(frames):
        page.evaluate("([svg, key]) => film.add(svg, key)", [frame, index in keys])
    return {
        codec: Encoded(
            chunks=[Chunk(b64decode(chunk["data"]), chunk["key"]) for chunk in made["chunks"]],
            configuration=b64decode(made["configuration"]),
        )
        for codec, made in page.evaluate("() => film.finish()").items()
    }
