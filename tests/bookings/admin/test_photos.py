"""Photos of therapists, as managers upload them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import ImageOps

from studio.photos import SQUARE_SIDE
from tests.bookings.admin.filling import errors_of, save
from tests.factories import make_therapist
from tests.uploading import PDF, picture
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(manager, django_capture_on_commit_callbacks):
    """Save a therapist's page with a file; what waits for the commit is done as well."""

    def send(therapist, **changes):
        url = reverse("admin:therapists_therapist_change", args=[therapist.pk])
        with django_capture_on_commit_callbacks(execute=True):
            return save(manager, url, **changes)

    return send


def photo(width=40, height=30, **how):
    return SimpleUploadedFile("me.jpg", picture(width, height, **how))


def files_of(therapist):
    therapist.refresh_from_db()
    return [Path(field.path) for field in (therapist.photo, therapist.photo_square) if field]


def test_a_photo_is_kept_in_both_sizes_with_its_measures(upload):
    therapist = make_therapist()

    upload(therapist, photo=photo(400, 300))

    assert [file.suffix for file in files_of(therapist)] == [".webp", ".webp"]
    assert (therapist.photo_width, therapist.photo_height) == (400, 300)
    assert therapist.photo_square.width == SQUARE_SIDE


def test_a_photo_is_served_for_ever(upload, client):
    therapist = make_therapist()
    upload(therapist, photo=photo())
    therapist.refresh_from_db()

    answer = client.get(therapist.photo.url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    answer.close()


def test_another_photo_takes_the_files_of_the_one_before_away(upload):
    therapist = make_therapist()
    upload(therapist, photo=photo())
    before = files_of(therapist)

    upload(therapist, photo=photo(colour="red"))

    assert all(file.exists() for file in files_of(therapist))
    assert not any(file.exists() for file in before)


def test_a_photo_can_be_taken_away(upload):
    therapist = make_therapist()
    upload(therapist, photo=photo())
    before = files_of(therapist)

    upload(therapist, **{"photo-clear": "on"})

    assert files_of(therapist) == []
    assert therapist.photo_width is None
    assert not any(file.exists() for file in before)


def test_a_photo_that_somebody_else_has_as_well_stays(upload):
    one, other = make_therapist(), make_therapist()
    for therapist in (one, other):
        upload(therapist, photo=photo())

    upload(one, **{"photo-clear": "on"})

    assert all(file.exists() for file in files_of(other))


def test_whatever_else_is_saved_leaves_the_photo_alone(upload):
    therapist = make_therapist()
    upload(therapist, photo=photo())
    before = files_of(therapist)

    upload(therapist, bio="Steady.")

    assert files_of(therapist) == before
    assert all(file.exists() for file in before)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (picture(300, 300, noisy=True)[:900], "This picture cannot be read."),
        (PDF, "This file is none of these:"),
    ],
)
def test_what_is_no_photo_is_refused_and_the_one_there_stays(upload, content, words):
    therapist = make_therapist()
    upload(therapist, photo=photo())
    before = files_of(therapist)

    answer = upload(therapist, photo=SimpleUploadedFile("me.jpg", content))

    assert words in errors_of(answer)["photo"][0]
    assert files_of(therapist) == before
    assert all(file.exists() for file in before)


@pytest.mark.parametrize("content", [picture(), picture(300, 300, noisy=True)[:900]])
def test_a_photo_is_read_before_anything_is_locked(upload, monkeypatch, content):
    therapist = make_therapist()
    outside, inside = len(connection.savepoint_ids), []

    def read(*args, **kwargs):
        inside.append(len(connection.savepoint_ids) - outside)
        return exif_transpose(*args, **kwargs)

    exif_transpose = ImageOps.exif_transpose
    monkeypatch.setattr(ImageOps, "exif_transpose", read)
    upload(therapist, photo=SimpleUploadedFile("me.jpg", content))

    assert inside == [0]


def test_reception_uploads_no_photo(receptionist):
    therapist = make_therapist()
    url = reverse("admin:therapists_therapist_change", args=[therapist.pk])

    answer = receptionist.post(url, {"photo": photo()})

    assert answer.status_code == 403
    assert not Therapist.objects.exclude(photo="").exists()
