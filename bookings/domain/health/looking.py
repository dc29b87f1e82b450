"""Health answers read out for a person; that she looked is recorded with it (rule H3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from bookings.domain.callers import Caller
from bookings.domain.health.answers import as_json, plain, questions_of, unpacked
from bookings.domain.health.evaluation import Evaluation, Fired, Given, evaluate, united
from bookings.domain.health.screening import as_asked
from bookings.domain.placing import fresh
from bookings.domain.staff import Person, may_look
from bookings.enums import LookPage
from bookings.errors import AnswersUnreadable
from bookings.models import Answers, Booking, Look, Question, Review
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.premises.locking import carry_out


@dataclass(frozen=True, slots=True)
class Line:
    """One question, what was answered to it, and what follows; nothing for most."""

    question: Question
    given: Given = field(repr=False)
    fired: Fired | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One set of answers, read out; without lines it was on paper, or has been erased."""

    answers: Answers
    lines: tuple[Line, ...] = field(repr=False)
    evaluation: Evaluation = field(repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided, with the note."""

    review: Review
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was answered for a booking: what counts now, what it superseded, decisions."""

    booking: Booking
    sheets: tuple[Sheet, ...] = field(repr=False)
    earlier: tuple[Sheet, ...] = field(repr=False)
    decisions: tuple[Decision, ...] = field(repr=False)

    @property
    def evaluation(self) -> Evaluation:
        """What counts now, together."""
        return united([sheet.evaluation for sheet in self.sheets])


def read(booking: Booking, *, page: LookPage, caller: Caller, now: Minute) -> Reading:
    """The answers of a booking for a person; that she looked is recorded with it (rule H3).

    For a reviewer, or the booking's own therapist around the day: PermissionDenied for anybody
    else. Raises AnswersUnreadable when a key is missing.
    """

    def work() -> Reading:
        found = fresh(booking)
        if not may_look(caller.user, found, now=now):
            raise PermissionDenied
        reading = _reading(found)
        if reading.sheets or reading.earlier or reading.decisions:
            record_look(found, page, caller=caller, now=now)
        return reading

    return carry_out(work)


def record_look(booking: Booking, page: LookPage, *, caller: Caller, now: Minute) -> Look:
    """Write down that somebody looks; in the transaction that reads the answers for her."""
    if caller.user is None:
        raise PermissionDenied
    last = booking.answers.order_by("pk").last()
    return Look.objects.create(
        booking=booking, by=caller.user, at=to_instant(now), page=page, answers=last
    )


def has_read(user: Person | None, booking: Booking) -> bool:
    """Whether somebody has looked at all that was answered; what no key reads, nobody can.

    Call it with the booking locked: answers that arrive later are not decided about.
    """
    if booking.pk not in unread_by(user, [booking]):
        return True
    try:
        for row in booking.answers.exclude(cipher=""):
            plain(row.cipher)
    except AnswersUnreadable:
        return True
    return False


def unread_by(user: Person | None, bookings: Iterable[Booking]) -> set[int]:
    """Those (ids) with answers that somebody has not looked at, in one query for all of them."""
    by = user.pk if user else None
    looked = Look.objects.filter(by_id=by, booking=OuterRef("booking"), answers__gte=OuterRef("pk"))
    rows = Answers.objects.filter(~Exists(looked), booking__in=bookings).exclude(cipher="")
    return set(rows.values_list("booking", flat=True))


def own_answers(booking: Booking) -> list[dict[str, Any]]:
    """What a client has answered, to be given to her in the language spoken now (rule P3).

    Whose it is, doors have seen to.
    """
    language = get_language()
    return [
        {
            "answered_at": sheet.answers.answered_at.isoformat(),
            "questionnaire_version": sheet.answers.version,
            "on_paper": sheet.answers.seen_by is not None,
            "answers": [
                {"question": line.question.text_in(language), **as_json(line.given)}
                for line in sheet.lines
            ],
        }
        for sheet in _sheets(booking)
    ]


def _reading(booking: Booking) -> Reading:
    sheets = list(_sheets(booking))
    reviews = booking.reviews.select_related("by", "substitute").order_by("pk")
    return Reading(
        booking,
        sheets=tuple(each for each in sheets if each.answers.superseded_at is None),
        earlier=tuple(each for each in sheets if each.answers.superseded_at is not None),
        decisions=tuple(Decision(review, plain(review.note)) for review in reviews),
    )


def _sheets(booking: Booking) -> Iterator[Sheet]:
    rows = booking.answers.select_related("seen_by", "taken_from__booking").order_by("pk")
    for row in rows:
        if not row.cipher:
            yield Sheet(row, (), united([]))
            continue
        given, questions = unpacked(row.cipher), questions_of(row)
        found = evaluate(as_asked(questions), given, on=booking.date, barefoot=booking.barefoot)
        fired = {each.key: each for each in found.fired}
        lines = tuple(
            Line(question, given.get(question.key, Given()), fired.get(question.key))
            for question in questions
        )
        yield Sheet(row, lines, found)
