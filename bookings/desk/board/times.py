"""How the board spells times of day."""

from bookings.scheduling.hours import WallClock, local_time
from bookings.scheduling.timeline import Interval, Minute
from bookings.words import spelled_time


def clock_time(clock: WallClock, instant: Minute) -> str:
    """`10:15`; in a repeated hour with its offset."""
    return spelled_time(local_time(instant, clock.zone))


def stretch_words(clock: WallClock, interval: Interval) -> str:
    """`10:00–11:00`, and `18:00–24:00` for what ends with the day."""
    until = clock_time(clock, interval.end)
    return f"{clock_time(clock, interval.start)}–{'24:00' if until == '00:00' else until}"
