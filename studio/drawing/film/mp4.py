"""Puts pictures that are encoded with H.264 into an MP4 file (ISO base media boxes)."""

from collections.abc import Sequence
from struct import pack

from studio.drawing.film.encoding import Chunk
from studio.drawing.film.facts import FRAMES_PER_SECOND, HEIGHT, WIDTH

UPRIGHT = pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
DOTS_PER_INCH = 72 << 16


def mp4(chunks: Sequence[Chunk], configuration: bytes) -> bytes:
    """The file, what is needed to begin playing first; `configuration` is H.264's own (avcC)."""
    head = _box("ftyp", b"isom", pack(">I", 512), b"isomiso2avc1mp41")
    before = len(head) + len(_movie(chunks, configuration, 0)) + 8
    pictures = b"".join(chunk.data for chunk in chunks)
    return head + _movie(chunks, configuration, before) + _box("mdat", pictures)


def _movie(chunks: Sequence[Chunk], configuration: bytes, first_byte: int) -> bytes:
    count, scale = len(chunks), FRAMES_PER_SECOND
    movie = _full(
        "mvhd", pack(">4I", 0, 0, scale, count), pack(">IH10x", 0x10000, 0), UPRIGHT, bytes(24),
        pack(">I", 2),
    )  # fmt: skip
    track = _full(
        "tkhd", pack(">5I", 0, 0, 1, 0, count), bytes(16), UPRIGHT,
        pack(">2I", WIDTH << 16, HEIGHT << 16), flags=3,
    )  # fmt: skip
    media = _box(
        "mdia",
        _full("mdhd", pack(">4I2H", 0, 0, scale, count, 0x55C4, 0)),
        _full("hdlr", bytes(4), b"vide", bytes(12), b"pictures\0"),
        _box(
            "minf",
            _full("vmhd", bytes(8), flags=1),
            _box("dinf", _full("dref", pack(">I", 1), _full("url ", flags=1))),
            _samples(chunks, configuration, first_byte),
        ),
    )
    return _box("moov", movie, _box("trak", track, media))


def _samples(chunks: Sequence[Chunk], configuration: bytes, first_byte: int) -> bytes:
    count = len(chunks)
    picture = _box(
        "avc1", bytes(6), pack(">H", 1), bytes(16), pack(">2H", WIDTH, HEIGHT),
        pack(">3IH", DOTS_PER_INCH, DOTS_PER_INCH, 0, 1), bytes(32), pack(">2H", 24, 0xFFFF),
        _box("avcC", configuration),
    )  # fmt: skip
    keys = [number for number, chunk in enumerate(chunks, 1) if chunk.key]
    sizes = [len(chunk.data) for chunk in chunks]
    return _box(
        "stbl",
        _full("stsd", pack(">I", 1), picture),
        _full("stts", pack(">3I", 1, count, 1)),
        _full("stss", pack(f">{len(keys) + 1}I", len(keys), *keys)),
        _full("stsc", pack(">4I", 1, 1, count, 1)),
        _full("stsz", pack(f">{count + 2}I", 0, count, *sizes)),
        _full("stco", pack(">2I", 1, first_byte)),
    )


def _box(name: str, *content: bytes) -> bytes:
    body = b"".join(content)
    return pack(">I", len(body) + 8) + name.encode() + body


def _full(name: str, *content: bytes, flags: int = 0) -> bytes:
    return _box(name, pack(">I", flags), *content)
