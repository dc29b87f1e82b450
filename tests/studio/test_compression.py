import gzip
from io import BytesIO

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from studio.compression import CompressPublic

WORDS = b"Long and slow strokes. " * 100


@pytest.fixture
def send(rf: RequestFactory):
    """Send an answer to a browser that takes it compressed."""
    request = rf.get("/", headers={"Accept-Encoding": "gzip, br"})
    return lambda answer: CompressPublic(lambda _: answer)(request)


def test_what_anybody_may_see_is_compressed(send):
    sent = send(HttpResponse(WORDS))

    assert gzip.decompress(sent.content) == WORDS
    assert sent["Content-Encoding"] == "gzip"
    assert sent["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("cache", ["no-store", "private, no-store"])
def test_what_knows_something_about_somebody_is_not(send, cache):
    sent = send(HttpResponse(WORDS, headers={"Cache-Control": cache}))

    assert sent.content == WORDS
    assert "Content-Encoding" not in sent


def test_a_file_stays_as_it_is(send):
    sent = send(FileResponse(BytesIO(WORDS)))

    assert b"".join(sent.streaming_content) == WORDS


@pytest.mark.django_db
def test_a_page_that_did_not_change_is_not_sent_again(client):
    takes = {"Accept-Encoding": "gzip"}
    first = client.get("/contact/", headers=takes)

    again = client.get("/contact/", headers={**takes, "If-None-Match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert again.status_code == 304
