"""Answering after booking, and what check-in waits for (rules H2 and H5)."""

from datetime import date

import pytest

from bookings.domain.booking import book
from bookings.domain.cancelling import cancel
from bookings.domain.health.screening import answers_state, answers_states, open_asks
from bookings.domain.health.settling import answer, settle_on_paper
from bookings.domain.moving import move
from bookings.domain.reception import step
from bookings.domain.requests import Change, Details
from bookings.enums import AnswersState, Ask, EventKind, NotificationKind, Status
from bookings.errors import AnswersOpen, QuestionnaireOutdated, WrongState
from bookings.models import Answers, Booking
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION, minute, wish
from tests.bookings.domain.health.answering import DAY, answers, approved, reviewer, usual_questions
from tests.factories import at, make_bookable, make_booking, make_therapist

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
SUNDAY = minute("2026-08-02 00:00")
AT_TEN = minute(TEN)
BOTH = (Ask.BOOKING, Ask.DAY_BEFORE)


@pytest.fixture
def studio():
    usual_questions(DAY)
    return make_bookable()


def made(studio, given=None, *, caller=CLIENT, wall=TEN, now=NOW):
    return book(wish(studio, wall), Details(ADA, answers=given), caller=caller, now=now)


def queued(booking):
    """When a link to the questions leaves; None for never."""
    rows = booking.notifications.filter(kind=NotificationKind.ANSWERS_NEEDED, state="queued")
    return rows.values_list("due_at", flat=True).first()


def of_the_day(pain_killers="no"):
    return answers(asks=(Ask.DAY_BEFORE,), pain_killers=pain_killers)


# States


def test_h5_questions_of_the_day_are_open_from_the_day_before(studio):
    booking = made(studio, answers())

    assert answers_state(booking, now=SUNDAY - 1) == AnswersState.FRESH
    assert open_asks(booking, now=SUNDAY - 1) == ()
    assert answers_state(booking, now=SUNDAY) == AnswersState.DAY_BEFORE
    assert open_asks(booking, now=SUNDAY) == (Ask.DAY_BEFORE,)


def test_h5_all_that_was_asked_is_answered(studio):
    booking = answer(made(studio, answers()), of_the_day(), caller=CLIENT, now=SUNDAY)

    assert booking.status == Status.CONFIRMED
    assert answers_state(booking, now=SUNDAY) == AnswersState.SETTLED
    assert open_asks(booking, now=AT_TEN) == ()


@pytest.mark.parametrize(
    ("given", "state"),
    [(None, AnswersState.MISSING), (answers(veins=""), AnswersState.MISSING)],
)
def test_h5_an_open_required_question_is_missing(studio, given, state):
    booking = made(studio, given, caller=RECEPTION)

    assert answers_state(booking, now=NOW) == state
    assert open_asks(booking, now=SUNDAY) == BOTH


def test_h5_answers_to_an_older_version_are_stale(studio):
    booking = made(studio, answers())
    usual_questions(version=4)

    assert answers_state(booking, now=NOW) == AnswersState.STALE


@pytest.mark.parametrize(("days", "state"), [(3, AnswersState.FRESH), (2, AnswersState.STALE)])
def test_h5_answers_are_stale_once_they_are_too_old_on_the_sessions_date(
    studio, settings, days, state
):
    settings.HEALTH_VALID_DAYS = days
    booking = made(studio, answers())  # on a Friday, for Monday

    assert answers_state(booking, now=NOW) == state


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.CHECKED_IN, Status.COMPLETED])
def test_h5_what_is_over_needs_nothing(studio, status):
    assert answers_state(make_booking(status=status), now=NOW) == AnswersState.NOT_NEEDED


def test_h0_without_a_questionnaire_nothing_is_needed():
    booking = make_booking()

    assert answers_state(booking, now=NOW) == AnswersState.NOT_NEEDED
    assert step(booking, EventKind.CHECKED_IN, caller=RECEPTION, now=AT_TEN).status == (
        Status.CHECKED_IN
    )


def test_h5_the_states_of_many_are_asked_at_once(studio, django_assert_num_queries):
    walls = ["2026-08-03 10:00", "2026-08-03 12:00", "2026-08-04 10:00"]
    for wall in walls:
        made(studio, answers(), wall=wall)
    bookings = list(Booking.objects.select_related("location"))

    with django_assert_num_queries(2):
        states = answers_states(bookings, now=NOW)

    assert set(states.values()) == {AnswersState.FRESH}


# Check-in


@pytest.mark.parametrize("now", [AT_TEN, SUNDAY - 1])
def test_h5_nobody_is_checked_in_before_the_questions_are_settled(studio, now):
    booking = made(studio, answers())

    with pytest.raises(AnswersOpen, match="tablet"):
        step(booking, EventKind.CHECKED_IN, caller=RECEPTION, now=now)

    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED
    settled = answer(booking, of_the_day(), caller=RECEPTION, now=AT_TEN)
    assert step(settled, EventKind.CHECKED_IN, caller=RECEPTION, now=AT_TEN).status == (
        Status.CHECKED_IN
    )


def test_h5_answers_on_paper_settle_all_that_is_open(studio):
    booking = made(studio, caller=RECEPTION)
    mei = make_therapist(slug="mei")
    desk = reviewer()

    settle_on_paper(booking, seen_by=mei, caller=desk, now=AT_TEN)

    rows = Answers.objects.filter(booking=booking).order_by("pk")
    assert [(row.ask, row.seen_by, row.by, row.cipher) for row in rows] == [
        (ask, mei, desk.user, "") for ask in BOTH
    ]
    event = booking.events.get(kind=EventKind.ANSWERED)
    assert event.details == {"asks": list(BOTH), "seen_by": "mei"}
    step(booking, EventKind.CHECKED_IN, caller=desk, now=AT_TEN)


@pytest.mark.parametrize("given", [None, answers(blood_thinners="yes")])
def test_h2_a_review_goes_on_waiting_for_its_person_after_answers_on_paper(studio, given):
    booking = made(studio, given)

    settle_on_paper(booking, seen_by=booking.therapist, caller=RECEPTION, now=NOW)
    moved = move(booking, Change(starts_at=minute("2026-08-04 10:00")), caller=CLIENT, now=NOW)

    assert moved.status == Status.PENDING_REVIEW


def test_h5_settling_on_paper_twice_is_once(studio):
    booking, mei = made(studio, caller=RECEPTION), make_therapist(slug="mei")

    for _again in range(2):
        settle_on_paper(booking, seen_by=mei, caller=RECEPTION, now=AT_TEN)

    assert booking.events.filter(kind=EventKind.ANSWERED).count() == 1


def test_h5_after_a_move_the_questions_of_the_day_are_asked_for_the_new_day(studio):
    booking = answer(made(studio, answers()), of_the_day(), caller=CLIENT, now=SUNDAY)

    moved = move(
        booking, Change(starts_at=minute("2026-08-04 10:00")), caller=RECEPTION, now=SUNDAY
    )

    assert answers_state(moved, now=AT_TEN) == AnswersState.DAY_BEFORE


# Answering


def test_h2_answers_that_were_all_it_waited_for_confirm_it(studio):
    booking = made(studio)
    assert booking.status == Status.PENDING_REVIEW

    answered = answer(booking, answers(), caller=CLIENT, now=NOW + 5)

    assert (answered.status, answered.expires_at) == (Status.CONFIRMED, None)
    event = answered.events.get(kind=EventKind.ANSWERED)
    assert (event.from_status, event.to_status) == ("pending_review", "confirmed")
    assert (event.reason, event.details) == ("", {"asks": ["booking"]})


def test_h2_a_yes_that_is_taken_back_still_waits_for_a_person(studio):
    booking = made(studio, answers(blood_thinners="yes"))

    answered = answer(booking, answers(), caller=CLIENT, now=NOW + 5)

    assert answered.status == Status.PENDING_REVIEW
    first, second = Answers.objects.order_by("pk")
    assert (first.superseded_at, second.superseded_at) == (to_instant(NOW + 5), None)


def test_h2_once_a_person_has_approved_only_what_is_new_goes_to_review(studio):
    booking = made(studio, answers(blood_thinners="yes"))
    booking = approved(booking, now=NOW)

    fine = answer(booking, answers(), caller=CLIENT, now=NOW)
    assert fine.status == Status.CONFIRMED
    again = answer(booking, answers(surgery=date(2026, 8, 1)), caller=CLIENT, now=NOW)
    assert again.status == Status.PENDING_REVIEW


def test_h2_pain_killers_the_evening_before_go_to_a_person_until_an_hour_before(studio):
    evening = minute("2026-08-02 20:00")

    booking = answer(made(studio, answers()), of_the_day("yes"), caller=CLIENT, now=evening)

    assert (booking.status, booking.expires_at) == (Status.PENDING_REVIEW, at("2026-08-03 09:00"))


@pytest.mark.parametrize("now", [AT_TEN - 30, AT_TEN + 5])
def test_h2_at_the_desk_a_person_has_until_the_session_would_end(studio, now):
    booking = answer(made(studio, answers()), of_the_day("yes"), caller=RECEPTION, now=now)

    assert booking.expires_at == max(at("2026-08-03 11:00"), to_instant(now + 60))


def test_answers_to_an_older_version_are_refused(studio):
    booking = made(studio)

    with pytest.raises(QuestionnaireOutdated):
        answer(booking, answers(version=2), caller=CLIENT, now=NOW)


def test_nobody_answers_for_what_is_over_or_lapsed(studio):
    booking = made(studio)
    with pytest.raises(WrongState):
        answer(booking, answers(), caller=CLIENT, now=NOW + 25 * 60)
    cancel(booking, caller=CLIENT, now=NOW)

    with pytest.raises(WrongState):
        answer(booking, answers(), caller=CLIENT, now=NOW)
    with pytest.raises(WrongState):
        settle_on_paper(booking, seen_by=booking.therapist, caller=RECEPTION, now=NOW)


def test_h0_nobody_answers_where_nothing_is_asked():
    with pytest.raises(WrongState):
        answer(make_booking(), answers(), caller=CLIENT, now=NOW)


# The link the day before


def test_h5_a_link_to_what_is_open_leaves_a_day_before(studio):
    booking = made(studio, answers())

    assert queued(booking) == at("2026-08-02 10:00")


def test_h5_who_books_later_gets_the_link_right_away(studio):
    now = minute("2026-08-02 20:00")

    assert queued(made(studio, answers(), now=now)) == to_instant(now + 4)


def test_h5_a_settled_booking_gets_no_link(studio):
    booking = made(studio, answers())
    answer(booking, of_the_day(), caller=CLIENT, now=minute("2026-08-02 09:00"))

    assert queued(booking) is None


def test_h5_on_paper_takes_the_link_back_too(studio):
    booking = made(studio, caller=RECEPTION)
    assert queued(booking) is not None

    settle_on_paper(booking, seen_by=booking.therapist, caller=RECEPTION, now=NOW)

    assert queued(booking) is None
