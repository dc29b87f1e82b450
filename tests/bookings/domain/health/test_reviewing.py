"""When answers send a booking to a person (rules H2 and B5), and what a decision covers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from bookings.domain.booking import book, confirm, hold
from bookings.domain.health.reviewing import known_answers
from bookings.domain.health.substitutes import substitutes
from bookings.domain.moving import move
from bookings.domain.reception import step
from bookings.domain.requests import AnswersGiven, Change, Details
from bookings.enums import Ask, EventKind, Status
from bookings.errors import QuestionnaireOutdated
from bookings.models import Answers, Booking
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION, minute, wish
from tests.bookings.domain.health.answering import answers, approved, reviewer, usual_questions
from tests.factories import make_bookable, make_client, make_session_type

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"
TWO_DAYS_LATER = "2026-08-05 10:00"
EDGE = date(2026, 6, 22)
"""On the 3rd of August that is 42 days ago, on the 5th it is 44."""


@pytest.fixture
def studio():
    usual_questions()
    return make_bookable()


def made(studio, given=None, *, caller=CLIENT, client=ADA, wall=TEN, now=NOW):
    return book(wish(studio, wall), Details(client, answers=given), caller=caller, now=now)


def moved(booking, wall, *, caller=CLIENT, now=NOW, **changes):
    return move(booking, Change(starts_at=minute(wall), **changes), caller=caller, now=now)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (answers(), Status.CONFIRMED),
        (answers(veins="yes"), Status.CONFIRMED),
        (answers(blood_thinners="yes"), Status.PENDING_REVIEW),
        (answers(blood_thinners="not_sure"), Status.PENDING_REVIEW),
        (answers(blood_thinners=""), Status.PENDING_REVIEW),
        (answers(surgery=date(2026, 8, 1)), Status.PENDING_REVIEW),
        (answers(surgery=date(2020, 8, 1)), Status.CONFIRMED),
        (answers(anything_else="A stiff neck."), Status.PENDING_REVIEW),
        (None, Status.PENDING_REVIEW),
    ],
)
def test_h2_answers_decide_whether_a_person_must(studio, given, status):
    booking = made(studio, given)

    assert booking.status == status
    assert (booking.expires_at is None) == (status == Status.CONFIRMED)


def test_h0_without_a_questionnaire_answers_are_dropped_unread():
    booking = made(make_bookable(), answers(blood_thinners="yes"))

    assert booking.status == Status.CONFIRMED
    assert not Answers.objects.exists()


def test_answers_to_another_version_are_refused_and_nothing_is_kept(studio):
    with pytest.raises(QuestionnaireOutdated):
        made(studio, answers(version=2))
    with pytest.raises(QuestionnaireOutdated):
        hold(wish(studio, TEN), Details(answers=answers(version=2)), caller=CLIENT, now=NOW)

    assert not Answers.objects.exists()
    assert not Booking.objects.exists()


def test_what_was_answered_with_a_hold_counts_when_it_is_confirmed(studio):
    given = answers(blood_thinners="yes")
    held = hold(wish(studio, TEN), Details(answers=given), caller=CLIENT, now=NOW)
    well = Details(answers=answers())
    fine = hold(wish(studio, "2026-08-03 12:00"), well, caller=CLIENT, now=NOW)

    assert confirm(held, Details(ADA), caller=CLIENT, now=NOW).status == Status.PENDING_REVIEW
    assert confirm(fine, Details(ADA), caller=CLIENT, now=NOW).status == Status.CONFIRMED


def test_h5_reception_books_without_answers_and_asks_in_person(studio):
    assert made(studio, caller=RECEPTION).status == Status.CONFIRMED
    told = answers(blood_thinners="yes")
    assert made(studio, told, caller=RECEPTION, wall="2026-08-03 12:00").status == (
        Status.PENDING_REVIEW
    )


def test_h2_a_lapsed_review_is_not_escaped_by_other_answers(studio):
    booking = made(studio, answers(blood_thinners="yes"))
    later = NOW + 25 * 60

    again = confirm(booking, Details(answers=answers()), caller=CLIENT, now=later)

    assert (again.status, again.expires_at) == (Status.PENDING_REVIEW, to_instant(later + 24 * 60))


def test_a_form_is_corrected_before_it_is_booked(studio):
    wrong = Details(answers=answers(blood_thinners="yes"))
    held = hold(wish(studio, TEN), wrong, caller=CLIENT, now=NOW)

    booking = confirm(held, Details(ADA, answers=answers()), caller=CLIENT, now=NOW)

    assert booking.status == Status.CONFIRMED
    assert [bool(row.cipher) for row in booking.answers.all()] == [False, True]
    assert moved(booking, TWO_DAYS_LATER).status == Status.CONFIRMED


# Earlier answers


def test_h5_a_known_client_is_not_asked_again(studio):
    ada = make_client()
    first = made(studio, answers(veins="yes"), client=ada)

    second = made(studio, client=ada, wall=TWO_DAYS_LATER)

    assert second.status == Status.CONFIRMED
    taken = second.answers.get()
    assert taken.taken_from == first.answers.get()
    assert taken.answered_at == to_instant(NOW)


def test_h5_a_form_need_not_ask_whose_answers_are_complete_and_fresh(studio, settings):
    ada, other, partly = make_client(), make_client(), make_client()
    booking = made(studio, answers(), client=ada)
    made(studio, answers(veins=""), client=partly, wall="2026-08-03 12:00")

    assert known_answers(ada, booking) == booking.answers.get()
    assert known_answers(other, booking) is None
    assert known_answers(partly, booking) is None
    settings.HEALTH_VALID_DAYS = 2
    assert known_answers(ada, booking) is None


def test_h2_what_is_taken_over_is_judged_for_the_new_date(studio):
    ada = make_client()
    made(studio, answers(surgery=EDGE), client=ada, wall="2027-08-02 10:00", caller=RECEPTION)

    assert made(studio, client=ada).status == Status.PENDING_REVIEW


def test_h5_stale_answers_stop_no_booking(studio):
    ada = make_client()
    made(studio, answers(), client=ada)
    usual_questions(version=4)

    assert made(studio, client=ada, wall=TWO_DAYS_LATER).status == Status.CONFIRMED


def test_p1_a_typed_address_takes_nothing_over(studio):
    made(studio, answers())

    second = made(studio, client=ADA, wall=TWO_DAYS_LATER)

    assert second.status == Status.PENDING_REVIEW
    assert not second.answers.exists()


# Moves


def test_b5_a_move_into_a_window_goes_to_review_counted_from_the_move(studio):
    # 275 days before the 7th of August.
    booking = made(studio, answers(surgery=date(2025, 11, 5)), wall="2026-08-24 10:00")
    later = NOW + 3 * 24 * 60

    into = moved(booking, "2026-08-06 10:00", now=later)

    assert (into.status, into.expires_at) == (
        Status.PENDING_REVIEW,
        to_instant(later + 24 * 60),
    )
    event = into.events.get(kind=EventKind.MOVED)
    assert (event.from_status, event.to_status) == ("confirmed", "pending_review")


def test_b5_a_move_out_of_the_window_needs_no_person_any_more(studio):
    given = answers(surgery=date(2025, 11, 5))
    booking = made(studio, given)
    assert booking.status == Status.PENDING_REVIEW

    out = moved(booking, "2026-08-24 10:00")

    assert (out.status, out.expires_at) == (Status.CONFIRMED, None)


def test_b5_a_pending_booking_that_stays_pending_keeps_its_deadline(studio):
    booking = made(studio, answers(blood_thinners="yes"))

    again = moved(booking, "2026-08-24 10:00", now=NOW + 60)

    assert (again.status, again.expires_at) == (Status.PENDING_REVIEW, booking.expires_at)


def test_b5_what_nobody_has_answered_sends_no_booking_of_reception_to_review(studio):
    booking = made(studio, caller=RECEPTION)

    assert moved(booking, TWO_DAYS_LATER).status == Status.CONFIRMED


def test_b5_a_review_without_any_answers_waits_for_its_person_through_a_move(studio):
    booking = made(studio)

    assert moved(booking, TWO_DAYS_LATER).status == Status.PENDING_REVIEW


def test_b5_what_a_person_has_approved_stays_approved_for_a_later_date(studio):
    booking = made(studio, answers(surgery=date(2026, 7, 1), blood_thinners="yes"))
    booking = approved(booking, now=NOW)

    assert moved(booking, TWO_DAYS_LATER).status == Status.CONFIRMED


def test_b5_nearer_to_the_surgery_than_was_approved_needs_a_person_again(studio):
    booking = made(studio, answers(surgery=date(2026, 7, 1)), wall=TWO_DAYS_LATER)
    booking = approved(booking, now=NOW)

    assert moved(booking, TEN).status == Status.PENDING_REVIEW


def test_b5_from_hands_to_feet_needs_a_person_again(studio):
    hands = make_session_type(
        barefoot=False, locations=(studio.location,), therapists=(studio.therapist,)
    )
    given = answers(surgery=date(2026, 8, 1))
    details = Details(ADA, answers=given)
    booking = book(wish(studio, TEN, session_type=hands), details, caller=CLIENT, now=NOW)
    booking = approved(booking, now=NOW)

    feet = moved(booking, TEN, session_type=studio.session_type)

    assert feet.status == Status.PENDING_REVIEW


# What a reviewer is told


def test_a_milder_session_at_the_same_time_is_suggested_instead(studio):
    hands, _longer = [
        make_session_type(
            barefoot=False,
            duration_minutes=minutes,
            locations=(studio.location,),
            therapists=(studio.therapist,),
        )
        for minutes in (60, 480)
    ]
    unsuitable = made(studio, answers(surgery=date(2026, 8, 1)))
    by = reviewer()

    found = substitutes(unsuitable, caller=by, now=NOW)

    assert [each.session_type for each in found] == [hands]
    review = made(studio, answers(blood_thinners="yes"), wall="2026-08-04 10:00")
    assert substitutes(review, caller=by, now=NOW) == []


def test_nobody_decides_without_being_somebody(studio):
    booking = made(studio)

    with pytest.raises(PermissionDenied):
        step(booking, EventKind.APPROVED, caller=CLIENT, now=NOW)


def test_consent_is_needed_to_keep_answers(studio):
    without = AnswersGiven(3, answers().answers, consent=False)

    with pytest.raises(ValueError, match="consent"):
        made(studio, without)
    assert not Booking.objects.exists()


def test_a_declined_booking_is_reopened_by_no_move(studio):
    booking = made(studio, answers(blood_thinners="yes"))
    declined = step(booking, EventKind.DECLINED, caller=reviewer(), now=NOW)

    assert declined.status == Status.DECLINED
    assert declined.answers.get().ask == Ask.BOOKING
