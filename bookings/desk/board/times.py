"""How the board spells times of day."""

from django.utils.translation import gettext as _

from bookings.desk.board.links import is_second_passage
from bookings.scheduling.hours import DAY_MINUTES, WallClock
from bookings.scheduling.timeline import Interval, Minute


def clock_time(clock: WallClock, instant: Minute) -> str:
    """`10:15`; in the second passage of a repeated hour it says so."""
    hour, minute = divmod(clock.wall(instant) % DAY_MINUTES, 60)
    time = f"{hour:02}:{minute:02}"
    return _("%(time)s again") % {"time": time} if is_second_passage(clock, instant) else time


def stretch_words(clock: WallClock, interval: Interval) -> str:
    """`10:00–11:00`, and `09:00–24:00` for what ends with the day."""
    until = clock_time(clock, interval.end)
    if until == "00:00":
        until = "24:00"
    return f"{clock_time(clock, interval.start)}–{until}"
