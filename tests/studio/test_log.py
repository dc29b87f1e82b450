import logging
from io import StringIO

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from granian.log import DEFAULT_ACCESSLOG_FMT

from bookings.domain.links import manage_token
from bookings.models import Booking
from studio.log import HIDDEN

pytestmark = pytest.mark.django_db

SECRET = "t3Ks-9yWZ0b_hUq8Vd1mXoR5cLfNe7aGj2PiTx4BwYQ"
"""As long as every secret of ours, and of the same letters."""

FILLED = {"token": SECRET, "secret": SECRET, "reference": "ABCDE-FGHJK", "choice": "reminders"}
OTHERS = {"slug": "lena", "client": 1}


class Breaking:
    """A middleware under which every view fails, and says with what it was called."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        raise RuntimeError(f"Broken: {request.get_full_path()}, {kwargs}")


def secret_addresses(found=None, namespace=""):
    """An address of every route that has a secret in it."""
    for each in (found or get_resolver()).url_patterns:
        if not isinstance(each, URLPattern):
            yield from secret_addresses(each, f"{each.namespace}:" if each.namespace else namespace)
        elif {"token", "secret"} & set(names := each.pattern.converters):
            values = {name: (FILLED | OTHERS)[name] for name in names}
            yield reverse(f"{namespace}{each.name}", kwargs=values)


@pytest.fixture
def said(monkeypatch):
    """What the log says during the test."""
    [handler] = (each for each in logging.root.handlers if each.name == "stderr")
    stream = StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return stream


@pytest.fixture
def all_said(said, monkeypatch):
    """The same with every logger as talkative as can be."""
    for logger in map(logging.getLogger, ["", *logging.Logger.manager.loggerDict]):
        monkeypatch.setattr(logger, "level", logging.DEBUG)
    return said


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


@pytest.mark.parametrize("address", list(secret_addresses()))
def test_p1_the_secret_of_a_link_stands_in_no_line_of_the_log(address, all_said, settings):
    stranger = Client(enforce_csrf_checks=True)
    from_itself = {"Referer": f"https://elsewhere.example{address}"}

    refused = stranger.post(address).status_code
    from_elsewhere = stranger.post(address, secure=True, headers=from_itself).status_code
    unknown = Client().get(address).status_code
    wrong = Client().put(address).status_code
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Breaking"]
    breaking = Client(raise_request_exception=False)
    broken = breaking.get(address, {"token": SECRET}).status_code

    # What takes no form at all, or none of its owner's, has no form to refuse.
    assert {refused, from_elsewhere} <= {403, 404, 405}
    assert (unknown, broken) == (404, 500)
    assert wrong in {404, 405}
    assert f"Internal Server Error: /{address.split('/')[1]}/" in all_said.getvalue()
    assert "Traceback" in all_said.getvalue()
    assert HIDDEN in all_said.getvalue()
    assert SECRET not in all_said.getvalue()


def test_p1_every_kind_of_link_is_among_them():
    token = manage_token(Booking(reference="ABCDE-FGHJK", token_epoch=0))
    starts = {address.split("/")[1] for address in secret_addresses()}

    assert len(SECRET) == len(token)
    assert starts == {"manage", "waitlist", "mail", "calendars"}


@pytest.mark.parametrize("logger", ["granian.access", "django.server"])
def test_p1_a_server_that_logs_each_request_hides_the_secret_too(all_said, logger):
    path = reverse("bookings:manage", args=("ABCDE-FGHJK", SECRET))
    line = DEFAULT_ACCESSLOG_FMT % {
        "time": "now", "addr": "127.0.0.1", "method": "GET", "path": path,
        "protocol": "HTTP/1.1", "status": 200, "dt_ms": 1.0,
    }  # fmt: skip

    logging.getLogger(logger).info(line)

    assert f'"GET /manage/ABCDE-FGHJK/{HIDDEN}/ HTTP/1.1" 200' in all_said.getvalue()
    assert SECRET not in all_said.getvalue()


def test_a_long_name_of_the_code_can_be_read(said):
    name = "what_a_booking_page_says_when_nobody_can_take_the_session"

    logging.getLogger("studio").warning("In %s.", name)

    assert name in said.getvalue()
