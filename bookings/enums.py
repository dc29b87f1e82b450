"""The words that bookings are described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a booking is in its life."""

    HELD = "held", _("held")
    PENDING_REVIEW = "pending_review", _("pending review")
    CONFIRMED = "confirmed", _("confirmed")
    CHECKED_IN = "checked_in", _("checked in")
    COMPLETED = "completed", _("completed")
    NO_SHOW = "no_show", _("no-show")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")


LIVE = (
    Status.HELD,
    Status.PENDING_REVIEW,
    Status.CONFIRMED,
    Status.CHECKED_IN,
    Status.COMPLETED,
    Status.NO_SHOW,
)
"""The states in which a booking takes its therapist and its room (rule B1)."""

ONLY_HELD = (Status.HELD, Status.EXPIRED)
"""A time that was kept and not booked, yet or in time (rule B3)."""

BOOKED = (Status.PENDING_REVIEW, Status.CONFIRMED)
"""What a client has booked and is going to come for, as far as it lies with them."""

WITHOUT_CLIENT = (Status.HELD, Status.EXPIRED, Status.CANCELLED)
"""Nobody needs to come to these, or nobody has said yet who will."""


class Pressure(models.TextChoices):
    """How firm a client likes it."""

    LIGHT = "light", _("light")
    MEDIUM = "medium", _("medium")
    FIRM = "firm", _("firm")


class Source(models.TextChoices):
    """The door through which something came."""

    SITE = "site", _("website")
    API = "api", _("API")
    DESK = "desk", _("reception")
    FILE = "file", _("studio file")
    CLOCK = "clock", _("time limit")
    WAITLIST = "waitlist", _("waitlist")


class EventKind(models.TextChoices):
    """What can happen to a booking."""

    HELD = "held", _("held")
    BOOKED = "booked", _("booked")
    CONFIRMED = "confirmed", _("confirmed")
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")
    RESTORED = "restored", _("cancellation undone")
    EXPIRED = "expired", _("expired")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    CHECKED_IN = "checked_in", _("checked in")
    COMPLETED = "completed", _("completed")
    NO_SHOW = "no_show", _("no-show")
    STEPPED_BACK = "stepped_back", _("stepped back")
    PAID = "paid", _("payment received")
    AFFECTED = "affected", _("hit by a change of the schedule")
    KEPT = "kept", _("kept as it is")
    ANSWERED = "answered", _("health questions answered")


class ClientEventKind(models.TextChoices):
    """What can happen to what is kept of a client."""

    MERGED = "merged", _("another one merged into this")
    BLOCKED = "blocked", _("blocked from online booking")
    UNBLOCKED = "unblocked", _("may book online again")
    CHANGED = "changed", _("changed by the client")
    EXPORTED = "exported", _("exported")
    ERASED = "erased", _("erased")


class QuestionKind(models.TextChoices):
    """What can be answered to a health question."""

    YES_NO = "yes_no", _("yes, no, not sure")
    YES_NO_DATE = "yes_no_date", _("yes with a date, no, not sure")
    TEXT = "text", _("free text")


class Ask(models.TextChoices):
    """When a health question is asked."""

    BOOKING = "booking", _("at booking")
    DAY_BEFORE = "day_before", _("the day before")


class AnswersState(models.TextChoices):
    """How a booking stands with the health questions; it says nothing of the answers (H5)."""

    NOT_NEEDED = "not_needed", _("nothing to ask")
    MISSING = "missing", _("not answered yet")
    STALE = "stale", _("to be asked again")
    DAY_BEFORE = "day_before", _("questions of the day are open")
    FRESH = "fresh", _("answered")
    SETTLED = "settled", _("all answered")

    @property
    def is_open(self) -> bool:
        """Whether somebody must settle it before the client is checked in."""
        return self in (AnswersState.MISSING, AnswersState.STALE, AnswersState.DAY_BEFORE)


class LookPage(models.TextChoices):
    """Where health answers can be looked at; nowhere else (rule H3)."""

    REVIEW = "review", _("review")
    DAY = "day", _("the therapist's day")
    API = "api", _("API")
    EXPORT = "export", _("export of a client")


class NotificationKind(models.TextChoices):
    """What a notification says, and with its first word to whom."""

    RECEIVED = "received", _("received, waiting for review")
    CONFIRMED = "confirmed", _("confirmed")
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("not decided in time")
    REMINDER = "reminder", _("reminder")
    ANSWERS_NEEDED = "answers_needed", _("answers needed")
    WAITLIST_OFFER = "waitlist_offer", _("waitlist offer")
    FOLLOW_UP = "follow_up", _("follow-up")
    THERAPIST_BOOKED = "therapist_booked", _("therapist: booked")
    THERAPIST_MOVED = "therapist_moved", _("therapist: moved")
    THERAPIST_CANCELLED = "therapist_cancelled", _("therapist: cancelled")
    THERAPIST_AGENDA = "therapist_agenda", _("therapist: tomorrow's list")
    REVIEW_WAITING = "review_waiting", _("reviewers: a review is waiting")


class NotificationState(models.TextChoices):
    """Where a notification is on its way."""

    QUEUED = "queued", _("waiting")
    SENT = "sent", _("sent")
    TOLD = "told", _("told otherwise")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DEAD = "dead", _("could not be sent")


class PaymentMethod(models.TextChoices):
    """How a payment was received (rule B11)."""

    CASH = "cash", _("cash")
    CARD = "card", _("card")
    VOUCHER = "voucher", _("voucher")
    OTHER = "other", _("other")


class DayPart(models.TextChoices):
    """A part of the day, by the hours that wall clocks show."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")

    @property
    def hours(self) -> range:
        """The hours whose starts count to it."""
        return {
            DayPart.MORNING: range(12),
            DayPart.AFTERNOON: range(12, 17),
            DayPart.EVENING: range(17, 24),
        }[self]


class WaitlistState(models.TextChoices):
    """Where somebody is who waits for a place."""

    WAITING = "waiting", _("waiting")
    OFFERED = "offered", _("has an offer")
    BOOKED = "booked", _("booked")
    WITHDRAWN = "withdrawn", _("withdrawn")
    PASSED = "passed", _("dates are over")


class OfferAnswer(models.TextChoices):
    """What became of an offer."""

    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("ran out")
