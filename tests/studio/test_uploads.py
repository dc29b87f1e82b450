"""What is uploaded: known by its content, and kept where nobody else finds it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from studio.uploads import FileKind, PrivateStorage, checked_kind, kind_of, random_name
from tests.uploading import PDF
from therapists.models import Proof

CONTENTS = {
    FileKind.PDF: PDF,
    FileKind.PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    FileKind.JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF",
    FileKind.WEBP: b"RIFF\x24\x00\x00\x00WEBPVP8 ",
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
