"""What a refused booking says: to a client, and to staff who may know the rule."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.domain.bookable.assignment import refused_by
from bookings.domain.bookable.availability import Situation
from bookings.domain.bookable.question import Question
from bookings.errors import BookingError, RuleRefused, SlotUnavailable
from bookings.scheduling.hours import DAY_MINUTES
from bookings.scheduling.slots import OVERRIDABLE, Rule
from bookings.scheduling.timeline import Minute

WORDS: dict[Rule, str | Promise] = {
    Rule.OFFERED: _(
        "This session is not offered there by this therapist, or the room belongs elsewhere or is "
        "out of use."
    ),
    Rule.WORKING: _("The therapist does not work through the whole session and its buffers then."),
    Rule.THERAPIST_FREE: _("The therapist has another booking then."),
    Rule.ROOM_FREE: _("No suitable room is free then."),
    Rule.EQUIPPED: _("No room has all the equipment, or an inspection is overdue on that day."),
    Rule.CERTIFIED: _("The therapist lacks a certification that is valid on that day."),
    Rule.BAREFOOT_ALLOWED: _("The therapist does no barefoot work then."),
    Rule.BAREFOOT_CAP: _("The therapist would exceed the barefoot minutes of that day."),
    Rule.NOTICE_AND_HORIZON: _("The start lies in the past, or off the dates that can be booked."),
    Rule.CLIENT_FREE: _("The client has another session then."),
}


CONCEALED = _("The therapist cannot take this session then.")
"""What those are told whom a private period does not concern (rule S7)."""


def is_concealed(rule: Rule, *, sees_private: bool) -> bool:
    """Whether a rule's number and words would give a private period away (rule S7)."""
    return rule is Rule.BAREFOOT_ALLOWED and not sees_private


def refusal(situation: Situation, start: Minute) -> BookingError:
    """The error for a start that nobody can take; clients are not told whose time is taken."""
    question = situation.frame.question
    if not question.is_staff:
        return SlotUnavailable()
    rule = refused_by(situation, start)
    return rule_refusal(rule, overridable=may_override(rule, question, start))


def may_override(rule: Rule, question: Question, start: Minute) -> bool:
    """Whether a reason goes past a rule at a start; S9 reaches back 24 hours and no further."""
    reachable = start >= question.now - DAY_MINUTES
    return rule in OVERRIDABLE and (reachable or rule is not Rule.NOTICE_AND_HORIZON)


def rule_refusal(rule: Rule, *, overridable: bool) -> RuleRefused:
    """The error that names a rule to staff."""
    return RuleRefused(rule, overridable=overridable, message=WORDS[rule])
