"""What time it is: asked by doors only, and passed down from there (rule T6)."""

import time

from django.conf import settings
from django.utils.module_loading import import_string


def this_minute() -> int:
    """Whole minutes since 1970 UTC, from the clock that the settings name."""
    minute: int = import_string(settings.CLOCK)()
    return minute


def this_second() -> int:
    """Whole seconds since 1970 UTC, for what people watch run out; rules go by minutes."""
    return this_minute() * 60 + int(time.time()) % 60


def system_clock() -> int:
    """The machine's own clock; seconds are dropped."""
    return int(time.time()) // 60
