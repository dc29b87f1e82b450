from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from studio.photos import LONGEST_SIDE, MOST_BYTES, SQUARE_SIDE, photo_of
from tests.uploading import PDF, picture


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("me.jpg", content)


def opened(file) -> Image.Image:
    file.seek(0)
    return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_webp_and_a_square(kind):
    photo = photo_of(upload(picture(400, 300, kind=kind)))

    whole, square = opened(photo), opened(photo.square)
    assert (whole.format, whole.size) == ("WEBP", (400, 300))
    assert (square.format, square.size) == ("WEBP", (SQUARE_SIDE, SQUARE_SIDE))


@pytest.mark.parametrize(
    ("given", "kept"), [((2400, 1200), (1200, 600)), ((30, 2400), (15, 1200)), ((20, 10), (20, 10))]
)
def test_a_large_photo_is_made_smaller(given, kept):
    assert opened(photo_of(upload(picture(*given)))).size == kept


def test_a_photo_is_turned_upright_and_loses_what_the_camera_wrote():
    content = picture(400, 300, orientation=6)
    assert b"Secret Camera" in content

    photo = photo_of(upload(content))

    assert opened(photo).size == (300, 400)
    for file in (photo, photo.square):
        assert not opened(file).getexif()
        assert not {"exif", "icc_profile", "xmp"} & opened(file).info.keys()


def test_what_can_be_seen_through_stands_on_white():
    content = picture(10, 10, kind="PNG", mode="RGBA", colour=(0, 0, 0, 0))

    assert opened(photo_of(upload(content))).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_takes_no_more_than_a_page_has_left_for_it():
    photo = photo_of(upload(picture(1400, 1400, noisy=True)))

    assert photo.size <= MOST_BYTES
    assert max(opened(photo).size) < LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (picture(400, 300, noisy=True)[:2000], "cannot be read"),
        (b"\xff\xd8\xff" + b"no image at all", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "cannot be read"),
        (b"RIFF\0\0\0\0WEBP", "cannot be read"),
        (PDF, "none of these"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "none of these"),
        (b"", "none of these"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason(content, words):
    with pytest.raises(ValidationError, match=words):
        photo_of(upload(content))


def test_a_file_that_is_too_large_is_refused(settings):
    settings.UPLOAD_MEGABYTES = 1

    with pytest.raises(ValidationError, match="at most 1 MB"):
        photo_of(upload(picture() + b"\0" * 1_000_000))


def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused(monkeypatch):
    monkeypatch.setattr("studio.photos.MOST_PIXELS", 99)

    with pytest.raises(ValidationError, match="too many pixels"):
        photo_of(upload(picture(10, 10)))


def test_a_picture_that_would_not_even_be_opened_is_refused_alike(monkeypatch):
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 49)

    with pytest.raises(ValidationError, match="too many pixels"):
        photo_of(upload(picture(10, 10)))
