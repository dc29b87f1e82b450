"""How the pages for staff spell and read times, and name rules."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.domain.attention.judging import Affected
from bookings.domain.refusals import CONCEALED, WORDS, is_concealed
from bookings.domain.staff import Person, may_see_private_time_off
from bookings.enums import Status
from bookings.errors import BookingError, RuleRefused, Together
from bookings.models import Booking
from bookings.scheduling.hours import WallClock, to_instant, wall_minute
from bookings.scheduling.slots import Rule
from bookings.scheduling.timeline import Minute

MOST_LISTED = 20

SIGNS = {
    Status.HELD: "…",
    Status.PENDING_REVIEW: "?",
    Status.CONFIRMED: "•",
    Status.CHECKED_IN: "✓",
    Status.COMPLETED: "✓✓",
    Status.NO_SHOW: "✗",
    Status.CANCELLED: "–",
    Status.DECLINED: "–",
    Status.EXPIRED: "–",
}
"""Beside the colour and the word of each state."""


def standing(booking: Booking, *, now: Minute) -> str:
    """Its state in words; a hold or a review past its time is as good as expired (rule B3)."""
    state = booking.get_status_display()
    if booking.has_lapsed(to_instant(now)):
        return _("%(status)s, time is up") % {"status": state}
    return state


def start_of(booking: Booking) -> str:
    """When a session begins, at its location."""
    return spelled(local(booking.starts_at, booking))


def where(booking: Booking) -> str:
    """When, with whom and where a booking is, in one line."""
    return ", ".join((start_of(booking), booking.therapist.name, booking.room.name))


def at_location(instant: datetime | None, booking: Booking) -> str:
    """Any instant, on the wall clock of a booking's location."""
    return spelled(local(instant, booking)) if instant else ""


def status_words(booking: Booking) -> str:
    """In which state a booking is now."""
    words = _("%(booking)s is %(status)s.")
    return words % {"booking": booking, "status": booking.get_status_display()}


def local(instant: datetime, booking: Booking) -> datetime:
    """An instant on the wall clock of a booking's location."""
    return instant.astimezone(booking.location.zone)


def spelled(moment: datetime) -> str:
    """A local time with its offset from UTC, which tells the passages of a repeated hour apart."""
    return f"{spelled_wall(moment)} {_offset(moment)}"


def _offset(moment: datetime) -> str:
    offset = moment.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def spelled_wall(wall: datetime) -> str:
    """A reading of a wall clock; whose clock it is stands beside it."""
    return date_format(wall, _("D j M Y, H:i"))


def spelled_time(moment: datetime) -> str:
    """The time of a local day; with its offset where clocks show it twice."""
    words = f"{moment.hour:02}:{moment.minute:02}"
    if moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset():
        return words
    return f"{words} {_offset(moment)}"


def time_words(instant: datetime, booking: Booking, *, on: date | None = None) -> str:
    """A time at a booking's location, with its day unless that is the one it is about (`on`)."""
    moment = local(instant, booking)
    words = spelled_time(moment)
    return words if moment.date() == on else f"{date_format(moment, _('D j M'))}, {words}"


def start_meant(wall: datetime, timezone: str, *, second_passage: bool) -> Minute:
    """The instant that a typed start means (rule T4).

    In a repeated hour the first passage, unless the second is asked for; a skipped time stands
    for the first instant after the gap.
    """
    clock = WallClock(timezone, wall.date(), wall.date())
    reading = wall_minute(wall)
    return clock.as_end(reading) if second_passage else clock.as_start(reading)


def is_repeated(wall: datetime, timezone: str) -> bool:
    """Whether the clocks of a location show a time twice (rule T4)."""
    first, second = (start_meant(wall, timezone, second_passage=second) for second in (False, True))
    return first != second


def rule_words(rule: Rule, *, sees_private: bool) -> str:
    """A rule's words and number; a private period is not given away by them (rule S7)."""
    if is_concealed(rule, sees_private=sees_private):
        return str(CONCEALED)
    return _("%(words)s (%(number)s)") % {"number": rule.value, "words": WORDS[rule]}


def rule_number(rule: Rule, *, sees_private: bool) -> str:
    """A rule's number alone, under the same reserve."""
    if is_concealed(rule, sees_private=sees_private):
        return _("not available")
    return rule.value


def every_words(weeks: int | None) -> str:
    """How far the dates of a series lie apart."""
    if weeks is None:
        return _("On chosen dates")
    return ngettext("Every week", "Every %(weeks)s weeks", weeks) % {"weeks": weeks}


def refusal_words(refused: BookingError, user: Person) -> str:
    """Why not; with the rule's number, where it is one."""
    if isinstance(refused, RuleRefused):
        return rule_words(refused.rule, sees_private=may_see_private_time_off(user))
    if isinstance(refused, Together):
        return _("They come together. Move both, or tick that this one moves alone.")
    return str(refused.message)


def refusal_of_two(refused: BookingError, user: Person) -> str:
    """The same of two at once: whose way the rule is in, as far as it may be known."""
    sees_private = may_see_private_time_off(user)
    if isinstance(refused, RuleRefused) and not is_concealed(
        refused.rule, sees_private=sees_private
    ):
        return str(refused.message)
    return refusal_words(refused, user)


def affected_words(found: list[Affected], *, sees_private: bool) -> SafeString:
    """Each affected booking with its start, its therapist and the rules, and a link to it."""
    lines = format_html_join(
        "",
        '<br><a href="{}">{}</a>, {}, {}: {}',
        (
            (
                reverse("admin:bookings_booking_change", args=[each.booking.pk]),
                each.booking.reference,
                start_of(each.booking),
                each.booking.therapist.name,
                ", ".join(str(rule_number(rule, sees_private=sees_private)) for rule in each.rules),
            )
            for each in found[:MOST_LISTED]
        ),
    )
    head = ngettext(
        "%(count)s coming booking does not fit the schedule. It was not cancelled; decide what"
        " becomes of it:",
        "%(count)s coming bookings do not fit the schedule. They were not cancelled; decide what"
        " becomes of them:",
        len(found),
    ) % {"count": len(found)}
    rest = len(found) - MOST_LISTED
    more = _("and %(count)s more.") % {"count": rest} if rest > 0 else ""
    return format_html(
        '{}{}{}{}<br><a href="{}">{}</a>',
        head,
        lines,
        SafeString("<br>" if more else ""),
        more,
        reverse("admin:attention"),
        _("See who could take them."),
    )
