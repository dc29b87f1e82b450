"""What could not be sent: seen by reception, sent again or told otherwise."""

import pytest
from django.urls import reverse

from bookings.enums import NotificationKind as Kind
from bookings.enums import NotificationState as State
from bookings.models import Notification
from bookings.scheduling.hours import to_instant
from tests.bookings.admin.filling import messages_of
from tests.bookings.domain.asking import booked
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable

pytestmark = pytest.mark.django_db

LIST = reverse("admin:bookings_notification_changelist")


@pytest.fixture
def dead():
    """A confirmation that the server refused for good."""
    booking = booked(make_bookable(), "2026-08-07 10:00")
    row = booking.notifications.get(kind=Kind.CONFIRMED)
    row.state, row.attempts, row.last_error = State.DEAD, 1, "SMTPRecipientsRefused 550: no such"
    row.save()
    return row


def act(browser, name, *rows):
    chosen = {"action": name, "_selected_action": [row.pk for row in rows], "index": "0"}
    return messages_of(browser.post(LIST, chosen, follow=True))


def test_what_could_not_be_sent_is_listed_with_its_reason_and_no_address(receptionist, dead):
    page = receptionist.get(LIST, {"state__exact": "dead"}).content.decode()

    assert "SMTPRecipientsRefused 550: no such" in page
    assert reverse("admin:client", args=[dead.booking.client.pk]) in page
    assert dead.booking.reference in page
    assert "ada@example.org" not in page


@pytest.mark.parametrize("text", ["Ada", "ada@example.org"])
def test_it_is_found_by_the_client(receptionist, dead, text):
    page = receptionist.get(LIST, {"q": text, "state__exact": "dead"}).content.decode()

    assert dead.booking.reference in page


def test_it_is_sent_again(receptionist, dead):
    assert act(receptionist, "send_again", dead) == ["1 message will be sent again."]

    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.due_at) == (State.QUEUED, 0, to_instant(NOW))


def test_it_can_be_told_otherwise(receptionist, dead):
    assert act(receptionist, "told_otherwise", dead) == ["1 message counts as told."]

    dead.refresh_from_db()
    assert dead.state == State.TOLD


def test_what_was_not_dead_stays_as_it_is(receptionist, dead):
    waiting = Notification.objects.filter(state=State.QUEUED)[0]

    assert act(receptionist, "send_again", waiting) == ["0 messages will be sent again."]

    assert Notification.objects.get(pk=waiting.pk).due_at == waiting.due_at


def test_what_could_not_be_sent_needs_attention(receptionist, dead):
    page = receptionist.get(reverse("admin:attention")).content.decode()

    assert "1 message could not be sent" in page
    assert receptionist.get(reverse("admin:attention_count")).json() == {"count": 1}


def test_of_a_session_that_is_over_nothing_needs_attention(receptionist, dead):
    Notification.objects.filter(pk=dead.pk).update(start=to_instant(NOW - 60))

    assert receptionist.get(reverse("admin:attention_count")).json() == {"count": 0}
