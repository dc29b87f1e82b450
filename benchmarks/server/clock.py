"""Clocks of a server that is measured.

Answers are kept while time alone changes nothing of them, but never said of a time before them.
Where time stands, whoever asks the same again gets what was kept; where each question comes a
minute before the last, every answer is made anew of what is booked.
"""

import itertools

from tests.clock import SEVEN_ON_MONDAY

DAY_MINUTES = 24 * 60
_asked = itertools.count()


def standing() -> int:
    """Seven in the morning of a Monday; nobody is at work yet."""
    return SEVEN_ON_MONDAY


def stepping() -> int:
    """One minute earlier each time, through the day before that and then from its end again."""
    return SEVEN_ON_MONDAY - 1 - next(_asked) % DAY_MINUTES
