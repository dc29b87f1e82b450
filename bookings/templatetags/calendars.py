"""The many alike of a calendar: the days of a month, and the times of a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache

from django import template
from django.template import RequestContext
from django.template.defaultfilters import date as date_in_words
from django.template.defaulttags import querystring
from django.utils.formats import time_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from bookings.pages.month import Day
from bookings.templatetags.appointments import utc_offset
from studio.fragments import Fragment, left_open

register = template.Library()

DATES = 2000
"""So many in words are kept: two years in each language, and more."""

DAY = left_open("day")
_TIME = Fragment("includes/slot.html", "starts_at", "time")
_TIME_AND_OFFSET = Fragment("includes/slot.html", "starts_at", "time", "offset")
_OWN = Fragment("includes/slot.html", "starts_at", "time", own_start=left_open("starts_at"))
_OWN_AND_OFFSET = Fragment(
    "includes/slot.html", "starts_at", "time", "offset", own_start=left_open("starts_at")
)
_WORDS = ("address", "free", "weekday", "day", "number")
_FREE = {
    (is_one, is_chosen): Fragment(
        "includes/day.html", *_WORDS, count=1 if is_one else 2, is_chosen=is_chosen
    )
    for is_one in (True, False)
    for is_chosen in (True, False)
}
_FULL = {
    is_chosen: Fragment("includes/day.html", "number", is_chosen=is_chosen)
    for is_chosen in (True, False)
}
_ELSEWHERE = Fragment("includes/day.html")


@register.simple_tag
def slots(
    instants: Iterable[datetime], *, own: datetime | None = None, offsets: bool = False
) -> SafeString:
    """A button for each time, on the current zone's clock, with its offset if that is asked for."""
    return mark_safe("".join(_slots(instants, own, offsets)))  # noqa: S308 - of fragments


def _slots(instants: Iterable[datetime], own: datetime | None, offsets: bool) -> Iterator[str]:
    language = get_language()
    for instant in instants:
        here = localtime(instant)
        words = {"starts_at": here.isoformat(), "time": _time(language, here.hour, here.minute)}
        if offsets:
            fragment = _OWN_AND_OFFSET if instant == own else _TIME_AND_OFFSET
            yield fragment.fill(**words, offset=utc_offset(here))
        else:
            yield (_OWN if instant == own else _TIME).fill(**words)


@register.simple_tag(takes_context=True)
def days(context: RequestContext, week: Sequence[Day | None]) -> SafeString:
    """A cell for each day of a week; those of other months stay empty."""
    address = querystring(context, day=DAY, month=None)
    return mark_safe("".join(_day(day, address) for day in week))  # noqa: S308 - of fragments


def _day(day: Day | None, address: str) -> str:
    if day is None:
        return _ELSEWHERE.fill()
    if not day.count:
        return _FULL[day.is_chosen].fill(number=str(day.date.day))
    weekday, words = _in_words(get_language(), day.date)
    return _FREE[day.count == 1, day.is_chosen].fill(
        address=address.replace(DAY, day.date.isoformat()),
        free=str(day.count),
        weekday=weekday,
        day=words,
        number=str(day.date.day),
    )


@lru_cache(maxsize=DATES)
def _in_words(_language: str | None, day: date) -> tuple[str, str]:
    """Its weekday, and the day in its month."""
    return date_in_words(day, "l"), date_in_words(day, "MONTH_DAY_FORMAT")


@cache
def _time(_language: str | None, hour: int, minute: int) -> str:
    return time_format(time(hour, minute))
