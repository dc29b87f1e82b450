"""Files that people upload: what they are by their content, and where nobody else finds them."""

from pathlib import Path
from secrets import token_urlsafe
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Model, TextChoices
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1_000_000


class FileKind(TextChoices):
    """What can be uploaded."""

    PDF = "pdf", _("PDF")
    PNG = "png", _("PNG image")
    JPEG = "jpeg", _("JPEG image")
    WEBP = "webp", _("WebP image")

    @property
    def content_type(self) -> str:
        """As HTTP names it."""
        return "application/pdf" if self is FileKind.PDF else f"image/{self.value}"


class UploadLimit(FileUploadHandler):
    """Lets what lies far beyond the limit go, before it fills the disk.

    Every form is read before anybody knows whose it is. What is kept is still too large, so that
    a form can say so.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The next piece, for those who keep it; None once there is too much of it anyway."""
        return raw_data if start <= largest_bytes() else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def largest_bytes() -> int:
    """How large an upload may be."""
    return int(settings.UPLOAD_MEGABYTES) * MEGABYTE


@deconstructible(path="studio.uploads.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Files below `PRIVATE_ROOT`, for the server's account alone. They have no address."""

    def __init__(self) -> None:
        super().__init__(
            location=settings.PRIVATE_ROOT,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
        )

    def url(self, name: str | None) -> str:
        """Refuse: a view sends them, to those who may see them."""
        raise ValueError("A private file has no address.")


def random_name(_row: Model, _name: str) -> str:
    """A path that tells nothing and that nobody guesses."""
    return str(Path("proofs") / token_urlsafe(24))


def kind_of(file: "IO[bytes] | File[Any]") -> FileKind | None:
    """What a file is by its first bytes, whatever it is called."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileKind.WEBP
    return None


def checked_kind(file: "File[Any]") -> FileKind:
    """The kind of an upload that can be taken. Raises ValidationError with what can."""
    if file.size > largest_bytes():
        words = _("The file is too large. Give one of at most %(most)s MB.")
        raise ValidationError(words, "too_large", {"most": settings.UPLOAD_MEGABYTES})
    kind = kind_of(file)
    if kind is None:
        raise ValidationError(_("Give a PDF, or a PNG, JPEG or WebP image."), "kind")
    return kind
