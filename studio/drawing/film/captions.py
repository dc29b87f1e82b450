"""The film's words, as players read them."""

from studio.drawing.film.facts import CAPTIONS

LANGUAGES = ("en", "es")


def webvtt(language: str) -> str:
    """The captions in a language, as a WebVTT file."""
    cues = (
        f"{_time(caption.start)} --> {_time(caption.end)}\n{caption.words(language)}\n"
        for caption in CAPTIONS
    )
    return "\n".join(["WEBVTT\n", *cues])


def _time(seconds: float) -> str:
    return f"00:00:{seconds:06.3f}"
