"""Open starts as the API writes them, a day at a time.

What a day says depends on nothing but where sessions fit on it. So its text is kept by just that:
after a booking one day of a month is written anew, and whatever is asked of the others, in
whichever range of dates, finds theirs. None of these texts can ever be out of date.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from bookings.api.listings import head, next_time
from bookings.api.times import slot, times_in
from bookings.domain.bookable.availability import Openings
from bookings.domain.bookable.question import Question
from bookings.scheduling.open_days import OpenDay
from studio.memory import Memory


@dataclass(frozen=True, slots=True)
class Text:
    """What an answer says of a day."""

    written: bytes

    @property
    def size(self) -> int:
        """About how many bytes it takes, with what it was made of."""
        return 2 * len(self.written) + 2000


TEXTS: Memory[OpenDay, Text] = Memory(most_bytes=32_000_000, seconds=math.inf)


def openings_body(question: Question, asked: Mapping[str, Any], found: Openings) -> bytes:
    """What `listing_body` writes of the slots."""
    return b'%b,"days":[%b],"next_available":%b}' % (
        orjson.dumps(head(question, asked))[:-1],
        b",".join(map(day_text, found.days)),
        orjson.dumps(next_time(question, found.next_available)),
    )


def day_text(day: OpenDay) -> bytes:
    """The slots of a date, as they were written before if they were."""
    text = TEXTS.get(day)
    if text is None:
        text = Text(_written(day))
        TEXTS.keep(day, text)
    return text.written


def _written(day: OpenDay) -> bytes:
    slots = [
        slot(each, time)
        for opened in day.stretches
        for each, time in zip(opened.slots(), times_in(opened.stretch, opened.slots()), strict=True)
    ]
    return orjson.dumps({"date": day.date, "slots": slots})
