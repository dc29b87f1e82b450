"""Files to upload in tests."""

from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bookings.domain.portraits import put_photo
from studio.photos import photo_of
from therapists.models import Proof, Therapist

ORIENTATION, CAMERA = 0x0112, 0x0110
"""Where a camera writes how it was held, and what it is called."""

PDF = b"%PDF-1.7\n..."


def content_of(proof: Proof) -> bytes:
    """What is kept of a proof."""
    return Path(proof.file.path).read_bytes()


def picture(
    width: int = 40,
    height: int = 30,
    *,
    kind: str = "JPEG",
    noisy: bool = False,
    orientation: int | None = None,
    colour: str | tuple[int, ...] = "teal",
    mode: str = "RGB",
) -> bytes:
    """An image of one colour, or one that nothing can press together."""
    image = Image.effect_noise((width, height), 90) if noisy else Image.new(mode, (width, height))
    if not noisy:
        image.paste(colour, (0, 0, width, height))
    exif = image.getexif()
    if orientation is not None:
        exif[ORIENTATION], exif[CAMERA] = orientation, "Secret Camera"
    kept = BytesIO()
    image.save(kept, kind, exif=exif)
    return kept.getvalue()


def give_photo(therapist: Therapist, width: int = 40, height: int = 30) -> Therapist:
    """Let her have a photo."""
    put_photo(therapist, photo_of(SimpleUploadedFile("me.jpg", picture(width, height))))
    therapist.save()
    return therapist
