"""Answering the health questions of a booking that is made already (rules H2 and H5)."""

from collections.abc import Collection

from bookings.domain.callers import Caller
from bookings.domain.events import record
from bookings.domain.health.answers import keep_given, keep_on_paper
from bookings.domain.health.reviewing import answered, judged, take_over
from bookings.domain.health.screening import (
    ANSWERABLE,
    LAST_REVIEW_MINUTES,
    check_version,
    open_by_the_session,
    review_deadline,
    version_in_force,
)
from bookings.domain.placing import announce, locked
from bookings.domain.requests import AnswersGiven
from bookings.domain.series.following import lock_series
from bookings.domain.series.members import members
from bookings.enums import Ask, EventKind, Status
from bookings.errors import WrongState
from bookings.models import Booking
from bookings.scheduling.hours import to_instant, to_minute
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out
from therapists.models import Therapist


def answer(booking: Booking, given: AnswersGiven, *, caller: Caller, now: Minute) -> Booking:
    """Answer by a link or at the desk; a booking may go to review by it, or be confirmed.

    It is confirmed when all that it waited for was these answers. What is about the client counts
    for those of its series, too, that nobody has answered. Call it for who has shown the
    booking's token, or is staff at whose desk the client answers. Raises QuestionnaireOutdated;
    WrongState for a booking whose answers matter to nobody any more, or where nothing is asked.
    """

    def work() -> Booking:
        lock_series(booking)
        answering = _answerable(booking, now=now)
        version = version_in_force()
        if version is None:
            raise WrongState
        check_version(given, version)
        keep_given(answering, given, caller=caller, now=now)
        details = {"asks": [ask.value for ask in given.asks]}
        _answer_others(answering, caller=caller, now=now)
        return _reconsidered(answering, details, caller=caller, now=now)

    return carry_out(work)


def settle_on_paper(
    booking: Booking,
    *,
    seen_by: Therapist,
    caller: Caller,
    now: Minute,
    asks: Collection[Ask] | None = None,
) -> Booking:
    """Note that a therapist has seen the answers on paper: to all that is still open, or `asks`.

    Raises WrongState for a booking whose answers matter to nobody any more. A review that waits
    goes on waiting: a person decides it.
    """

    def work() -> Booking:
        settled = _answerable(booking, now=now)
        seen = open_by_the_session(settled) if asks is None else asks
        if not seen:
            return settled
        keep_on_paper(settled, seen, seen_by=seen_by, caller=caller, now=now)
        record(
            settled,
            EventKind.ANSWERED,
            by=caller,
            at=now,
            from_status=settled.status,
            details={"asks": [Ask(ask).value for ask in seen], "seen_by": seen_by.slug},
        )
        return settled

    return carry_out(work)


def _answerable(booking: Booking, *, now: Minute) -> Booking:
    found = locked(booking)
    if found.status not in ANSWERABLE or found.has_lapsed(to_instant(now)):
        raise WrongState
    return found


def _reconsidered(
    booking: Booking, details: dict[str, list[str]], *, caller: Caller, now: Minute
) -> Booking:
    """The booking in the state that its answers lead to, with what happened recorded."""
    before = booking.status
    found = judged(booking, on=booking.date, barefoot=booking.barefoot)
    if before == Status.CONFIRMED and answered(found).outcome.needs_a_person:
        booking.status = Status.PENDING_REVIEW
        booking.expires_at = to_instant(_decide_until(booking, now=now))
    elif before == Status.PENDING_REVIEW and not found.outcome.needs_a_person:
        booking.status, booking.expires_at = Status.CONFIRMED, None
    booking.save(update_fields=["status", "expires_at"])
    record(booking, EventKind.ANSWERED, by=caller, at=now, from_status=before, details=details)
    if booking.status != before:
        announce(booking)
    return booking


def _answer_others(booking: Booking, *, caller: Caller, now: Minute) -> None:
    """Answer what is still open of its series as it was answered, each judged for its own date."""
    given = booking.answers.current().filter(ask=Ask.BOOKING).first()
    if given is None:
        return
    for other in members(booking):
        is_open = Ask.BOOKING in open_by_the_session(other)
        if other != booking and is_open and not other.has_lapsed(to_instant(now)):
            take_over(other, given)
            details = {"asks": [Ask.BOOKING.value]}
            _reconsidered(other, details, caller=caller, now=now)


def _decide_until(booking: Booking, *, now: Minute) -> Minute:
    """Until when somebody must decide about what was answered just now.

    In the last hour the client is on her way or at the desk, and nobody else wants that time any
    more: until the session would have ended.
    """
    start = to_minute(booking.starts_at)
    if start - now <= LAST_REVIEW_MINUTES:
        return max(to_minute(booking.ends_at), now + LAST_REVIEW_MINUTES)
    return review_deadline(start, booked=now, now=now)
