import signal
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from bookings.management.commands.sendnotifications import stops
from bookings.models import Notification
from bookings.scheduling.hours import to_instant
from studio.mail import mailer
from tests.bookings.domain.asking import booked
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_bookable


@pytest.fixture
def due(db):
    booked(make_bookable(), "2026-08-07 10:00")
    Notification.objects.filter(lead_hours=0).update(due_at=to_instant(SEVEN_ON_MONDAY))


def test_one_pass_sends_what_is_due_and_says_how_much(due):
    said = StringIO()

    call_command("sendnotifications", "--once", stdout=said)

    assert len(mail.outbox) == 1
    assert said.getvalue() == ("Sent: 1; put off: 0; could not be sent: 0; not true any more: 0.\n")


def test_one_pass_without_a_mail_server_fails_with_a_sentence(due, settings):
    settings.MAILERS = {"default": mailer("smtp://127.0.0.1:1")}

    with pytest.raises(CommandError, match="takes nothing now"):
        call_command("sendnotifications", "--once")


@pytest.mark.parametrize("stop", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_noted_and_interrupts_nothing(stop):
    before = signal.getsignal(stop)

    with stops() as asked:
        assert not asked.is_asked()
        signal.raise_signal(stop)
        assert asked.is_asked()

    assert signal.getsignal(stop) is before
