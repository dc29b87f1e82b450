"""Photos that people upload, made fit for pages: upright, small, and without what a camera adds."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from studio.uploads import IMAGES, checked_public_kind

LONGEST_SIDE = 1200
SQUARE_SIDE = 224
MOST_BYTES = 60_000
"""What a page has left for a photo; a larger one is made smaller, step by step."""

QUALITIES = (82, 72, 62, 50)
SHRINK = 0.8
MOST_PIXELS = 60_000_000
"""Beyond this a small file unfolds to more memory than a photo is worth."""


if TYPE_CHECKING:  # Django's class takes a type argument only in the stubs
    BytesFile = ContentFile[bytes]
else:
    BytesFile = ContentFile


class Photo(BytesFile):
    """A photo, and the square that stands for it in lists."""

    def __init__(self, whole: bytes, square: bytes) -> None:
        super().__init__(whole, name="photo.webp")
        self.square = ContentFile(square, name="square.webp")


def look_at(files: "Iterable[File[Any]]") -> None:
    """Find out what `photo_of` answers for uploads. It can take seconds: do it before any lock."""
    for file in files:
        try:
            seen: Photo | ValidationError = _photo(file)
        except ValidationError as refusal:
            seen = refusal
        file.seek(0)
        file.seen = seen  # type: ignore[attr-defined]  # read by photo_of


def photo_of(file: "File[Any]") -> Photo:
    """Both pictures of an upload. Raises ValidationError for what is none, or is too large."""
    if not hasattr(file, "seen"):
        look_at([file])
    seen: Photo | ValidationError = file.seen  # type: ignore[attr-defined]  # by look_at
    if isinstance(seen, ValidationError):
        raise seen
    return seen


def _photo(file: "File[Any]") -> Photo:
    checked_public_kind(file, IMAGES, most_megabytes=settings.UPLOAD_MEGABYTES)
    upright = _upright(file)
    square = ImageOps.fit(upright, (SQUARE_SIDE, SQUARE_SIDE), Image.Resampling.LANCZOS)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return Photo(_small(upright), _written(square, QUALITIES[0]))


def _upright(file: "File[Any]") -> Image.Image:
    """The pixels alone, on white where they can be seen through, turned as the camera was held."""
    too_many = ValidationError(_("This picture has too many pixels."), "pixels")
    try:
        with Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise too_many
            # A JPEG need not unfold any further than to the size that is kept.
            image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(image).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise too_many from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        words = _("This picture cannot be read. It may be broken; give another one.")
        raise ValidationError(words, "broken") from error
    plain = Image.new("RGB", turned.size, "white")
    plain.paste(turned, mask=turned)
    return plain


def _small(image: Image.Image) -> bytes:
    """As good as fits; where no quality does, the picture itself shrinks."""
    while True:
        for quality in QUALITIES:
            written = _written(image, quality)
            if len(written) <= MOST_BYTES:
                return written
        image = image.resize([max(1, round(side * SHRINK)) for side in image.size])


def _written(image: Image.Image, quality: int) -> bytes:
    kept = BytesIO()
    image.save(kept, "WEBP", quality=quality, method=4)
    return kept.getvalue()
