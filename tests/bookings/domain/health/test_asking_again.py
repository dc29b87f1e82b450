"""Links to questions that came up after booking (rule H5)."""

import pytest

from bookings.domain.booking import book
from bookings.domain.health.asking_again import ask_again
from bookings.domain.health.settling import answer
from bookings.domain.placing import locked
from bookings.domain.requests import Details
from bookings.enums import NotificationKind, NotificationState, Source
from bookings.models import Client, Notification
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import ADA, CLIENT, NOW, minute, wish
from tests.bookings.domain.health.answering import answers, usual_questions
from tests.factories import make_bookable, make_booking

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

DAY_BEFORE = minute("2026-08-02 10:00")


@pytest.fixture
def booking():
    """Made on a Friday for ten on Monday, when nothing was asked."""
    return book(wish(make_bookable(), "2026-08-03 10:00"), Details(ADA), caller=CLIENT, now=NOW)


def links():
    rows = Notification.objects.filter(kind=NotificationKind.ANSWERS_NEEDED)
    return list(rows.values_list("state", "due_at"))


def test_h5_a_version_that_is_signed_off_later_is_asked_a_day_before(booking):
    usual_questions()

    assert [ask_again(now=now) for now in (DAY_BEFORE - 1, DAY_BEFORE, DAY_BEFORE + 5)] == [0, 1, 0]
    assert links() == [("queued", to_instant(DAY_BEFORE))]


def test_h5_what_was_sent_is_not_sent_again_and_what_was_withdrawn_is(booking):
    usual_questions()
    ask_again(now=DAY_BEFORE)
    Notification.objects.update(state=NotificationState.TOLD)
    assert ask_again(now=DAY_BEFORE) == 0
    Notification.objects.update(state=NotificationState.WITHDRAWN)

    assert ask_again(now=DAY_BEFORE) == 1


def test_h5_of_two_workers_at_once_one_asks(booking, monkeypatch):
    usual_questions()
    waits_at = "bookings.domain.health.asking_again.locked"

    def wait(booking):
        """Wait for the other one, whose link has left when the lock is had."""
        monkeypatch.setattr(waits_at, locked)
        assert ask_again(now=DAY_BEFORE) == 1
        Notification.objects.update(state=NotificationState.TOLD)
        return locked(booking)

    monkeypatch.setattr(waits_at, wait)

    assert ask_again(now=DAY_BEFORE) == 0
    assert links() == [("told", to_instant(DAY_BEFORE))]


def test_h5_nobody_is_asked_who_cannot_be_written_to(booking):
    usual_questions()
    Client.objects.update(email="", folded_email="")

    assert ask_again(now=DAY_BEFORE) == 0


def test_h5_who_has_answered_an_older_version_is_asked_again(booking):
    usual_questions()
    answer(booking, answers(), caller=CLIENT, now=NOW)
    usual_questions(version=4)

    assert ask_again(now=DAY_BEFORE) == 1


def test_h5_who_has_answered_is_not_asked(booking):
    usual_questions()
    answer(booking, answers(), caller=CLIENT, now=NOW)

    assert ask_again(now=DAY_BEFORE) == 0


def test_h0_where_nothing_is_asked_nobody_is(booking):
    assert ask_again(now=DAY_BEFORE) == 0


def test_a_studio_file_tells_nobody_anything():
    usual_questions()
    make_booking(source=Source.FILE)

    assert ask_again(now=DAY_BEFORE) == 0
