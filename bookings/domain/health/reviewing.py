"""Whether a person must look at a booking's health answers, and what she decided (rule H2).

What the program judges leaves nothing behind but the booking's state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import PermissionDenied

from bookings.domain.callers import Caller
from bookings.domain.health.answers import forget_answers, keep_given, questions_of, unpacked
from bookings.domain.health.evaluation import (
    Evaluation,
    Fired,
    Why,
    evaluate,
    united,
    unreadable,
)
from bookings.domain.health.screening import as_asked, is_stale, judged_by, version_in_force
from bookings.domain.requests import AnswersGiven
from bookings.enums import Ask, Status
from bookings.errors import AnswersUnreadable
from bookings.models import Answers, Booking, Client, Review, SessionType
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.ciphers import encrypt


@dataclass(frozen=True, slots=True)
class Screened:
    """What a booking in the making comes to, and where its answers are from.

    With `corrects` those given take the place of others that were never booked with.
    """

    evaluation: Evaluation = field(repr=False)
    given: AnswersGiven | None = None
    earlier: Answers | None = None
    corrects: bool = False


def screened(
    given: AnswersGiven | None,
    client: Client | None,
    *,
    booking: Booking,
    on: date,
    version: int | None,
    is_staff: bool,
) -> Screened:
    """What the answers for a booking in the making come to, on its session's date.

    Those given with it count, else those that it has already, else the last ones of `client`:
    one whom the caller may speak for, never of a typed address (rule P1). Stale ones count too,
    and are settled by check-in. Nothing is asked where no version is in force (rule H0). Reception
    asks in person, so what is open stops none of its bookings.
    """
    if version is None:
        return Screened(united([]))
    barefoot = booking.barefoot
    if given is not None:
        questions = judged_by(version, given.asks)
        new = evaluate(questions, given.answers, on=on, barefoot=barefoot)
        corrects = booking.status == Status.HELD
        # A review that lapsed is asked for again: what called for it has not been decided.
        is_again = bool(booking.pk) and not corrects
        before = [answered(judged(booking, on=on, barefoot=barefoot))] if is_again else []
        found = Screened(united([new, *before]), given, corrects=corrects)
    elif booking.pk and booking.answers.current().filter(ask=Ask.BOOKING).exists():
        found = Screened(judged(booking, on=on, barefoot=barefoot))
    elif client is not None and (earlier := _last_of(client)):
        found = Screened(_judged_row(earlier, on, barefoot), earlier=earlier)
    else:
        questions = judged_by(version)
        found = Screened(evaluate(questions, {}, on=on, barefoot=barefoot))
    return replace(found, evaluation=answered(found.evaluation)) if is_staff else found


def keep(
    booking: Booking, found: Screened, *, caller: Caller, now: Minute, is_new: bool = False
) -> list[Answers]:
    """Keep what a booking was screened by, and give the rows; call it once the booking is saved.

    One that `is_new` has no answers yet.
    """
    if found.corrects:
        forget_answers(Booking.objects.filter(pk=booking.pk))
    if found.given is not None:
        return keep_given(booking, found.given, caller=caller, now=now, is_new=is_new)
    return [take_over(booking, found.earlier)] if found.earlier is not None else []


def judged(booking: Booking, *, on: date, barefoot: bool) -> Evaluation:
    """What was answered for a booking comes to on a date, less what a person has approved.

    An answer that was taken back counts until a person has decided: nobody is let in by changing
    a yes into a no. Questions of the day count for their day alone.
    """
    rows = list(booking.answers.order_by("pk"))
    if not rows:
        return united([])
    approval = booking.reviews.filter(is_approved=True).order_by("pk").last()
    return united([_still_open(row, approval, on, barefoot) for row in rows])


def has_answers(booking: Booking) -> bool:
    """Whether there is something to judge: what was seen on paper is for people alone."""
    return booking.answers.current().filter(ask=Ask.BOOKING).exclude(cipher="").exists()


def answered(evaluation: Evaluation) -> Evaluation:
    """The same without what nobody has answered."""
    fired = tuple(each for each in evaluation.fired if each.why is not Why.UNANSWERED)
    return united([Evaluation(evaluation.outcome, fired)])


def comes_to(booking: Booking, session_type: SessionType) -> Evaluation:
    """What the booking's answers come to for another session type at its own start."""
    return judged(booking, on=booking.date, barefoot=session_type.barefoot)


def known_answers(client: Client, booking: Booking) -> Answers | None:
    """A client's last answers, where they need not be given again for a booking in the making.

    For a form that asks only what is needed; `booking` needs its location and its date.
    """
    version, row = version_in_force(), _last_of(client)
    if version is None or row is None or not row.is_complete:
        return None
    return None if is_stale(row, booking, version) else row


def decide(
    booking: Booking,
    *,
    is_approved: bool,
    caller: Caller,
    now: Minute,
    note: str = "",
    substitute: SessionType | None = None,
) -> Review:
    """Write down what a reviewer decided about what has been answered until now."""
    if caller.user is None:
        raise PermissionDenied
    return Review.objects.create(
        booking=booking,
        by=caller.user,
        at=to_instant(now),
        is_approved=is_approved,
        date=booking.date,
        barefoot=booking.barefoot,
        answers=booking.answers.order_by("pk").last(),
        note=encrypt(note),
        substitute=substitute,
    )


def waiting_in_series(booking: Booking, *, now: Minute) -> Booking | None:
    """The first of its series that still waits for a review; each is judged for its own date."""
    if booking.series is None:
        return None
    waiting = booking.series.bookings.filter(
        status=Status.PENDING_REVIEW, expires_at__gt=to_instant(now)
    )
    return waiting.order_by("starts_at", "pk").first()


def _still_open(row: Answers, approval: Review | None, on: date, barefoot: bool) -> Evaluation:
    is_of_another_day = row.ask == Ask.DAY_BEFORE and row.date != on
    if not row.cipher or is_of_another_day:
        return united([])
    found = _judged_row(row, on, barefoot)
    if row.superseded_at is not None:
        found = answered(found)
    if approval is None or approval.answers_id is None or row.pk > approval.answers_id:
        return found
    approved = {each.key: each for each in _judged_row(row, approval.date, approval.barefoot).fired}
    left = tuple(
        each
        for each in found.fired
        if not _is_covered(each, approved, is_later=on >= approval.date)
    )
    return united([Evaluation(found.outcome, left)])


def _is_covered(fired: Fired, approved: Mapping[str, Fired], *, is_later: bool) -> bool:
    """Whether a person has approved it: the same or stricter, and no nearer to what it was."""
    before = approved.get(fired.key)
    if before is None or fired.outcome > before.outcome:
        return False
    return fired.within_days is None or is_later


def _judged_row(row: Answers, on: date, barefoot: bool) -> Evaluation:
    try:
        given = unpacked(row.cipher)
    except AnswersUnreadable:
        return unreadable()
    return evaluate(as_asked(questions_of(row)), given, on=on, barefoot=barefoot)


def _last_of(client: Client) -> Answers | None:
    """The last answers of a client that are kept here, to questions that are asked at booking."""
    rows = Answers.objects.current().filter(booking__client=client, ask=Ask.BOOKING)
    return rows.exclude(cipher="").order_by("-answered_at", "-pk").first()


def take_over(booking: Booking, earlier: Answers) -> Answers:
    """Answer a booking as an earlier one was, with the day on which that was."""
    return Answers.objects.create(
        booking=booking,
        ask=earlier.ask,
        version=earlier.version,
        date=booking.date,
        cipher=earlier.cipher,
        is_complete=earlier.is_complete,
        has_consent=earlier.has_consent,
        answered_at=earlier.answered_at,
        source=earlier.source,
        by=earlier.by,
        taken_from=earlier.taken_from or earlier,
    )
