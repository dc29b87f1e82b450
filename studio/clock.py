"""What time it is: asked by doors only, and passed down from there (rule T6)."""

import time

from django.conf import settings
from django.utils.module_loading import import_string


def this_minute() -> int:
    """Whole minutes since 1970 UTC, from the clock that the settings name."""
    minute: int = import_string(settings.CLOCK)()
    return minute


def system_clock() -> int:
    """The machine's own clock; seconds are dropped."""
    return int(time.time()) // 60
