"""Clocks of a server that is measured.

Answers are kept for the minute that they are for. Where time stands, whoever asks the same again
gets what was kept; where each question comes in a minute of its own, every answer is made anew.
"""

import itertools

from tests.clock import SEVEN_ON_MONDAY

DAY_MINUTES = 24 * 60
_asked = itertools.count()


def standing() -> int:
    """Seven in the morning of a Monday; nobody is at work yet."""
    return SEVEN_ON_MONDAY


def stepping() -> int:
    """One minute later each time, through the day before that and then from its start again."""
    return SEVEN_ON_MONDAY - DAY_MINUTES + next(_asked) % DAY_MINUTES
