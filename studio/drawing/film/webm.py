"""Puts pictures that are encoded with VP9 into a WebM file (Matroska elements)."""

from collections.abc import Sequence
from struct import pack

from studio.drawing.film.encoding import Chunk
from studio.drawing.film.facts import FRAMES_PER_SECOND, HEIGHT, WIDTH

EBML, SEGMENT, INFO, TRACKS, CUES, CLUSTER = (
    0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675,
)  # fmt: skip
VIDEO, FIRST_TRACK, KEY = 1, 1, 0x80


def webm(chunks: Sequence[Chunk]) -> bytes:
    """The file; each key picture begins a cluster, and the cues tell where to find it."""
    head = _element(
        EBML,
        _whole(0x4286, 1), _whole(0x42F7, 1), _whole(0x42F2, 4), _whole(0x42F3, 8),
        _text(0x4282, "webm"), _whole(0x4287, 4), _whole(0x4285, 2),
    )  # fmt: skip
    milliseconds = len(chunks) * 1000 / FRAMES_PER_SECOND
    info = _element(
        INFO,
        _whole(0x2AD7B1, 1_000_000),
        _element(0x4489, pack(">d", milliseconds)),
        _text(0x4D80, "studio.drawing"), _text(0x5741, "studio.drawing"),
    )  # fmt: skip
    track = _element(
        0xAE,
        _whole(0xD7, FIRST_TRACK), _whole(0x73C5, FIRST_TRACK), _whole(0x83, VIDEO),
        _whole(0x9C, 0), _text(0x86, "V_VP9"),
        _whole(0x23E383, 1_000_000_000 // FRAMES_PER_SECOND),
        _element(0xE0, _whole(0xB0, WIDTH), _whole(0xBA, HEIGHT)),
    )  # fmt: skip
    tracks = _element(TRACKS, track)
    starts = [index for index, chunk in enumerate(chunks) if chunk.key]
    clusters = [
        _cluster(start, chunks[start:end])
        for start, end in zip(starts, [*starts[1:], len(chunks)], strict=True)
    ]
    # Positions take eight bytes each, so that the cues are as long before they are known.
    place = len(info) + len(tracks) + len(_cues(starts, [0] * len(starts)))
    places = [place + sum(map(len, clusters[:index])) for index in range(len(clusters))]
    return head + _element(SEGMENT, info, tracks, _cues(starts, places), *clusters)


def _cluster(start: int, chunks: Sequence[Chunk]) -> bytes:
    begins = _time(start)
    blocks = (
        _element(
            0xA3,
            pack(">BhB", 0x80 | FIRST_TRACK, _time(start + index) - begins, KEY * chunk.key),
            chunk.data,
        )
        for index, chunk in enumerate(chunks)
    )
    return _element(CLUSTER, _whole(0xE7, begins), *blocks)


def _cues(starts: Sequence[int], places: Sequence[int]) -> bytes:
    return _element(
        CUES,
        *(
            _element(
                0xBB,
                _whole(0xB3, _time(start)),
                _element(0xB7, _whole(0xF7, FIRST_TRACK), _element(0xF1, pack(">Q", place))),
            )
            for start, place in zip(starts, places, strict=True)
        ),
    )


def _time(index: int) -> int:
    return round(index * 1000 / FRAMES_PER_SECOND)


def _element(identity: int, *content: bytes) -> bytes:
    body = b"".join(content)
    name = identity.to_bytes((identity.bit_length() + 7) // 8)
    return name + (len(body) | 1 << 56).to_bytes(8) + body


def _whole(identity: int, value: int) -> bytes:
    return _element(identity, value.to_bytes(max(1, (value.bit_length() + 7) // 8)))


def _text(identity: int, value: str) -> bytes:
    return _element(identity, value.encode())
