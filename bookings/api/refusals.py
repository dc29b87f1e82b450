"""What the domain refuses, as a problem document."""

from typing import Any
from zoneinfo import ZoneInfo

from bookings.api.times import slots
from bookings.errors import BookingError, RuleRefused, SlotUnavailable, TooManyHolds
from studio.api.problems import Problem


def as_problem(refused: BookingError) -> Problem:
    """The problem of the same code and words, with what else the error knows."""
    members: dict[str, Any] = {}
    retry_after = None
    match refused:
        case SlotUnavailable():
            members["alternatives"] = slots(refused.alternatives, ZoneInfo(refused.timezone))
        case RuleRefused():
            members |= {"rule": refused.rule.value, "overridable": refused.overridable}
        case TooManyHolds():
            retry_after = refused.retry_after_seconds
    return Problem(refused.code, refused.message, retry_after=retry_after, **members)
