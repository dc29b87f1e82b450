"""What is uploaded: known by its content, and kept where nobody else finds it."""

import re
from errno import ENOSPC
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from studio.uploads import (
    FILMS,
    IMAGES,
    FileKind,
    PrivateStorage,
    PublicKind,
    PublicStorage,
    checked_kind,
    checked_public_kind,
    kind_of,
    public_kind_of,
    random_name,
)
from tests.uploading import PDF
from therapists.models import Proof

CONTENTS = {
    FileKind.PDF: PDF,
    FileKind.PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    FileKind.JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF",
    FileKind.WEBP: b"RIFF\x24\x00\x00\x00WEBPVP8 ",
}


PUBLIC = {
    PublicKind.PNG: CONTENTS[FileKind.PNG],
    PublicKind.JPEG: CONTENTS[FileKind.JPEG],
    PublicKind.WEBP: CONTENTS[FileKind.WEBP],
    PublicKind.WEBM: b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm",
    PublicKind.MP4: b"\x00\x00\x00\x20ftypisom",
    PublicKind.VTT: b"\xef\xbb\xbfWEBVTT\n",
}


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_is_known_by_its_first_bytes_whatever_it_is_called(kind):
    file = SimpleUploadedFile("page.html", CONTENTS[kind], "text/html")

    assert checked_kind(file) == kind
    assert file.read() == CONTENTS[kind]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b" %PDF-1.7",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"PK\x03\x04",
        b"\x89PN",
    ],
)
def test_what_is_none_of_them_is_refused_whatever_it_is_called(content):
    with pytest.raises(ValidationError, match="Give a PDF"):
        checked_kind(ContentFile(content, "licence.pdf"))


def test_a_file_of_the_limit_is_taken_and_a_larger_one_is_not(settings):
    settings.UPLOAD_MEGABYTES = 1

    assert checked_kind(ContentFile(PDF.ljust(1_000_000))) == FileKind.PDF
    with pytest.raises(ValidationError, match="at most 1 MB"):
        checked_kind(ContentFile(PDF.ljust(1_000_001)))


def test_a_private_file_is_for_the_owner_alone_and_has_no_address():
    storage = PrivateStorage()

    name = storage.save(random_name(Proof(), "../../licence.pdf"), ContentFile(PDF))

    path = Path(storage.path(name))
    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(ValueError, match="no address"):
        storage.url(name)


def test_a_name_tells_nothing_and_never_comes_twice():
    names = {random_name(Proof(), "licence.pdf") for _ in range(100)}

    assert len(names) == 100
    assert not any("licence" in name for name in names)


def test_private_files_lie_in_no_directory_that_is_served():
    served = (settings.STATIC_ROOT, settings.MEDIA_ROOT)

    assert not any(settings.PRIVATE_ROOT.is_relative_to(directory) for directory in served)


def test_what_is_read_starts_at_the_beginning():
    file = ContentFile(PDF)
    file.read()

    assert kind_of(file) == FileKind.PDF


def test_what_lies_far_beyond_the_limit_is_not_kept(settings, rf):
    settings.UPLOAD_MEGABYTES = 1
    sent = SimpleUploadedFile("licence.pdf", PDF.ljust(3_000_000))

    [file] = rf.post("/", {"file": sent}).FILES.values()

    assert 1_000_000 < file.size < 1_200_000
    with pytest.raises(ValidationError, match="at most 1 MB"):
        checked_kind(file)
    file.close()


def test_a_file_within_the_limit_is_kept_whole(settings, rf):
    settings.UPLOAD_MEGABYTES = 2
    content = PDF.ljust(2_000_000)

    [file] = rf.post("/", {"file": SimpleUploadedFile("licence.pdf", content)}).FILES.values()

    assert file.read() == content
    assert checked_kind(file) == FileKind.PDF
    file.close()


@pytest.mark.parametrize("kind", PublicKind)
def test_what_everybody_may_see_is_named_for_its_content(settings, tmp_path, kind):
    settings.MEDIA_ROOT = tmp_path
    storage = PublicStorage()

    name = storage.save("films/My film.html", ContentFile(PUBLIC[kind]))
    again = storage.save("films/Other name.exe", ContentFile(PUBLIC[kind]))

    assert re.fullmatch(rf"films/[0-9a-f]{{32}}\.{kind}", again)
    assert storage.url(again) == f"/uploads/{again}"
    assert storage.path(again).startswith(str(tmp_path))
    assert Path(name).name == Path(again).name


@pytest.mark.parametrize(
    "content", [PDF, b"<svg/>", b"\x1aE\xdf\xa3\x9fB\x82\x88matroska", b"", b"<!doctype html>"]
)
def test_what_a_browser_might_run_is_not_for_everybody(settings, tmp_path, content):
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(ValidationError, match="cannot be shown to visitors"):
        PublicStorage().save("films/film.webm", ContentFile(content))
    assert public_kind_of(ContentFile(content)) is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("brand", [b"qt  ", b"heic", b"avif"])
def test_what_a_phone_puts_into_the_boxes_of_a_film_is_none(brand):
    assert public_kind_of(ContentFile(b"\x00\x00\x00\x20ftyp" + brand)) is None


def test_half_a_file_is_not_taken_for_the_whole_one(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    film = ContentFile(PUBLIC[PublicKind.WEBM].ljust(200_000))
    with monkeypatch.context() as full:
        full.setattr(ContentFile, "chunks", half_of_it)
        with pytest.raises(OSError, match="No space left"):
            PublicStorage().save("films/film.webm", film)
    assert not list(tmp_path.rglob("*.*"))

    name = PublicStorage().save("films/film.webm", film)

    assert (tmp_path / name).stat().st_size == 200_000


def half_of_it(file, chunk_size=None):
    """What is written before the disk is full."""
    file.seek(0)
    yield file.read(100_000)
    raise OSError(ENOSPC, "No space left on device")


class Overtaken(SimpleUploadedFile):
    """A file that somebody else uploads as well while it is written."""

    def chunks(self, chunk_size=None):
        PublicStorage().save("films/film.webm", ContentFile(PUBLIC[PublicKind.WEBM]))
        return super().chunks(chunk_size)


def test_who_uploads_the_same_file_at_the_same_time_gets_the_same_name(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    name = PublicStorage().save("films/film.webm", Overtaken("film.webm", PUBLIC[PublicKind.WEBM]))

    assert re.fullmatch(r"films/[0-9a-f]{32}\.webm", name)
    assert [path.name for path in tmp_path.rglob("*.*")] == [Path(name).name]


def test_a_field_says_which_kinds_it_takes_and_how_much():
    film = ContentFile(PUBLIC[PublicKind.WEBM].ljust(1_000_001))

    assert checked_public_kind(film, FILMS, most_megabytes=2) == PublicKind.WEBM
    with pytest.raises(ValidationError, match="none of these: PNG image, JPEG image, WebP image"):
        checked_public_kind(film, IMAGES, most_megabytes=2)
    with pytest.raises(ValidationError, match="at most 1 MB"):
        checked_public_kind(film, FILMS, most_megabytes=1)
