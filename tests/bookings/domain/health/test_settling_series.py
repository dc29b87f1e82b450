"""Health answers for one of a series count for the others that nobody has answered (rule H5)."""

from datetime import date, timedelta

import pytest

from bookings.domain.health.settling import answer
from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.enums import Ask, EventKind, Status
from bookings.models import Answers, Booking
from tests.bookings.domain.asking import ADA, CLIENT, NOW, minute, wish
from tests.bookings.domain.health.answering import DAY, answers, usual_questions
from tests.factories import make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

DAYS = ("2026-08-03", "2026-08-10", "2026-08-17")


@pytest.fixture
def series():
    usual_questions(DAY)
    made = make_bookable()
    starts = [minute(f"{day} 10:00") for day in DAYS]
    asked = wish(made, f"{DAYS[0]} 10:00")
    return book_series(
        asked, starts, Details(ADA), all_or_nothing=True, caller=CLIENT, now=NOW
    ).bookings


def states():
    return list(Booking.objects.order_by("series_position").values_list("status", flat=True))


def test_answering_once_confirms_all_that_waited(series):
    assert states() == [Status.PENDING_REVIEW] * 3

    answer(series[1], answers(), caller=CLIENT, now=NOW + 1)

    assert states() == [Status.CONFIRMED] * 3
    assert Answers.objects.exclude(booking=series[1]).filter(taken_from__isnull=False).count() == 2
    for booking in series:
        assert booking.events.filter(kind=EventKind.ANSWERED).count() == 1


def test_h2_each_is_judged_for_its_own_date(series):
    operated = date(2026, 8, 10) - timedelta(days=275)

    answer(series[0], answers(surgery=operated), caller=CLIENT, now=NOW + 1)

    assert states() == [Status.PENDING_REVIEW, Status.PENDING_REVIEW, Status.CONFIRMED]


def test_what_was_answered_already_stays_as_it_was(series):
    answer(series[0], answers(), caller=CLIENT, now=NOW + 1)

    answer(series[0], answers(surgery=date(2026, 7, 20)), caller=CLIENT, now=NOW + 2)

    assert states() == [Status.PENDING_REVIEW, Status.CONFIRMED, Status.CONFIRMED]


def test_questions_of_the_day_are_answered_for_their_day_alone(series):
    answer(series[0], answers(), caller=CLIENT, now=NOW + 1)
    given = answers(asks=(Ask.DAY_BEFORE,), pain_killers="no")

    answer(series[0], given, caller=CLIENT, now=minute("2026-08-02 12:00"))

    assert list(Answers.objects.filter(ask=Ask.DAY_BEFORE)) == [
        series[0].answers.get(ask=Ask.DAY_BEFORE)
    ]


def test_p1_those_of_another_client_are_not_answered(series):
    Booking.objects.filter(pk=series[2].pk).update(client=make_client(name="Bo"))

    answer(series[0], answers(), caller=CLIENT, now=NOW + 1)

    assert states() == [Status.CONFIRMED, Status.CONFIRMED, Status.PENDING_REVIEW]
