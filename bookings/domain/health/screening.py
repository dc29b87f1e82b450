"""Which health questions are asked, and how a booking stands with them (rules H0, H2 and H5).

Nothing here reads an answer; `bookings.domain.health.answers` does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from bookings.domain.health.evaluation import Asked, Outcome, Window
from bookings.domain.requests import AnswersGiven
from bookings.enums import AnswersState, Ask, QuestionKind, Status
from bookings.errors import QuestionnaireOutdated
from bookings.models import Answers, Booking, Question, Questionnaire
from bookings.scheduling.hours import local_date, to_minute
from bookings.scheduling.timeline import Minute
from studio.memory import Memory
from studio.premises.unchanged import Unchanging
from studio.queries import Written

LAST_REVIEW_MINUTES = 60
"""A review is decided at the latest an hour before the start."""

DAY_BEFORE = timedelta(days=1)

ANSWERABLE = (Status.HELD, Status.PENDING_REVIEW, Status.CONFIRMED)
"""The states in which it still matters what is answered."""


def in_force() -> Questionnaire | None:
    """The newest signed-off questionnaire; without one nothing is asked (rule H0)."""
    return _IN_FORCE.first()


def version_in_force() -> int | None:
    """Its number, by which nearly everything goes."""
    return _VERSION_IN_FORCE.first()


def _signed_off() -> QuerySet[Questionnaire]:
    return Questionnaire.objects.filter(signed_off_on__isnull=False).order_by("-version")


_IN_FORCE = Unchanging(lambda: _signed_off()[:1])
_VERSION_IN_FORCE = Unchanging(lambda: _signed_off().values_list("version", flat=True)[:1])


def needs_review(questionnaire: Questionnaire | None) -> bool:
    """Whether a booking without answers must be reviewed: a required question is open (H2)."""
    if questionnaire is None:
        return False
    return questionnaire.questions.filter(required=True, ask=Ask.BOOKING).exists()


def check_version(given: AnswersGiven | None, version: int | None) -> None:
    """Raise QuestionnaireOutdated for answers to another version than the one in force.

    Where none is in force nothing is asked, and what is answered all the same goes nowhere (H0).
    """
    if version is not None and given is not None and given.version != version:
        raise QuestionnaireOutdated


def asked_at(
    questionnaire: Questionnaire | None, asks: Collection[Ask] = (Ask.BOOKING,)
) -> list[Question]:
    """The questions of a version that are asked then, in their order."""
    if questionnaire is None:
        return []
    return [question for question in _QUESTIONS(questionnaire.pk) if question.ask in asks]


_QUESTIONS = Written(lambda version: Question.objects.filter(questionnaire=version), int)


def as_asked(questions: Iterable[Question]) -> list[Asked]:
    """The questions as they are judged."""
    return [
        _asked(question.key, question.kind, question.required, question.outcomes)
        for question in questions
    ]


def judged_by(version: int, asks: Collection[Ask] = (Ask.BOOKING,)) -> list[Asked]:
    """What is asked then by a version that was signed off, as it is judged, without the words.

    Such a version stays as it is, so what was read of it once is still true.
    """
    judged = JUDGED.get(version)
    if judged is None:
        judged = Judged([(ask, _asked(*asked)) for ask, *asked in _AS_JUDGED(version)])
        JUDGED.keep(version, judged)
    return [asked for ask, asked in judged.questions if ask in asks]


@dataclass(frozen=True, slots=True)
class Judged:
    """The questions of a version, each with when it is asked."""

    questions: list[tuple[str, Asked]]

    @property
    def size(self) -> int:
        """About how many bytes they take."""
        return 500 + 1000 * len(self.questions)


JUDGED: Memory[int, Judged] = Memory(most_bytes=10_000_000, seconds=300)

_AS_JUDGED = Written(
    lambda version: Question.objects.filter(questionnaire__version=version).values_list(
        "ask", "key", "kind", "required", "outcomes"
    ),
    int,
)


def _asked(key: str, kind: str, required: bool, outcomes: list[dict[str, Any]]) -> Asked:
    windows = tuple(
        Window(Outcome[each["outcome"].upper()], each.get("within_days")) for each in outcomes
    )
    return Asked(key, QuestionKind(kind), required, windows)


def review_deadline(start: Minute, *, booked: Minute, now: Minute) -> Minute:
    """Until when a review must be decided (rule H2).

    Some hours after it was `booked`, or went to review later, and at the latest an hour before
    the start; where that hour has begun already, until the start. A result that is not ahead of
    `now` means: too late.
    """
    last = start - LAST_REVIEW_MINUTES
    return min(booked + settings.REVIEW_HOURS * 60, last if last > now else max(start, now + 1))


def review_asked_at(booking: Booking) -> Minute:
    """When it went to review: with its booking, unless a move or answers sent it there later."""
    entered = booking.events.filter(to_status=Status.PENDING_REVIEW).exclude(
        from_status__in=(Status.PENDING_REVIEW, Status.CANCELLED)
    )
    last = entered.order_by("-pk").first()
    return to_minute(last.at if last else booking.booked_at)


def answers_state(booking: Booking, *, now: Minute) -> AnswersState:
    """How one booking stands with the health questions (rule H5)."""
    return answers_states([booking], now=now)[booking.pk]


def answers_states(bookings: Collection[Booking], *, now: Minute) -> dict[int, AnswersState]:
    """How bookings stand with the health questions, by id, in two queries for all of them.

    They need their locations. What is over, or was cancelled, needs nothing any more.
    """
    version = version_in_force()
    needed = _required(version) if version is not None else set()
    if version is None or not needed:
        return {booking.pk: AnswersState.NOT_NEEDED for booking in bookings}
    rows = _current(bookings)
    return {
        booking.pk: _state(booking, rows[booking.pk], version, needed, now=now)
        for booking in bookings
    }


def unanswered(bookings: Collection[Booking]) -> set[int]:
    """Those (ids) for which nobody has answered anything, though somebody is asked (rule H0)."""
    waiting = {booking.pk for booking in bookings}
    if not waiting or version_in_force() is None:
        return set()
    return waiting - set(
        Answers.objects.filter(booking__in=waiting).values_list("booking", flat=True)
    )


def open_asks(booking: Booking, *, now: Minute) -> tuple[Ask, ...]:
    """Which sets of questions somebody must answer now so that the booking is settled."""
    return _open(booking, today=local_date(booking.location.timezone, now))


def open_by_the_session(booking: Booking) -> tuple[Ask, ...]:
    """The same, with the questions of the day although their day has not come."""
    return _open(booking, today=booking.date)


def open_of_new(booking: Booking, given: Iterable[Answers]) -> tuple[Ask, ...]:
    """The same for a booking that is made right now, with all the answers that it has.

    Nothing is read: the version in force is the one that it is made with.
    """
    version = booking.questionnaire_version
    if version is None:
        return ()
    return _open_of(booking, {row.ask: row for row in given}, version, today=booking.date)


def is_stale(answers: Answers, booking: Booking, version: int) -> bool:
    """Whether they must be given again: to another version, or too old on the session's date."""
    if answers.version != version:
        return True
    answered = local_date(booking.location.timezone, to_minute(answers.answered_at))
    return booking.date > answered + timedelta(days=settings.HEALTH_VALID_DAYS)


def _open(booking: Booking, *, today: date) -> tuple[Ask, ...]:
    version = version_in_force()
    if version is None or booking.status not in ANSWERABLE or not _required(version):
        return ()
    return _open_of(booking, _current([booking])[booking.pk], version, today=today)


def _open_of(
    booking: Booking, rows: Mapping[str, Answers], version: int, *, today: date
) -> tuple[Ask, ...]:
    needed = _required(version)
    at_booking = _first_state(booking, rows, version) if Ask.BOOKING in needed else None
    asks = [Ask.BOOKING] if at_booking is not None else []
    if _day_is_open(booking, rows, version, needed, today=today):
        asks.append(Ask.DAY_BEFORE)
    return tuple(asks)


def _required(version: int) -> set[str]:
    """When required questions are asked."""
    return {ask for ask in Ask if any(each.required for each in judged_by(version, [ask]))}


def _current(bookings: Collection[Booking]) -> defaultdict[int, dict[str, Answers]]:
    found: defaultdict[int, dict[str, Answers]] = defaultdict(dict)
    match list(bookings):
        case [one]:
            rows = _ANSWERS_OF_ONE(one.pk)
        case several:
            rows = list(_answers(booking__in=several))
    for row in rows:
        found[row.booking_id][row.ask] = row
    return found


def _answers(**whose: Any) -> QuerySet[Answers]:
    return Answers.objects.current().filter(**whose).defer("cipher")


_ANSWERS_OF_ONE = Written(lambda booking: _answers(booking=booking), int)


def _state(
    booking: Booking, rows: Mapping[str, Answers], version: int, needed: set[str], *, now: Minute
) -> AnswersState:
    if booking.status not in ANSWERABLE:
        return AnswersState.NOT_NEEDED
    if Ask.BOOKING in needed and (state := _first_state(booking, rows, version)):
        return state
    today = local_date(booking.location.timezone, now)
    if _day_is_open(booking, rows, version, needed, today=today):
        return AnswersState.DAY_BEFORE
    if _day_is_open(booking, rows, version, needed, today=booking.date):
        return AnswersState.FRESH
    return AnswersState.SETTLED


def _first_state(
    booking: Booking, rows: Mapping[str, Answers], version: int
) -> AnswersState | None:
    """What is open of the questions at booking; None where nothing is."""
    row = rows.get(Ask.BOOKING)
    if row is None or not row.is_complete:
        return AnswersState.MISSING
    return AnswersState.STALE if is_stale(row, booking, version) else None


def _day_is_open(
    booking: Booking, rows: Mapping[str, Answers], version: int, needed: set[str], *, today: date
) -> bool:
    """Whether the questions of the day are to be asked by `today`, and nobody has answered them.

    What was answered for another day, before the booking was moved, does not count.
    """
    if Ask.DAY_BEFORE not in needed or today < booking.date - DAY_BEFORE:
        return False
    row = rows.get(Ask.DAY_BEFORE)
    return not (
        row is not None and row.is_complete and row.date == booking.date and row.version == version
    )
