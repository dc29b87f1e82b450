"""Health answers: kept in cipher, judged by the program, read by few people (rules H2 and H3).

Whatever reads one for a person records the look in the same transaction. What the program judges
leaves nothing behind but the booking's state.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from bookings.domain.callers import Caller
from bookings.domain.evaluation import (
    Asked,
    Evaluation,
    Fired,
    Given,
    Why,
    evaluate,
    together,
    unreadable,
)
from bookings.domain.requests import AnswersGiven
from bookings.domain.screening import as_asked, asked_at, in_force
from bookings.domain.staff import may_look
from bookings.enums import Ask, LookPage
from bookings.errors import AnswersUnreadable
from bookings.models import (
    Answers,
    Booking,
    Client,
    Look,
    Question,
    Questionnaire,
    Review,
    SessionType,
)
from bookings.scheduling.hours import to_instant
from bookings.scheduling.timeline import Minute
from studio.ciphers import Undecipherable, decrypt, encrypt
from studio.premises.locking import carry_out
from therapists.models import Therapist


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
        return together([sheet.evaluation for sheet in self.sheets])


@dataclass(frozen=True, slots=True)
class Screened:
    """What a booking in the making comes to, and where its answers are from."""

    evaluation: Evaluation = field(repr=False)
    given: AnswersGiven | None = None
    earlier: Answers | None = None


def read(booking: Booking, *, page: LookPage, caller: Caller, now: Minute) -> Reading:
    """The answers of a booking for a person; that she looked is recorded with it (rule H3).

    For a reviewer, or the booking's own therapist around the day: PermissionDenied for anybody
    else. Raises AnswersUnreadable when a key is missing.
    """
    user = caller.user
    if user is None or not may_look(user, booking, now=now):
        raise PermissionDenied

    def work() -> Reading:
        reading = _reading(booking)
        if reading.sheets or reading.earlier or reading.decisions:
            Look.objects.create(booking=booking, by=user, at=to_instant(now), page=page)
        return reading

    return carry_out(work)


def own_answers(booking: Booking) -> list[dict[str, Any]]:
    """What a client has answered, to be given to her (rule P3); whose it is, doors have seen to."""
    return [
        {
            "answered_at": sheet.answers.answered_at.isoformat(),
            "questionnaire_version": sheet.answers.version,
            "on_paper": sheet.answers.seen_by is not None,
            "answers": [
                {"question": line.question.text, **_as_json(line.given)} for line in sheet.lines
            ],
        }
        for sheet in _sheets(booking)
    ]


def screened(
    given: AnswersGiven | None,
    client: Client | None,
    *,
    booking: Booking,
    on: date,
    questionnaire: Questionnaire | None,
    is_staff: bool,
) -> Screened:
    """What the answers for a booking in the making come to, on its session's date.

    Those given with it count, else those that it has already, else the last ones of `client`:
    one whom the caller may speak for, never of a typed address (rule P1). Stale ones count too,
    and are settled by check-in. Nothing is asked without a questionnaire (rule H0). Reception asks
    in person, so what is open stops none of its bookings.
    """
    if questionnaire is None:
        return Screened(together([]))
    barefoot = booking.barefoot
    if given is not None:
        questions = as_asked(asked_at(questionnaire, given.asks))
        found = Screened(evaluate(questions, given.answers, on=on, barefoot=barefoot), given)
    elif booking.pk and booking.answers.current().filter(ask=Ask.BOOKING).exists():
        found = Screened(judged(booking, on=on, barefoot=barefoot))
    elif client is not None and (earlier := _last_of(client)):
        found = Screened(_judged_row(earlier, on, barefoot), earlier=earlier)
    else:
        questions = as_asked(asked_at(questionnaire))
        found = Screened(evaluate(questions, {}, on=on, barefoot=barefoot))
    return Screened(answered(found.evaluation), found.given, found.earlier) if is_staff else found


def keep(booking: Booking, found: Screened, *, caller: Caller, now: Minute) -> None:
    """Keep what a booking was screened by; call it once the booking is saved."""
    if found.given is not None:
        keep_given(booking, found.given, caller=caller, now=now)
    elif found.earlier is not None:
        _take_over(booking, found.earlier)


def keep_given(booking: Booking, given: AnswersGiven, *, caller: Caller, now: Minute) -> None:
    """Keep answers in cipher, each set in a row of its own; they supersede those before.

    Raises ValueError without consent: doors ask for it.
    """
    if not given.consent:
        raise ValueError("Answers are kept with consent alone; doors ask for it.")
    questionnaire = Questionnaire.objects.get(version=given.version)
    for ask in given.asks:
        questions = asked_at(questionnaire, [ask])
        row = _row(booking, ask, given.version, caller=caller, now=now)
        row.has_consent = True
        row.is_complete = not evaluate(as_asked(questions), given.answers, on=booking.date).open
        row.cipher = encrypt(_packed(questions, given.answers))
        _supersede(booking, ask, now=now)
        row.save()


def keep_on_paper(
    booking: Booking, asks: Iterable[Ask], *, seen_by: Therapist, caller: Caller, now: Minute
) -> None:
    """Note that a therapist has seen the answers on paper; nothing of them is kept here."""
    questionnaire = in_force()
    if questionnaire is None:
        return
    for ask in asks:
        row = _row(booking, ask, questionnaire.version, caller=caller, now=now)
        row.has_consent, row.is_complete, row.seen_by = False, True, seen_by
        _supersede(booking, ask, now=now)
        row.save()


def judged(booking: Booking, *, on: date, barefoot: bool) -> Evaluation:
    """What was answered for a booking comes to on a date, less what a person has approved.

    An answer that was taken back counts until a person has decided: nobody is let in by changing
    a yes into a no. Questions of the day count for
    their day alone.
    """
    rows = list(booking.answers.order_by("pk"))
    if not rows:
        return together([])
    approval = booking.reviews.filter(is_approved=True).order_by("pk").last()
    return together([_still_open(row, rows, approval, on, barefoot) for row in rows])


def answered(evaluation: Evaluation) -> Evaluation:
    """The same without what nobody has answered."""
    fired = tuple(each for each in evaluation.fired if each.why is not Why.UNANSWERED)
    return together([Evaluation(evaluation.outcome, fired)])


def outcomes_under(draft: Questionnaire, *, limit: int = 2000) -> dict[tuple[str, str], int]:
    """How many past answers come to what, by the outcome before and under a draft (counts only).

    The last ones of each booking are judged for its own date, newest first, up to a limit.
    """
    counts: dict[tuple[str, str], int] = {}
    rows = Answers.objects.current().filter(ask=Ask.BOOKING).exclude(cipher="")
    questions = as_asked(asked_at(draft))
    for row in rows.select_related("booking").order_by("-pk")[:limit]:
        try:
            given = _unpacked(row.cipher)
        except AnswersUnreadable:
            continue
        barefoot = row.booking.barefoot
        before = _judged_row(row, row.booking.date, barefoot)
        after = evaluate(questions, given, on=row.booking.date, barefoot=barefoot)
        pair = (before.outcome.word, after.outcome.word)
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def comes_to(booking: Booking, session_type: SessionType) -> Evaluation:
    """What the booking's answers come to for another session type at its own start."""
    return judged(booking, on=booking.date, barefoot=session_type.barefoot)


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


def _still_open(
    row: Answers, rows: Sequence[Answers], approval: Review | None, on: date, barefoot: bool
) -> Evaluation:
    later_on_paper = any(
        other.seen_by_id is not None and other.ask == row.ask and other.pk > row.pk
        for other in rows
    )
    is_of_another_day = row.ask == Ask.DAY_BEFORE and row.date != on
    if not row.cipher or later_on_paper or is_of_another_day:
        return together([])
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
    return together([Evaluation(found.outcome, left)])


def _is_covered(fired: Fired, approved: Mapping[str, Fired], *, is_later: bool) -> bool:
    """Whether a person has approved it: the same or stricter, and no nearer to what it was."""
    before = approved.get(fired.key)
    if before is None or fired.outcome > before.outcome:
        return False
    return fired.within_days is None or is_later


def _judged_row(row: Answers, on: date, barefoot: bool) -> Evaluation:
    try:
        given = _unpacked(row.cipher)
    except AnswersUnreadable:
        return unreadable()
    return evaluate(_asked_of(row), given, on=on, barefoot=barefoot)


def _questions_of(row: Answers) -> list[Question]:
    return list(
        Question.objects.filter(questionnaire__version=row.version, ask=row.ask).order_by(
            "position"
        )
    )


def _asked_of(row: Answers) -> list[Asked]:
    return as_asked(_questions_of(row))


def _last_of(client: Client) -> Answers | None:
    """The last answers of a client that are kept here, to questions that are asked at booking."""
    rows = Answers.objects.current().filter(booking__client=client, ask=Ask.BOOKING)
    return rows.exclude(cipher="").order_by("-answered_at", "-pk").first()


def _take_over(booking: Booking, earlier: Answers) -> None:
    """Answer a booking as an earlier one was, with the day on which that was."""
    Answers.objects.create(
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


def _row(booking: Booking, ask: Ask, version: int, *, caller: Caller, now: Minute) -> Answers:
    return Answers(
        booking=booking,
        ask=ask,
        version=version,
        date=booking.date,
        answered_at=to_instant(now),
        source=caller.source,
        by=caller.user if caller.is_staff else None,
    )


def _supersede(booking: Booking, ask: Ask, *, now: Minute) -> None:
    booking.answers.current().filter(ask=ask).update(superseded_at=to_instant(now))


def _reading(booking: Booking) -> Reading:
    sheets = list(_sheets(booking))
    reviews = booking.reviews.select_related("by", "substitute").order_by("pk")
    return Reading(
        booking,
        sheets=tuple(each for each in sheets if each.answers.superseded_at is None),
        earlier=tuple(each for each in sheets if each.answers.superseded_at is not None),
        decisions=tuple(Decision(review, _plain(review.note)) for review in reviews),
    )


def _sheets(booking: Booking) -> Iterator[Sheet]:
    rows = booking.answers.select_related("seen_by", "taken_from__booking").order_by("pk")
    for row in rows:
        if not row.cipher:
            yield Sheet(row, (), together([]))
            continue
        given, questions = _unpacked(row.cipher), _questions_of(row)
        found = evaluate(as_asked(questions), given, on=booking.date, barefoot=booking.barefoot)
        fired = {each.key: each for each in found.fired}
        lines = tuple(
            Line(question, given.get(question.key, Given()), fired.get(question.key))
            for question in questions
        )
        yield Sheet(row, lines, found)


def _packed(questions: Iterable[Question], answers: Mapping[str, Given]) -> str:
    """The answers to these questions as canonical JSON; what is not asked is not kept."""
    kept = {
        question.key: _as_json(answers[question.key])
        for question in questions
        if question.key in answers and not answers[question.key].is_blank
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _as_json(given: Given) -> dict[str, str]:
    day = given.day.isoformat() if given.day else ""
    parts = {"answer": given.answer, "date": day, "text": given.text}
    return {name: value for name, value in parts.items() if value}


def _unpacked(cipher: str) -> dict[str, Given]:
    return {
        key: Given(
            answer=value.get("answer", ""),
            day=date.fromisoformat(value["date"]) if "date" in value else None,
            text=value.get("text", ""),
        )
        for key, value in json.loads(_plain(cipher)).items()
    }


def _plain(cipher: str) -> str:
    try:
        return decrypt(cipher)
    except Undecipherable:
        raise AnswersUnreadable from None
