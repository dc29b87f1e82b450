from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from bookings.templatetags.appointments import (
    city,
    clock,
    duration,
    in_days,
    in_hours,
    instant,
    language_called,
    map_address,
    money,
    style_called,
    tel,
    utc_offset,
)

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("120.00", "USD", "$120"),
        ("120.50", "USD", "$120.50"),
        ("1234.00", "EUR", "€1,234"),
        ("0.00", "GBP", "£0"),
        ("95.00", "CHF", "CHF 95"),
    ],
)
def test_prices(amount, currency, written):
    with translation.override("en"):
        assert money(Decimal(amount), currency) == written


@pytest.mark.parametrize(
    ("zone", "instant", "written"),
    [
        ("America/Denver", datetime(2026, 8, 3, 12, tzinfo=UTC), f"UTC{MINUS}6"),
        ("America/Denver", datetime(2026, 12, 3, 12, tzinfo=UTC), f"UTC{MINUS}7"),
        ("America/St_Johns", datetime(2026, 12, 3, 12, tzinfo=UTC), f"UTC{MINUS}3:30"),
        ("Asia/Kolkata", datetime(2026, 12, 3, 12, tzinfo=UTC), "UTC+5:30"),
        ("Europe/London", datetime(2026, 12, 3, 12, tzinfo=UTC), "UTC"),
    ],
)
def test_offsets(zone, instant, written):
    assert utc_offset(instant.astimezone(ZoneInfo(zone))) == written


def test_the_passages_of_a_repeated_hour_have_different_offsets():
    denver = ZoneInfo("America/Denver")
    first, second = (datetime(2026, 11, 1, 1, 30, tzinfo=denver, fold=fold) for fold in (0, 1))

    assert (utc_offset(first), utc_offset(second)) == (f"UTC{MINUS}6", f"UTC{MINUS}7")


def test_lengths():
    assert duration(60) == "60 minutes"
    assert duration(1) == "1 minute"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/New_York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("UTC", "UTC"),
    ],
)
def test_cities(zone, name):
    assert city(zone) == name


@pytest.mark.parametrize(
    ("code", "name"), [("fr", "French"), ("ht", "Haitian Creole"), ("x-unknown", "x-unknown")]
)
def test_languages(code, name):
    assert language_called(code) == name


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+1 303 555 0100", "+13035550100"),
        ("(303) 555-0100", "3035550100"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("", ""),
    ],
)
def test_phone_numbers_to_call(written, dialled):
    assert tel(written) == dialled


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(120, "2 hours"), (60, "1 hour"), (90, "90 minutes"), (45, "45 minutes"), (0, "0 minutes")],
)
def test_whole_hours_are_written_as_such(minutes, written):
    assert in_hours(minutes) == written


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (1, "1 day"),
        (3, "3 days"),
        (7, "7 days"),
        (14, "2 weeks"),
        (42, "6 weeks"),
        (45, "45 days"),
        (90, "3 months"),
        (275, "9 months"),
    ],
)
def test_spans_are_written_in_weeks_or_months_where_those_say_the_same(days, written):
    assert in_days(days) == written


@pytest.mark.parametrize(
    ("style", "written"),
    [("bar", "Under the bars"), ("silk-strap", "Silk strap"), ("thai_rope", "Thai rope")],
)
def test_styles_are_called_in_words(style, written):
    assert style_called(style) == written


def test_a_minute_is_a_point_in_time():
    assert instant(60) == datetime(1970, 1, 1, 1, tzinfo=UTC)


def test_a_map_is_asked_for_the_whole_address():
    assert (
        map_address("12 Larimer St & Co, Denver")
        == "https://www.openstreetmap.org/search?query=12%20Larimer%20St%20%26%20Co%2C%20Denver"
    )


@pytest.mark.parametrize(
    ("language", "midnight", "noon"), [("en", "midnight", "noon"), ("es", "medianoche", "mediodía")]
)
def test_each_hour_of_a_clock_is_written_alone_and_with_minutes(language, midnight, noon):
    with translation.override(language):
        faces = clock()

    assert [faces["alone"][hour] for hour in (0, 12, 14)] == [midnight, noon, "2 p.m."]
    assert [faces["withMinutes"][hour] for hour in (0, 12, 14)] == [
        "12:59 a.m.",
        "12:59 p.m.",
        "2:59 p.m.",
    ]
    assert {len(hours) for hours in faces.values()} == {24}
