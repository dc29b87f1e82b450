"""Health answers as they are kept: in cipher, each set in a row of its own (rules H3 and P3).

`looking` reads them for people, `reviewing` judges them.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from bookings.domain.callers import Caller
from bookings.domain.health.evaluation import Asked, Given, evaluate
from bookings.domain.health.screening import judged_by, version_in_force
from bookings.domain.requests import AnswersGiven
from bookings.enums import WITHOUT_CLIENT, Ask, EventKind
from bookings.errors import AnswersUnreadable
from bookings.models import Answers, Booking, Event, Question, Review
from bookings.scheduling.hours import DAY_MINUTES, to_instant
from bookings.scheduling.timeline import Minute
from studio.ciphers import Undecipherable, decrypt, encrypt
from studio.rows import write
from therapists.models import Therapist


def keep_given(
    booking: Booking,
    given: AnswersGiven,
    *,
    caller: Caller,
    now: Minute,
    is_new: bool = False,
) -> list[Answers]:
    """Keep answers in cipher, each set in a row of its own; they supersede those before.

    A booking that `is_new` has none before. Raises ValueError without consent: doors ask for it.
    """
    if not given.consent:
        raise ValueError("Answers are kept with consent alone; doors ask for it.")
    rows = []
    for ask in given.asks:
        questions = judged_by(given.version, [ask])
        row = _row(booking, ask, given.version, caller=caller, now=now)
        row.has_consent = True
        row.is_complete = not evaluate(questions, given.answers, on=booking.date).open
        row.cipher = encrypt(_packed(questions, given.answers))
        if not is_new:
            _supersede(booking, ask, now=now)
        rows.append(row)
    write(*rows)
    return rows


def keep_on_paper(
    booking: Booking, asks: Iterable[Ask], *, seen_by: Therapist, caller: Caller, now: Minute
) -> None:
    """Note that a therapist has seen the answers on paper; nothing of them is kept here."""
    version = version_in_force()
    if version is None:
        return
    for ask in asks:
        row = _row(booking, ask, version, caller=caller, now=now)
        row.has_consent, row.is_complete, row.seen_by = False, True, seen_by
        _supersede(booking, ask, now=now)
        row.save()


def forget_answers(bookings: QuerySet[Booking]) -> None:
    """Take what was answered, and what reviewers wrote of it, out of these bookings (rule P3).

    That somebody answered, looked and decided stays, without a word of it.
    """
    Answers.objects.filter(booking__in=bookings).update(cipher="")
    Review.objects.filter(booking__in=bookings).update(note="")


def forget_unclaimed(*, now: Minute) -> int:
    """Forget what was answered with holds that never became a booking, a day after they ended.

    Returns how many sets of answers it was.
    """
    before = to_instant(now - DAY_MINUTES)
    over = Booking.objects.filter(status__in=WITHOUT_CLIENT, booked_at__lt=before)
    became = Event.objects.filter(
        booking=OuterRef("booking"), kind__in=(EventKind.BOOKED, EventKind.CONFIRMED)
    )
    rows = Answers.objects.filter(booking__in=over).exclude(cipher="")
    return rows.exclude(Exists(became)).update(cipher="")


def questions_of(row: Answers) -> list[Question]:
    """The questions that were answered, of their own version, in their order."""
    asked = Question.objects.filter(questionnaire__version=row.version, ask=row.ask)
    return list(asked.order_by("position"))


def unpacked(cipher: str) -> dict[str, Given]:
    """The answers by the keys of their questions; raises AnswersUnreadable."""
    return {
        key: Given(
            answer=value.get("answer", ""),
            day=date.fromisoformat(value["date"]) if "date" in value else None,
            text=value.get("text", ""),
        )
        for key, value in json.loads(plain(cipher)).items()
    }


def plain(cipher: str) -> str:
    """What is kept in cipher; raises AnswersUnreadable."""
    try:
        return decrypt(cipher)
    except Undecipherable:
        raise AnswersUnreadable from None


def as_json(given: Given) -> dict[str, str]:
    """One answer as it is packed and exported: what there is of it, no more."""
    day = given.day.isoformat() if given.day else ""
    parts = {"answer": given.answer, "date": day, "text": given.text}
    return {name: value for name, value in parts.items() if value}


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


def _packed(questions: Iterable[Asked], answers: Mapping[str, Given]) -> str:
    """The answers to these questions as canonical JSON; what is not asked is not kept."""
    kept = {
        question.key: as_json(answers[question.key])
        for question in questions
        if question.key in answers and not answers[question.key].is_blank
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
