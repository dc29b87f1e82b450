import logging
from io import StringIO

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(monkeypatch):
    """What the log says during the test."""
    [handler] = (each for each in logging.root.handlers if each.name == "stderr")
    stream = StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return stream


def test_a_body_that_is_too_large_is_one_line(said, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = Client(enforce_csrf_checks=True, headers={"Cookie": f"csrftoken={'a' * 32}"})

    answer = client.post(
        "/your-booking/", "a=" + "a" * 100, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 400
    [line] = said.getvalue().splitlines()
    assert "ERROR django.security.RequestDataTooBig: Request body exceeded" in line


def test_what_broke_has_its_trace(said):
    try:
        raise RuntimeError("Oil on the floor.")
    except RuntimeError:
        logging.getLogger("django.request").exception("Broken.")

    assert "Traceback" in said.getvalue()
