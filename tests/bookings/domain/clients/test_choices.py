"""What clients change about themselves."""

from typing import Any

import pytest

from bookings.domain.callers import Caller
from bookings.domain.clients.choices import Choices, change
from bookings.domain.clients.data import erase
from bookings.enums import ClientEventKind, NotificationKind, NotificationState, Source
from bookings.errors import WrongState
from bookings.models import Client
from tests.bookings.domain.asking import NOW, RECEPTION, booked
from tests.factories import make_bookable, make_client

pytestmark = pytest.mark.django_db

ONLINE = Caller(source=Source.SITE)
ADA = Choices("Ada Lee", "", "en", wants_reminders=True, wants_follow_ups=True)


def chosen(client: Client | None, **values: Any) -> Client:
    assert client is not None
    now = {name: getattr(client, name) for name in Choices.__slots__}
    return change(client, Choices(**{**now, **values}), caller=ONLINE, now=NOW)


def test_what_is_changed_is_recorded_without_what_it_was():
    client = make_client(name="Ada")

    chosen(client, name="Ada Lee", phone="303 555 0142")

    client.refresh_from_db()
    assert (client.name, client.folded_name) == ("Ada Lee", " ada lee ")
    event = client.events.get()
    assert (event.kind, event.by) == (ClientEventKind.CHANGED, None)
    assert event.details == {"fields": ["name", "phone"]}
    assert event.changed == ["name", "phone"]


def test_nothing_is_recorded_where_nothing_differs():
    client = make_client()

    chosen(client)

    assert not client.events.exists()


def states(booking, kind=NotificationKind.REMINDER):
    return set(booking.notifications.filter(kind=kind).values_list("state", flat=True))


def test_p4_reminders_that_wait_follow_the_choice():
    booking = booked(make_bookable(), "2026-08-10 10:00")
    assert states(booking) == {NotificationState.QUEUED}

    chosen(booking.client, wants_reminders=False)
    withdrawn = states(booking)
    chosen(Client.objects.get(), wants_reminders=True)

    assert withdrawn == {NotificationState.WITHDRAWN}
    assert states(booking) == {NotificationState.QUEUED}


def test_p4_what_asks_how_it_was_follows_the_choice():
    place = make_bookable()
    place.location.follow_up_hours = 24
    place.location.save()
    booking = booked(place, "2026-08-10 10:00")
    asking = NotificationKind.FOLLOW_UP
    assert states(booking, asking) == {NotificationState.QUEUED}

    chosen(booking.client, wants_follow_ups=False)

    assert states(booking, asking) == {NotificationState.WITHDRAWN}
    assert states(booking) == {NotificationState.QUEUED}
    assert Client.objects.get().events.get().details == {"fields": ["wants_follow_ups"]}


def test_p4_a_reminder_that_was_sent_is_not_sent_again():
    booking = booked(make_bookable(), "2026-08-10 10:00")
    sent = booking.notifications.filter(kind=NotificationKind.REMINDER)[0]
    sent.state, sent.sent_at = NotificationState.SENT, booking.booked_at
    sent.save(update_fields=["state", "sent_at"])

    chosen(booking.client, wants_reminders=False)
    chosen(Client.objects.get(), wants_reminders=True)

    sent.refresh_from_db()
    assert sent.state == NotificationState.SENT


def test_p4_who_wants_no_reminders_still_gets_the_news():
    booking = booked(make_bookable(), "2026-08-10 10:00")

    chosen(booking.client, wants_reminders=False)

    confirmed = booking.notifications.get(kind=NotificationKind.CONFIRMED)
    assert confirmed.state == NotificationState.QUEUED


def test_nothing_is_changed_about_an_erased_client():
    client = erase(make_client(), caller=RECEPTION, now=NOW)

    with pytest.raises(WrongState):
        change(client, ADA, caller=ONLINE, now=NOW)
