"""A version of the health questions is tried on past answers, in counts alone (H1 and H3)."""

from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.callers import CLOCK
from bookings.domain.health.answers import keep_given
from bookings.domain.health.trying_out import try_out
from bookings.enums import Ask, Status
from bookings.models import Look
from tests.bookings.domain.asking import NOW
from tests.bookings.domain.health.answering import (
    DAY,
    SURGERY,
    THINNERS,
    VEINS,
    answers,
    usual_questions,
)
from tests.factories import make_bookable, make_booking, make_questionnaire

pytestmark = pytest.mark.django_db

NOTE, REVIEW = [{"outcome": "note"}], [{"outcome": "review"}]
HEART = {"key": "heart"}


@pytest.fixture(autouse=True)
def version():
    """The one in force, which everybody has answered."""
    return usual_questions(DAY)


@pytest.fixture
def forms():
    """Keeps so many sets of the same answers."""
    place = make_bookable()

    def keep(count, given=None):
        for _number in range(count):
            booking = make_booking(
                therapist=place.therapist,
                room=place.room,
                session_type=place.session_type,
                status=Status.CANCELLED,
            )
            keep_given(booking, given or answers(), caller=CLOCK, now=NOW)

    return keep


def draft(*questions):
    return make_questionnaire(*questions, version=4, is_signed_off=False)


def counts(trial):
    return {line.outcome.word: (line.before, line.after) for line in trial.lines}


def test_h1_past_forms_are_counted_as_they_were_and_as_they_would_be(forms):
    forms(10)
    forms(15, answers(veins="yes"))
    forms(5, answers(surgery=date(2026, 7, 20)))

    trial = try_out(draft(SURGERY, VEINS | {"outcomes": REVIEW}))

    assert trial is not None
    assert counts(trial) == {
        "fine": (10, 10),
        "note": (15, None),
        "review": (None, 15),
        "unsuitable": (5, 5),
    }
    assert (trial.forms, trial.differ, trial.undecided, trial.unreadable) == (30, 15, None, None)


def test_h2_a_form_is_judged_for_the_date_of_its_session(forms):
    forms(20, answers(surgery=date(2026, 5, 1)))

    within_100 = [{"within_days": 100, "outcome": "unsuitable"}, {"outcome": "fine"}]
    trial = try_out(draft(SURGERY | {"outcomes": within_100}))

    assert trial is not None
    assert counts(trial)["review"] == (20, None)
    assert counts(trial)["unsuitable"] == (None, 20)


def test_h1_what_hangs_on_a_new_question_is_not_known(forms):
    forms(10)
    forms(10, answers(blood_thinners="yes"))

    trial = try_out(draft(SURGERY, THINNERS, HEART))

    assert trial is not None
    assert (counts(trial)["fine"], counts(trial)["review"]) == ((10, None), (10, 10))
    assert (trial.undecided, trial.differ) == (10, None)


def test_h1_a_new_question_that_may_stay_open_changes_nothing(forms):
    forms(20)

    trial = try_out(draft(SURGERY, HEART | {"required": False}))

    assert trial is not None
    assert (counts(trial)["fine"], trial.undecided) == ((20, 20), None)


def test_h1_a_yes_is_no_answer_to_a_question_that_asks_for_words_now(forms):
    forms(20, answers(veins="yes"))

    trial = try_out(draft(VEINS | {"kind": "text", "outcomes": REVIEW}))

    assert trial is not None
    assert (counts(trial)["review"], trial.undecided) == ((None, None), 20)


def test_h1_questions_of_the_day_are_judged_by_those_of_the_day(forms):
    forms(20, answers(asks=(Ask.DAY_BEFORE,), pain_killers="yes"))

    trial = try_out(draft(DAY | {"outcomes": NOTE}))

    assert trial is not None
    assert (counts(trial)["review"], counts(trial)["note"]) == ((20, None), (None, 20))


@pytest.mark.parametrize(
    ("serious", "shown"), [(1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10)]
)
def test_h3_counts_are_rounded_and_small_ones_are_not_said(forms, serious, shown):
    forms(20)
    forms(serious, answers(blood_thinners="yes"))

    trial = try_out(draft(THINNERS))

    assert trial is not None
    assert counts(trial)["review"] == (shown, shown)


def test_h3_of_few_forms_there_are_no_counts_at_all(forms):
    forms(19)

    assert try_out(draft(THINNERS)) is None


@pytest.mark.both_engines
def test_h3_it_is_no_look_and_writes_nothing(forms):
    forms(20)
    tried = draft(THINNERS)

    with CaptureQueriesContext(connection) as queries:
        try_out(tried)

    assert not Look.objects.exists()
    asked = [each["sql"].partition("CURSOR FOR ")[2] or each["sql"] for each in queries]
    assert [sql.split()[0] for sql in asked] == ["SELECT"] * 3


def test_h1_no_more_than_the_newest_forms_are_judged(forms):
    forms(20, answers(blood_thinners="yes"))
    forms(20)

    trial = try_out(draft(THINNERS), limit=20)

    assert trial is not None
    assert (trial.forms, counts(trial)["fine"]) == (20, (20, 20))


def test_h3_forms_whose_key_is_missing_are_counted_apart(forms, settings):
    forms(20)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    forms(20)

    trial = try_out(draft(THINNERS))

    assert trial is not None
    assert (trial.forms, trial.unreadable, counts(trial)["fine"]) == (20, 20, (20, 20))
