"""What the domain refuses, as a problem document."""

from typing import Any
from zoneinfo import ZoneInfo

from bookings.api.times import pair_slots, slots
from bookings.domain.refusals import CONCEALED, is_concealed
from bookings.errors import (
    BookingError,
    PairUnavailable,
    RuleRefused,
    SlotUnavailable,
    TooManyHolds,
)
from studio.api.problems import Problem


def as_problem(refused: BookingError, *, sees_private: bool) -> Problem:
    """The problem of the same code and words, with what else the error knows.

    A private period is given away neither by its words nor by its number (rule S7).
    """
    message = refused.message
    members: dict[str, Any] = {}
    retry_after = None
    match refused:
        case SlotUnavailable():
            members["alternatives"] = slots(refused.alternatives, ZoneInfo(refused.timezone))
        case PairUnavailable():
            members["position"] = refused.position
            members["alternatives"] = pair_slots(refused.alternatives, ZoneInfo(refused.timezone))
        case RuleRefused():
            conceals = is_concealed(refused.rule, sees_private=sees_private)
            message = CONCEALED if conceals else message
            members |= {
                "rule": None if conceals else refused.rule.value,
                "overridable": refused.overridable,
            }
        case TooManyHolds():
            retry_after = refused.retry_after_seconds
    return Problem(refused.code, message, retry_after=retry_after, **members)
