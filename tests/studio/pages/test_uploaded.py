"""What was uploaded for everybody to see."""

import shutil
import urllib.request

import pytest
from django.core.files.base import ContentFile

from studio.uploads import PublicStorage

WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + bytes(range(256)) * 40


@pytest.fixture
def address(settings, tmp_path):
    """Where a film is."""
    settings.MEDIA_ROOT = tmp_path
    storage = PublicStorage()
    return storage.url(storage.save("films/Our film!.html", ContentFile(WEBM)))


def content(answer):
    return b"".join(answer.streaming_content)


def test_a_file_is_sent_as_what_it_is_and_kept_for_ever(client, address):
    answer = client.get(address)

    assert content(answer) == WEBM
    assert answer["Content-Type"] == "video/webm"
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(len(WEBM))
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize(
    ("asked", "status", "sent", "told"),
    [
        ("bytes=0-1", 206, WEBM[:2], f"bytes 0-1/{len(WEBM)}"),
        ("bytes=100-", 206, WEBM[100:], f"bytes 100-{len(WEBM) - 1}/{len(WEBM)}"),
        ("bytes=-10", 206, WEBM[-10:], f"bytes {len(WEBM) - 10}-{len(WEBM) - 1}/{len(WEBM)}"),
        ("bytes=5-5", 200, WEBM, None),
        ("bytes=999999-", 416, b"", f"bytes */{len(WEBM)}"),
        ("lines=1-2", 200, WEBM, None),
    ],
)
def test_a_piece_of_a_file_can_be_asked_for(client, address, asked, status, sent, told):
    answer = client.get(address, headers={"Range": asked})

    assert answer.status_code == status
    assert content(answer) == sent
    assert answer.get("Content-Range") == told


def test_who_has_it_is_not_sent_it_again(client, address):
    tag = client.head(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/uploads/films/00000000000000000000000000000000.webm",
        "/uploads/films/../../secret_key",
        "/uploads/films/%2e%2e/secret_key",
        "/uploads/../private/proofs/x",
        "/uploads//etc/passwd",
        "/uploads/films/",
        "/uploads/",
    ],
)
def test_nothing_else_is_sent(client, address, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_what_is_no_kind_for_everybody_is_not_sent_even_when_it_lies_there(client, address):
    from django.conf import settings

    name = "films/0123456789abcdef0123456789abcdef.html"
    (settings.MEDIA_ROOT / name).write_text("<script>alert(1)</script>")

    assert client.get(f"/uploads/{name}").status_code == 404


def test_only_reading_is_possible(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_the_server_sends_pieces_of_a_film(migrated_sqlite, start_studio, tmp_path):
    film = tmp_path / "data/uploads/films/0123456789abcdef0123456789abcdef.webm"
    film.parent.mkdir(parents=True)
    film.write_bytes(WEBM)

    file = shutil.copy(migrated_sqlite, tmp_path / "live.sqlite3")

    with start_studio(f"sqlite:///{file}", WORKERS="1") as studio:
        request = urllib.request.Request(
            f"{studio.url}/uploads/films/{film.name}", headers={"Range": "bytes=4-99"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert (answer.status, answer.read()) == (206, WEBM[4:100])
            assert answer.headers["Content-Range"] == f"bytes 4-99/{len(WEBM)}"
            assert answer.headers["Content-Type"] == "video/webm"
