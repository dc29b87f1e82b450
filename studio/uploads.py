"""Files that people upload: what they are by their content, and where they are kept.

What everybody may see is kept by a field of its own and served at `MEDIA_URL` for ever:

    photo = models.ImageField(storage=PublicStorage, upload_to="photos")
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from secrets import token_hex, token_urlsafe
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import FileUploadHandler
from django.db import transaction
from django.db.models import Model, QuerySet, TextChoices
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1_000_000
HEAD_BYTES = 256
HASH_LETTERS = 32


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


class PublicKind(TextChoices):
    """What can be uploaded for everybody to see: nothing that a browser would run."""

    PNG = "png", _("PNG image")
    JPEG = "jpeg", _("JPEG image")
    WEBP = "webp", _("WebP image")
    WEBM = "webm", _("WebM film")
    MP4 = "mp4", _("MP4 film")
    VTT = "vtt", _("captions (WebVTT)")

    @property
    def content_type(self) -> str:
        """As HTTP names it."""
        if self is PublicKind.VTT:
            return "text/vtt; charset=utf-8"
        return f"{'video' if self in FILMS else 'image'}/{self.value}"


IMAGES = (PublicKind.PNG, PublicKind.JPEG, PublicKind.WEBP)
FILMS = (PublicKind.WEBM, PublicKind.MP4)
OTHER_BRANDS = {b"qt  ", b"heic", b"heix", b"mif1", b"avif", b"M4A "}
"""What phones and cameras put into the same boxes as an MP4 film, and not every browser plays."""


class UploadLimit(FileUploadHandler):
    """Lets what lies far beyond the limit go, before it fills the disk.

    Every form is read before anybody knows whose it is. What is kept is still too large, so that
    a form can say so.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The next piece, for those who keep it; None once there is too much of it anyway."""
        return raw_data if start <= self._most else None

    @cached_property
    def _most(self) -> int:
        """In bytes; more for those who replace the film."""
        user = getattr(self.request, "user", None)
        may_film = user is not None and user.has_perm("pages.change_film")
        most = [settings.UPLOAD_MEGABYTES, *([settings.FILM_MEGABYTES] if may_film else [])]
        return max(most) * MEGABYTE

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


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


@deconstructible(path="studio.uploads.PublicStorage")
class PublicStorage(FileSystemStorage):
    """Files below `MEDIA_ROOT`, which everybody can read.

    Each is named for its content, in the directory that the field's `upload_to` names: what is at
    an address never changes, so it is kept by browsers for ever, and what is uploaded twice is
    there once. What it is called by whoever uploads it is forgotten.
    """

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Keep it, unless it is kept already. Raises ValidationError for what is not served."""
        kind = public_kind_of(content)
        if kind is None:
            raise ValidationError(_("This kind of file cannot be shown to visitors."), "kind")
        content.seek(0)
        digest = file_digest(content, "sha256").hexdigest()[:HASH_LETTERS]
        content.seek(0)
        kept = str(PurePosixPath(name or "").parent / f"{digest}.{kind.value}")
        if not self.exists(kept):
            # Only a whole file gets the name, whoever else is writing the same one just now.
            part = f"{kept}.{token_hex(8)}"
            try:
                super().save(part, content, max_length)
                Path(self.path(part)).replace(self.path(kept))
            finally:
                self.delete(part)
        return kept


def clear_away(rows: QuerySet[Any], *fields: str) -> None:
    """Once it is committed what becomes of rows, delete the files that no row names any more.

    To be called before the rows are written, with all fields of their model that name such files.
    """
    before = _named_by(rows, fields)

    def clear() -> None:
        now = _named_by(rows.model._base_manager.all(), fields)
        for name in before - now:
            PublicStorage().delete(name)

    transaction.on_commit(clear)


def _named_by(rows: QuerySet[Any], fields: Iterable[str]) -> set[str]:
    """What is empty names no file."""
    return {name for row in rows.values_list(*fields) for name in row if name}


def random_name(_row: Model, _name: str) -> str:
    """A path that tells nothing and that nobody guesses."""
    return str(Path("proofs") / token_urlsafe(24))


def kind_of(file: "IO[bytes] | File[Any]") -> FileKind | None:
    """What a file is by its first bytes, whatever it is called."""
    head = _head(file)
    return FileKind.PDF if head.startswith(b"%PDF-") else _named(FileKind, _image(head))


def public_kind_of(file: "IO[bytes] | File[Any]") -> PublicKind | None:
    """The same for what everybody may see."""
    head = _head(file)
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head:
        return PublicKind.WEBM
    if head[4:8] == b"ftyp" and head[8:12] not in OTHER_BRANDS:
        return PublicKind.MP4
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return PublicKind.VTT
    return _named(PublicKind, _image(head))


def checked_kind(file: "File[Any]") -> FileKind:
    """The kind of an upload that can be taken. Raises ValidationError with what can."""
    refuse_larger(file, settings.UPLOAD_MEGABYTES)
    kind = kind_of(file)
    if kind is None:
        raise ValidationError(_("Give a PDF, or a PNG, JPEG or WebP image."), "kind")
    return kind


def checked_public_kind(
    file: "File[Any]", kinds: Collection[PublicKind], *, most_megabytes: int
) -> PublicKind:
    """The kind of an upload for everybody. Raises ValidationError with what can be taken."""
    refuse_larger(file, most_megabytes)
    kind = public_kind_of(file)
    if kind is None or kind not in kinds:
        words = _("This file is none of these: %(kinds)s.")
        named = ", ".join(str(each.label) for each in kinds)
        raise ValidationError(words, "kind", {"kinds": named})
    return kind


def refuse_larger(file: "File[Any]", most_megabytes: int) -> None:
    """Raise ValidationError for a file of more than so many megabytes."""
    if file.size > most_megabytes * MEGABYTE:
        words = _("The file is too large. Give one of at most %(most)s MB.")
        raise ValidationError(words, "too_large", {"most": most_megabytes})


def _head(file: "IO[bytes] | File[Any]") -> bytes:
    file.seek(0)
    head: bytes = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def _image(head: bytes) -> str:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return ""


def _named[Kind: TextChoices](kinds: type[Kind], name: str) -> Kind | None:
    return kinds(name) if name else None
