"""What leaves, and what becomes of what does not, with a real mail server (rule P4)."""

import logging

import pytest

from bookings.domain.telling.delivery import LEASE_MINUTES, claim
from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Client, Notification
from bookings.notifications import sending
from bookings.notifications.identity import message_id
from bookings.notifications.messages import compose
from bookings.notifications.sending import BATCH, Outage, Sender
from bookings.scheduling.hours import to_instant, to_minute
from studio.mail import mailer
from tests.bookings.domain.asking import NOW, booked
from tests.bookings.notifications.mail_server import DROP, STALL, mail_server
from tests.factories import make_bookable

pytestmark = pytest.mark.django_db

DUE = NOW + 4


@pytest.fixture
def server(settings):
    with mail_server() as started:
        mails = mailer(f"smtp://127.0.0.1:{started.port}")
        mails["OPTIONS"]["timeout"] = 0.5
        settings.MAILERS = {"default": mails}
        yield started


@pytest.fixture
def rows():
    """Confirmations of three bookings; nothing else is ever due here."""
    studio = make_bookable()
    for hour in (10, 12, 14):
        booked(studio, f"2026-08-07 {hour}:00")
    Notification.objects.exclude(kind=Kind.CONFIRMED).delete()
    return list(Notification.objects.order_by("pk"))


def send(now=DUE, **values):
    return Sender(clock=lambda: now, **values).send_due()


def states(rows):
    return [Notification.objects.get(pk=row.pk).state for row in rows]


def test_p4_what_is_due_leaves_over_one_connection_and_is_marked(server, rows):
    became = send()

    assert became == {State.SENT: 3}
    assert states(rows) == [State.SENT] * 3
    assert [each.message_id for each in server.accepted] == [message_id(row) for row in rows]
    assert server.connections == 1


def test_nobody_is_asked_while_nothing_is_due(server, rows):
    assert send(DUE - 1) == {}
    assert server.connections == 0


def test_a_recipient_who_is_refused_for_good_is_dead_and_the_others_are_sent(server, rows, caplog):
    answers = iter(["550 5.1.1 <ada@example.org>: no such user ada@example.org here"])
    server.of_recipient = lambda address: next(answers, "250 Accepted")
    caplog.set_level(logging.DEBUG)

    became = send()

    assert became == {State.DEAD: 1, State.SENT: 2}
    dead = Notification.objects.get(state=State.DEAD)
    assert dead.last_error == "SMTPRecipientsRefused 550: 5.1.1 …: no such user … here"
    assert "could not be sent: SMTPRecipientsRefused 550" in caplog.text
    assert "ada@" not in caplog.text.lower()


@pytest.mark.parametrize("where", ["of_recipient", "of_words"])
def test_what_is_refused_for_now_is_put_off(server, rows, where):
    answers = iter(["451 Try again later"])
    setattr(server, where, lambda address: next(answers, "250 Accepted"))

    became = send()

    assert became == {State.QUEUED: 1, State.SENT: 2}
    assert Notification.objects.get(state=State.QUEUED).due_at == to_instant(DUE + 1)
    assert send(DUE + 1) == {State.SENT: 1}


@pytest.mark.parametrize("mood", [DROP, STALL])
def test_after_a_conversation_that_broke_off_the_next_begins_anew(server, rows, mood):
    moods = iter([mood])
    server.of_words = lambda address: next(moods, "250 Accepted")

    became = send()

    assert became == {State.QUEUED: 1, State.SENT: 2}
    assert server.connections == 2


def test_a_server_that_is_away_costs_no_attempt(rows, settings):
    settings.MAILERS = {"default": mailer("smtp://127.0.0.1:1")}

    with pytest.raises(Outage, match="ConnectionRefusedError"):
        send()

    assert [row.attempts for row in Notification.objects.all()] == [0] * 3
    assert len(claim(DUE, 10)) == 3


def test_what_a_server_says_of_the_sender_it_says_of_all(server, rows):
    server.of_recipient = lambda address: "421 Closing"

    with pytest.raises(Outage, match="SMTPRecipientsRefused 421"):
        send()

    assert [row.attempts for row in Notification.objects.all()] == [0] * 3
    assert len(claim(DUE, 10)) == 3


def test_a_server_that_drops_everybody_is_an_outage(server, rows):
    server.of_words = lambda address: DROP

    with pytest.raises(Outage):
        send()

    assert sorted(row.attempts for row in Notification.objects.all()) == [0, 1, 1]


def test_words_that_cannot_be_made_keep_nobody_else(server, rows, monkeypatch, caplog):
    def broken_for_one(row, *, now):
        if row == rows[0]:
            raise KeyError("ada@example.org")
        return compose(row, now=now)

    monkeypatch.setattr(sending, "compose", broken_for_one)

    assert send() == {State.DEAD: 1, State.SENT: 2}
    assert "KeyError at" in Notification.objects.get(state=State.DEAD).last_error
    assert "ada@" not in Notification.objects.get(state=State.DEAD).last_error + caplog.text


def test_a_message_that_no_server_can_be_given_keeps_nobody_else(server, rows, caplog):
    Client.objects.filter(bookings__notifications=rows[0]).update(
        email="ada@@example.org", folded_email="ada@@example.org"
    )

    assert send() == {State.DEAD: 1, State.SENT: 2}
    assert Notification.objects.get(state=State.DEAD).last_error.startswith("ValueError at ")
    assert "ada@" not in Notification.objects.get(state=State.DEAD).last_error + caplog.text


def test_what_is_not_true_any_more_is_withdrawn(server, rows):
    Client.objects.filter(bookings__notifications=rows[0]).update(email="", folded_email="")

    send()

    assert states(rows)[0] == State.WITHDRAWN


def test_who_is_told_to_stop_finishes_the_message_in_hand_and_gives_back_the_rest(server, rows):
    assert send(is_stopping=lambda: len(server.accepted) == 1) == {State.SENT: 1}

    assert len(claim(DUE, 10)) == 2


def test_no_message_is_begun_that_might_outlast_its_lease(server, rows, monkeypatch):
    left = []

    def watched(row, *, now):
        left.append(to_minute(row.leased_until) - now)
        return compose(row, now=now)

    monkeypatch.setattr(sending, "compose", watched)
    # After the first message so much time has passed that the others are claimed anew.
    Sender(clock=lambda: DUE + 6 * len(server.accepted[:1])).send_due()

    assert left == [LEASE_MINUTES] * 3


def test_more_than_a_batch_is_sent(server, rows):
    one = rows[0]
    Notification.objects.bulk_create(
        Notification(
            booking=one.booking,
            kind=Kind.REMINDER,
            start=one.start,
            lead_hours=hours,
            due_at=one.due_at,
            queued_at=one.queued_at,
        )
        for hours in range(2 * BATCH)
    )

    assert send() == {State.SENT: 2 * BATCH + 3}
