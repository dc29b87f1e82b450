"""What can go wrong with a booking, in words for people; doors give it their own shape."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from bookings.scheduling.pairs import PairSlot
    from bookings.scheduling.slots import Rule, Slot


class BookingError(Exception):
    """A rule said no. Subclasses give the code that callers rely on and words for people."""

    code = "refused"
    message: str | Promise = _("This is not possible.")

    def __init__(self, message: str | Promise | None = None) -> None:
        """Say it in other words than the class does, where that helps."""
        if message is not None:
            self.message = message
        super().__init__(str(self.message))


class SlotUnavailable(BookingError):
    """The start cannot be booked, or not any more; it can say the nearest ones that can.

    `timezone` is the location's, for telling people when those are.
    """

    code = "slot_unavailable"
    message = _("This time is not free. Choose another one.")

    def __init__(
        self,
        message: str | Promise | None = None,
        *,
        offer: Callable[[], Sequence["Slot"]] = tuple,
        timezone: str = "UTC",
    ) -> None:
        """Know how to look for alternatives."""
        self.offer, self.timezone = offer, timezone
        super().__init__(message)

    @cached_property
    def alternatives(self) -> Sequence["Slot"]:
        """Up to five open slots, ascending.

        Looked up when first asked for: by a door, after the transaction has let go of its locks.
        """
        return self.offer()


class ClientBusy(SlotUnavailable):
    """A client whom the caller may speak for has another session then (rule S10)."""

    message = _("You have another session at that time.")


class SeriesUnavailable(SlotUnavailable):
    """Not all the dates of a series can be booked, or none; nothing was."""

    message = _("Not every date is free. Nothing was booked. Look at the dates again.")


class HoldExpired(SlotUnavailable):
    """A hold ran out, and its slot has gone since."""

    code = "hold_expired"
    message = _("Your time was held for a while and has been taken since. Choose another one.")


class PairUnavailable(BookingError):
    """Two cannot be booked at once, so neither was; it can say when both can.

    `position` is 1 or 2 for the only one of them who cannot be booked even alone, else None.
    `is_about_client` says that it is she who has no time (rule S10), whatever else is free.
    """

    code = "slot_unavailable"
    message = _("There are not two therapists and two rooms free then. Choose another time.")

    def __init__(
        self,
        message: str | Promise | None = None,
        *,
        position: int | None = None,
        is_about_client: bool = False,
        offer: Callable[[], Sequence["PairSlot"]] = tuple,
        timezone: str = "UTC",
    ) -> None:
        """Know of which of the two it is, and how to look for alternatives."""
        self.position, self.is_about_client = position, is_about_client
        self.offer, self.timezone = offer, timezone
        super().__init__(message)

    @cached_property
    def alternatives(self) -> Sequence["PairSlot"]:
        """Up to five starts for both, ascending; looked up when first asked for."""
        return self.offer()


class PairExpired(PairUnavailable):
    """The holds of two ran out, and one of their times has gone since."""

    code = "hold_expired"
    message = _("Your time for two was held for a while and has gone since. Choose another one.")


class RuleRefused(BookingError):
    """For staff: the rule that said no, and whether a reason can override it."""

    code = "rule_refused"

    def __init__(self, rule: "Rule", *, overridable: bool, message: str | Promise) -> None:
        """Name the rule by its number."""
        self.rule, self.overridable = rule, overridable
        super().__init__(message)


class WrongState(BookingError):
    """The booking's state does not allow it."""

    code = "wrong_state"
    message = _("The booking's state does not allow this.")


class OnlyOffered(WrongState):
    """A place that is held for who waits is taken or let go, and nothing else."""

    message = _(
        "This time is offered to somebody on the waitlist. It can be accepted or declined, and not"
        " be moved."
    )


class Together(WrongState):
    """One of two who come together is not changed without the other."""

    message = _("This is a booking of two who come together: change both at once.")


class SameClient(BookingError):
    """Two who come together are two people."""

    code = "invalid"
    message = _("This is one person twice. Say who comes with you.")


class ChangedMeanwhile(WrongState):
    """It is not as the caller saw it when deciding what to do."""

    message = _("Somebody has changed this booking in the meantime.")


class NotBegun(WrongState):
    """Nobody is missed before the session begins, and nothing is over."""

    message = _("The session has not begun yet. Cancel the booking if nobody will come.")


class TooLate(BookingError):
    """A client moves after the deadline (rule B6)."""

    code = "too_late"
    message = _("It is too late to change this online. Please call the studio.")


class NotOnline(BookingError):
    """The studio wants to speak with this client first; no more of it is told."""

    code = "not_online"
    message = _("This cannot be booked online. Please call the studio.")


class QuestionnaireOutdated(BookingError):
    """Health answers to a version that is not in force."""

    code = "questionnaire_outdated"
    message = _("The health questions have changed. Load them again and answer those.")


class AnswersOpen(WrongState):
    """Nobody is checked in before the health questions are settled (rule H5)."""

    message = _(
        "The health questions are still open. Let the client answer them on the tablet, or note"
        " which therapist has seen the answers on paper."
    )


class AnswersUnread(WrongState):
    """Nobody approves what she has not read (rule H2)."""

    message = _("There are health answers that you have not read yet. Look at them, then decide.")


class AnswersUnreadable(BookingError):
    """Health answers are there, and the key that they were encrypted with is not."""

    code = "unavailable"
    message = _(
        "These health answers cannot be read: the key that they were encrypted with is missing"
        " from FIELD_KEYS. Ask whoever runs the server to put it back."
    )


class TooManyHolds(BookingError):
    """An address has as many holds as it may (rule B3)."""

    code = "throttled"
    message = _("Too many times are held from this address. Book one, or wait a few minutes.")

    def __init__(self, *, retry_after_seconds: int) -> None:
        """Say when the first of them runs out."""
        self.retry_after_seconds = retry_after_seconds
        super().__init__()


class WrongCode(BookingError):
    """What was typed is not the code that was sent."""

    code = "wrong_code"
    message = _("This is not the code. Type the six digits of the newest mail.")


class CodeOver(BookingError):
    """A code was used, is too old, or has been guessed at too often."""

    code = "code_over"
    message = _("This code cannot be used any more. Ask for a new one.")


class TooManyCodes(BookingError):
    """As many codes as may be were sent to a mail address, or asked for from a network."""

    code = "throttled"
    message = _("Too many codes have been asked for. Please wait a while, or call the studio.")

    def __init__(self, *, retry_after_seconds: int) -> None:
        """Say when there is room again."""
        self.retry_after_seconds = retry_after_seconds
        super().__init__()


class QuestionnaireSignedOff(WrongState):
    """Answers refer to a version that was signed off, so it stays as it is (rule H1)."""

    message = _(
        "This version has been signed off and stays as it is, because clients have answered it."
        " Make a new version of it, and change that one."
    )


class QuestionnaireSuperseded(WrongState):
    """A newer version is in force: signing this one off would change nothing."""

    message = _(
        "A newer version is in force, so nobody would ever be asked this one. Delete the draft and"
        " make a new version of the one in force."
    )


class QuestionnaireChanged(WrongState):
    """Whoever signs must have read what is signed."""

    message = _(
        "Somebody has changed the questions while you were reading. Look through them once more,"
        " then sign."
    )
