"""How prices, lengths and times of bookings are written."""

from datetime import datetime, time
from decimal import Decimal
from urllib.parse import quote

from django import template
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bookings.folding import dialled
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute

register = template.Library()

OTHER_LANGUAGES = {
    "ase": _("American Sign Language"),
    "fil": _("Filipino"),
    "ht": _("Haitian Creole"),
    "tl": _("Tagalog"),
    "zh": _("Chinese"),
}
"""Those that Django has no names for."""

STYLES = {
    "bar": _("Under the bars"),
    "mat": _("On the mat"),
    "hands": _("With the hands"),
    "rope": _("With ropes"),
    "chair": _("With chairs"),
    "bamboo": _("With bamboo"),
}
"""What the studio calls the styles that it knows of."""

MONTH_DAYS = 365.25 / 12

SYMBOLS = {"EUR": "€", "GBP": "£", "JPY": "¥", "USD": "$"}


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """`$120`, `$120.50`, `CHF 120`: full amounts without their zeros."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, decimals, force_grouping=True)
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{currency} {number}"


@register.filter
def duration(minutes: int) -> str:
    """`45 minutes`."""
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@register.filter
def in_hours(minutes: int) -> str:
    """`2 hours`; `90 minutes` where it is no whole number of them."""
    hours, rest = divmod(minutes, 60)
    if rest or not hours:
        return duration(minutes)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


@register.filter
def in_days(days: int) -> str:
    """`3 days`, `6 weeks`, `9 months`: the largest measure that says the same."""
    months = round(days / MONTH_DAYS)
    if months > 1 and abs(days - months * MONTH_DAYS) < 1.5:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    weeks, rest = divmod(days, 7)
    if weeks > 1 and not rest:
        return ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.filter
def instant(minute: Minute) -> datetime:
    """The point in time of a minute, for the filters that write times."""
    return to_instant(minute)


@register.filter(expects_localtime=True)
def utc_offset(at: datetime) -> str:
    """`UTC+5:30`: what the current zone's clocks differ by at an instant."""
    shift = at.utcoffset()
    if not shift:
        return gettext("UTC")
    hours, minutes = divmod(abs(int(shift.total_seconds())) // 60, 60)
    sign = "+" if shift.total_seconds() > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


@register.filter
def city(timezone: str) -> str:
    """The place an IANA zone is named after: `Denver` of `America/Denver`."""
    return timezone.rpartition("/")[2].replace("_", " ")


@register.filter
def language_called(code: str) -> str:
    """`French` of `fr`; the code itself where the name is not known."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return str(OTHER_LANGUAGES.get(code, code))


@register.filter
def style_called(style: str) -> str:
    """`On the mat` of `mat`; the slug in words where the style is not known."""
    return str(STYLES.get(style) or capfirst(style.replace("-", " ").replace("_", " ")))


@register.filter
def tel(phone: str) -> str:
    """A phone number as `tel:` links want it: nothing but digits, and the plus in front.

    The "(0)" of "+44 (0)20" is not dialled.
    """
    number = phone.strip().replace("(0)", "")
    return ("+" if number.startswith("+") else "") + dialled(number)


@register.filter
def map_address(address: str) -> str:
    """Where a map shows a street address; nothing is loaded until somebody follows it."""
    return f"https://www.openstreetmap.org/search?query={quote(address, safe='')}"


@register.simple_tag
def clock() -> dict[str, list[str]]:
    """How the language writes each hour, alone (`2 p.m.`) and with 59 minutes (`2:59 p.m.`)."""
    hours = range(24)
    return {
        "alone": [formats.time_format(time(hour)) for hour in hours],
        "withMinutes": [formats.time_format(time(hour, 59)) for hour in hours],
    }
