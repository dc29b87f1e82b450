"""What is drawn once and filled in says what the template would, drawn for each."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils import timezone, translation

from bookings.pages.month import Day
from bookings.templatetags.calendars import days, slots

NINE, HALF_PAST_ONE = datetime(2026, 8, 3, 15, tzinfo=UTC), datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
MONDAY = date(2026, 8, 3)


@pytest.fixture(params=["en", "es"], autouse=True)
def _read_in_denver(request):
    with translation.override(request.param), timezone.override(ZoneInfo("America/Denver")):
        yield


@pytest.fixture
def context(rf):
    return RequestContext(rf.get("/book/downtown/bar-60/?therapist=lena&month=2026-08"))


def slot(starts_at, time, **more):
    return render_to_string("includes/slot.html", {"starts_at": starts_at, "time": time, **more})


@pytest.mark.parametrize("own", [None, NINE, HALF_PAST_ONE])
def test_each_time_is_a_button_and_the_own_one_says_so(own):
    drawn = slots([NINE, HALF_PAST_ONE], own=own)

    assert drawn == "".join(
        slot(starts_at, time, own_start=starts_at if own == instant else "")
        for instant, starts_at, time in (
            (NINE, "2026-08-03T09:00:00-06:00", "9 a.m."),
            (HALF_PAST_ONE, "2026-11-01T01:30:00-06:00", "1:30 a.m."),
        )
    )


@pytest.mark.parametrize("own", [None, HALF_PAST_ONE])
def test_t5_where_clocks_change_each_has_its_offset(own):
    drawn = slots([HALF_PAST_ONE], own=own, offsets=True)

    starts_at = "2026-11-01T01:30:00-06:00"
    own_start = starts_at if own else ""
    assert drawn == slot(starts_at, "1:30 a.m.", offset="UTC\N{MINUS SIGN}6", own_start=own_start)


@pytest.mark.parametrize("is_chosen", [False, True])
@pytest.mark.parametrize("count", [0, 1, 2, 17])
def test_each_day_says_how_much_of_it_is_free_and_leads_to_it(context, count, is_chosen):
    drawn = days(context, [Day(MONDAY, count, is_chosen)])

    in_words = {"en": ("Monday", "August 3"), "es": ("lunes", "3 de agosto")}
    weekday, day = in_words[translation.get_language()]
    assert drawn == render_to_string(
        "includes/day.html",
        {
            "address": "?therapist=lena&day=2026-08-03",
            "count": count,
            "free": count,
            "weekday": weekday,
            "day": day,
            "number": 3,
            "is_chosen": is_chosen,
        },
    )


def test_a_day_of_another_month_is_an_empty_cell(context):
    assert days(context, [None]) == render_to_string("includes/day.html")
