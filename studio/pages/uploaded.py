"""What was uploaded for everybody to see, sent as WhiteNoise sends static files.

Names are made of the content (`PublicStorage`), so an answer is right for ever.
"""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import register_converter
from django.urls.converters import StringConverter
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]  # no types
from whitenoise.responders import (  # type: ignore[import-untyped]  # has no types
    MissingFileError,
    StaticFile,
)

from studio.methods import require_safe
from studio.uploads import HASH_LETTERS, PublicKind

FOR_EVER = "max-age=315360000, public, immutable"


class UploadConverter(StringConverter):
    """What `PublicStorage` calls a file, and nothing that leads anywhere else."""

    regex = rf"[a-z]+/[0-9a-f]{{{HASH_LETTERS}}}\.(?:{'|'.join(PublicKind.values)})"


register_converter(UploadConverter, "upload")


class UploadedFile(StaticFile):  # type: ignore[misc]  # as above
    """A file of which pieces can be asked for, as players of films do."""

    def get_byte_range(self, range_header: str, size: int) -> tuple[int, int]:
        """The first and the last byte; one alone would be taken for none, so all are sent."""
        start, end = super().get_byte_range(range_header, size)
        if start == end:
            raise ValueError("a range of one byte")
        return start, end


@require_safe
def uploaded(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file, or the piece of it that was asked for."""
    path = Path(settings.MEDIA_ROOT) / name
    headers = [
        ("Content-Type", PublicKind(path.suffix.removeprefix(".")).content_type),
        ("Cache-Control", FOR_EVER),
        ("Accept-Ranges", "bytes"),
        ("ETag", f'"{path.stem}"'),
    ]
    try:
        file = UploadedFile(str(path), headers)
    except MissingFileError:
        raise Http404 from None
    answer: HttpResponseBase = WhiteNoiseMiddleware.serve(file, request)
    return answer
