"""Who reads health answers, and that she did (rules H3 and P2)."""

from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.db import connection

from bookings.domain.booking import book
from bookings.domain.callers import at_desk
from bookings.domain.health.evaluation import Outcome
from bookings.domain.health.looking import read
from bookings.domain.health.settling import answer, settle_on_paper
from bookings.domain.moving import move
from bookings.domain.reception import step
from bookings.domain.requests import Change, Details
from bookings.domain.staff import Role, create_staff
from bookings.enums import EventKind, LookPage, Status
from bookings.errors import AnswersUnread, AnswersUnreadable
from bookings.models import Answers, Look
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION, minute, wish
from tests.bookings.domain.health.answering import answers, approved, reviewer, usual_questions
from tests.factories import make_bookable, make_booking, make_therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
PASSWORD = "barefoot-on-oiled-backs"
MONDAY_MORNING = minute("2026-08-03 07:00")


@pytest.fixture
def studio():
    usual_questions()
    return make_bookable()


def made(studio, given):
    return book(wish(studio, TEN), Details(ADA, answers=given), caller=CLIENT, now=NOW)


def looked(booking, by, now=MONDAY_MORNING, page=LookPage.REVIEW):
    return read(booking, page=page, caller=by, now=now)


def account(role, therapist=None):
    return at_desk(create_staff(role.value, PASSWORD, role, therapist=therapist))


def test_a_reviewer_reads_each_question_with_its_answer_and_what_follows(studio):
    given = answers(surgery=date(2026, 7, 20), anything_else="Xylophonitis", veins="yes")
    booking = made(studio, given)

    reading = looked(booking, reviewer())

    assert reading.evaluation.outcome is Outcome.UNSUITABLE
    [sheet] = reading.sheets
    assert [
        (line.question.key, line.given.answer, line.given.day, line.given.text)
        for line in sheet.lines
    ] == [
        ("surgery", "yes", date(2026, 7, 20), ""),
        ("blood_thinners", "no", None, ""),
        ("veins", "yes", None, ""),
        ("anything_else", "", None, "Xylophonitis"),
    ]
    assert [line.fired.outcome if line.fired else None for line in sheet.lines] == [
        Outcome.UNSUITABLE,
        None,
        Outcome.NOTE,
        Outcome.REVIEW,
    ]


def test_h3_a_look_is_recorded_with_it(studio):
    booking, by = made(studio, answers()), reviewer()

    looked(booking, by, page=LookPage.DAY)

    look = Look.objects.get()
    assert (look.booking, look.by, look.at, look.page) == (
        booking,
        by.user,
        to_instant(MONDAY_MORNING),
        "day",
    )


def test_h3_a_look_is_changed_and_deleted_by_nobody(studio):
    looked(made(studio, answers()), reviewer())
    look = Look.objects.get()

    with pytest.raises(TypeError):
        look.save()
    with pytest.raises(TypeError):
        look.delete()
    with pytest.raises(TypeError):
        Look.objects.all().delete()
    with pytest.raises(TypeError):
        Look.objects.update(page="api")


def test_where_there_is_nothing_to_see_nobody_looked(studio):
    booking = book(wish(studio, TEN), Details(ADA), caller=RECEPTION, now=NOW)

    assert looked(booking, reviewer()).sheets == ()
    assert not Look.objects.exists()


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.MANAGER, True), (Role.RECEPTIONIST, False), (Role.THERAPIST, True)]
)
def test_p2_reviewers_and_the_own_therapist_look(studio, role, sees):
    booking = made(studio, answers())
    by = account(role, studio.therapist if role is Role.THERAPIST else None)

    if sees:
        assert looked(booking, by).sheets
    else:
        with pytest.raises(PermissionDenied):
            looked(booking, by)
        assert not Look.objects.exists()


def test_p2_another_therapist_does_not_look(studio):
    booking = made(studio, answers())

    with pytest.raises(PermissionDenied):
        looked(booking, account(Role.THERAPIST, make_therapist(slug="other")))


@pytest.mark.parametrize(
    ("now", "sees"),
    [
        ("2026-08-01 23:59", False),
        ("2026-08-02 00:00", True),
        ("2026-08-04 23:59", True),
        ("2026-08-05 00:00", False),
    ],
)
def test_p2_the_own_therapist_looks_around_the_day(studio, now, sees):
    booking = made(studio, answers())
    by = account(Role.THERAPIST, studio.therapist)

    if sees:
        assert looked(booking, by, minute(now)).sheets
    else:
        with pytest.raises(PermissionDenied):
            looked(booking, by, minute(now))


@pytest.mark.parametrize("caller", [CLIENT, RECEPTION])
def test_h3_nobody_looks_without_a_name(studio, caller):
    with pytest.raises(PermissionDenied):
        looked(made(studio, answers()), caller)


def test_what_was_superseded_and_decided_stands_beside_it(studio):
    booking, by = made(studio, answers(blood_thinners="yes")), reviewer()
    booking = approved(booking, by, now=NOW, note="Half the dose")
    answer(booking, answers(), caller=CLIENT, now=NOW + 1)

    reading = looked(booking, by)

    assert [sheet.evaluation.outcome for sheet in reading.earlier] == [Outcome.REVIEW]
    assert [sheet.evaluation.outcome for sheet in reading.sheets] == [Outcome.FINE]
    assert [(each.note, each.review.is_approved) for each in reading.decisions] == [
        ("Half the dose", True)
    ]


def test_what_was_on_paper_has_no_lines(studio):
    booking = book(wish(studio, TEN), Details(ADA), caller=RECEPTION, now=NOW)
    settle_on_paper(booking, seen_by=studio.therapist, caller=RECEPTION, now=NOW)

    [sheet] = looked(booking, reviewer()).sheets

    assert (sheet.lines, sheet.answers.seen_by) == ((), studio.therapist)


# Who decides has read what she decides about


def test_h2_nobody_approves_what_she_has_not_read(studio):
    booking, by = made(studio, answers(blood_thinners="yes")), reviewer()

    with pytest.raises(AnswersUnread):
        step(booking, EventKind.APPROVED, caller=by, now=NOW)

    looked(booking, by)
    assert step(booking, EventKind.APPROVED, caller=by, now=NOW).status == Status.CONFIRMED


def test_h2_what_was_answered_since_she_looked_is_read_first(studio):
    booking, by = made(studio, answers(blood_thinners="yes")), reviewer()
    looked(booking, by)
    answer(booking, answers(surgery=date(2026, 8, 1)), caller=CLIENT, now=NOW)

    with pytest.raises(AnswersUnread):
        step(booking, EventKind.APPROVED, caller=by, now=NOW)


def test_h2_what_somebody_else_has_read_does_not_count(studio):
    booking = made(studio, answers(blood_thinners="yes"))
    looked(booking, reviewer())
    other = reviewer("other")

    with pytest.raises(AnswersUnread):
        step(booking, EventKind.APPROVED, caller=other, now=NOW)


def test_h2_a_booking_without_answers_is_approved_by_who_has_asked(studio):
    booking = made(studio, None)

    assert step(booking, EventKind.APPROVED, caller=reviewer(), now=NOW).status == "confirmed"


# Without the key


@pytest.fixture
def lost(studio, settings):
    """A booking whose answers were encrypted with a key that nobody has any more."""
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    booking = made(studio, answers())
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    return booking


def test_a_missing_key_is_told_and_nobody_has_looked(lost):
    with pytest.raises(AnswersUnreadable, match="FIELD_KEYS"):
        looked(lost, reviewer())

    assert not Look.objects.exists()


def test_h2_what_cannot_be_read_is_for_a_person_once_it_is_judged_again(lost):
    moved = move(lost, Change(starts_at=minute("2026-08-04 10:00")), caller=RECEPTION, now=NOW)

    assert moved.status == Status.PENDING_REVIEW


def test_h2_what_no_key_reads_is_approved_by_who_has_asked(lost):
    moved = move(lost, Change(starts_at=minute("2026-08-04 10:00")), caller=RECEPTION, now=NOW)

    assert step(moved, EventKind.APPROVED, caller=reviewer(), now=NOW).status == "confirmed"


# As it is kept


def test_h3_no_column_has_an_answer_in_clear(studio):
    text = "Xylophonitis since the zither"
    booking = made(studio, answers(surgery=date(2019, 2, 28), anything_else=text))
    approved(booking, now=NOW, note="Zither is fine")

    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(value) for row in cursor.fetchall() for value in row]

    assert not [value for value in found if "ither" in value or "Xyloph" in value]
    assert not [value for value in found if "2019-02-28" in value]


def test_answers_to_what_is_not_asked_are_not_kept(studio):
    given = answers(pregnant="yes")
    booking = made(studio, given)

    [sheet] = looked(booking, reviewer()).sheets

    assert "pregnant" not in {line.question.key for line in sheet.lines}
    assert make_booking().answers.count() == 0
    assert Answers.objects.get().is_complete
