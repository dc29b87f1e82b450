import logging

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.notifications import worker as module
from bookings.notifications.worker import Worker
from studio.mail import mailer
from tests.bookings.domain.asking import NOW, booked
from tests.factories import make_bookable

DUE = NOW + 4
MINUTE = 60


def employed(now=NOW):
    return Worker(clock=lambda: now, is_stopping=lambda: False)


@pytest.mark.django_db
@pytest.mark.both_engines
def test_a_worker_with_nothing_to_do_asks_no_more_than_one_question_a_second():
    booked(make_bookable(), "2026-08-07 10:00")
    passed = [0]
    worker = Worker(clock=lambda: NOW, is_stopping=lambda: False, seconds=lambda: passed[0])
    worker.turn()

    with CaptureQueriesContext(connection) as asked:
        while passed[0] < MINUTE:
            passed[0] += module.IDLE_SECONDS
            worker.turn()

    assert len(asked) <= MINUTE


@pytest.mark.django_db
def test_what_is_due_is_sent():
    booked(make_bookable(), "2026-08-07 10:00")

    employed(DUE).turn()

    assert [message.to for message in mail.outbox] == [["ada@example.org"]]


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_asked_again_after_growing_rests(settings, caplog):
    booked(make_bookable(), "2026-08-07 10:00")
    settings.MAILERS = {"default": mailer("smtp://127.0.0.1:1")}
    worker = employed(DUE)

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            worker.turn()

    assert [record.args[1] for record in caplog.records] == [5, 10, 20]
    assert "ConnectionRefusedError" in caplog.text
    assert worker.rests_until > 0


@pytest.mark.django_db
def test_a_worker_works_until_it_is_told_to_stop(monkeypatch):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0)
    booked(make_bookable(), "2026-08-07 10:00")

    Worker(clock=lambda: DUE, is_stopping=lambda: bool(mail.outbox)).run()

    assert len(mail.outbox) == 1
