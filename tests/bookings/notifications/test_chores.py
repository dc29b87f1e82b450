import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone

from bookings.enums import Status
from bookings.notifications.chores import CHORES, Chore, Rota
from bookings.scheduling.hours import to_instant
from studio.api.models import KeptAnswer
from tests.bookings.domain.asking import NOW, held
from tests.factories import make_bookable


def doing(work, every_seconds=60):
    return Chore("do it", every_seconds, work)


def test_a_chore_is_done_at_once_and_then_after_its_seconds():
    seconds, done = [0.0], []
    rota = Rota(lambda: seconds[0], [doing(lambda *, now: done.append(now))])

    for seconds[0] in (0.0, 59.0, 60.0, 61.0, 120.0):
        rota.do_due(now=int(seconds[0]))

    assert done == [0, 60, 120]


def test_a_chore_that_fails_is_logged_without_its_words_and_keeps_no_other(caplog):
    done = []

    def fail(*, now):
        raise ValueError("ada@example.org")

    with caplog.at_level(logging.ERROR):
        Rota(lambda: 0.0, [doing(fail), doing(lambda *, now: done.append(now))]).do_due(now=7)

    assert done == [7]
    assert "Could not do it: ValueError at" in caplog.text
    assert "ada@" not in caplog.text


def test_a_database_that_is_away_is_told_to_who_asked():
    def fail(*, now):
        raise OperationalError

    with pytest.raises(OperationalError):
        Rota(lambda: 0.0, [doing(fail)]).do_due(now=7)


@pytest.mark.django_db
def test_the_chores_leave_nothing_that_has_had_its_time():
    hold = held(make_bookable(), "2026-08-07 10:00")
    now = NOW + 24 * 60
    for key, age in (("old", 0), ("young", 1)):
        KeptAnswer.objects.create(key=key, status_code=200, created_at=to_instant(NOW + age))
    Session.objects.create(session_key="a" * 32, expire_date=timezone.now() - timedelta(days=1))

    Rota(lambda: 0.0, CHORES).do_due(now=now)

    hold.refresh_from_db()
    assert hold.status == Status.EXPIRED
    assert [each.key for each in KeptAnswer.objects.all()] == ["young"]
    assert not Session.objects.exists()
