import pytest
from django.core.exceptions import ValidationError

from bookings.pages.forms import InstantField, readable
from bookings.scheduling.hours import to_minute
from tests.factories import at


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-03T10:00:00-06:00",
        "2026-08-03T10:00-06:00",
        "2026-08-03T16:00:00Z",
        " 2026-08-03T16:00:00+00:00 ",
    ],
)
def test_instants_of_rfc_3339(text):
    assert InstantField().clean(text) == to_minute(at("2026-08-03 10:00"))


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "10:00", "2026-08-03", "2026-08-03T10:00:00", "2026-08-03T10:00:01Z"),
        *("2026-08-03T25:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:00Z", "\0", "🦶"),
    ],
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(ValidationError):
        InstantField().clean(text)


def test_texts_lose_what_nobody_can_read():
    assert readable("One\r\ntwo\x07\x1b[0m \N{LEFT-TO-RIGHT MARK}🦶") == (
        "One\ntwo[0m \N{LEFT-TO-RIGHT MARK}🦶"
    )
