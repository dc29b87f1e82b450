"""All that is kept of a client: to give to them, and to erase (rule P3)."""

import json
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from bookings.domain.booking import book
from bookings.domain.callers import Caller, at_desk
from bookings.domain.cancelling import cancel
from bookings.domain.checks import findings
from bookings.domain.clients.blocking import block
from bookings.domain.clients.data import StillBooked, erase, export
from bookings.domain.clients.merging import merge
from bookings.domain.links import manage_token, opened_by
from bookings.domain.reception import receive_payment, step
from bookings.domain.requests import Details, Person
from bookings.enums import (
    ClientEventKind,
    EventKind,
    NotificationKind,
    NotificationState,
    PaymentMethod,
    Source,
    Status,
)
from bookings.errors import WrongState
from bookings.models import Booking, Client, Event, Notification
from bookings.scheduling.hours import to_minute
from tests.bookings.domain.asking import NOW, RECEPTION, wish
from tests.factories import at, make_bookable, make_booking, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

LATER = to_minute(at("2026-08-20 08:00"))
WHO = ("Hildegard", "Bingen", "hildegard@example.org", "5550142", "555 0142", "0142")


@pytest.fixture
def hildegard():
    """A client of whom there is something in every place that can hold it."""
    user = make_user()
    studio = make_bookable()
    person = Person("Hildegard Bingen", "Hildegard@example.org", "+1 303 555 0142", "de")
    online = Caller(source=Source.SITE, browser_key="b" * 64, address_key="a" * 64)
    details = Details(client=person, notes="Hildegard likes it quiet")
    booking = book(wish(studio, "2026-08-03 10:00"), details, caller=online, now=NOW)
    client = booking.client
    assert client is not None
    receive_payment(booking, Decimal(120), PaymentMethod.CASH, caller=at_desk(user), now=NOW)
    again = book(wish(studio, "2026-08-04 10:00"), details, caller=online, now=NOW)
    cancel(again, caller=online, now=NOW, reason="Hildegard Bingen is ill")
    client.notes = "Hildegard calls from 303 555 0142"
    client.save()
    assert again.client is not None
    merge(client, again.client, caller=at_desk(user), now=NOW)
    block(client, "Hildegard shouted", caller=at_desk(user), now=NOW)
    LogEntry.objects.log_actions(user.pk, [client, again.client], CHANGE, "Hildegard renamed")
    client.refresh_from_db()
    return client


def texts():
    """Every text in every column of the database, with where it is."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds):
                for value in model._base_manager.values_list(field.attname, flat=True):
                    yield f"{model._meta.label}.{field.name}", json.dumps(value)


def found():
    """Where something of the person stands."""
    return {place for place, text in texts() for word in WHO if word.casefold() in text.casefold()}


@pytest.fixture
def over(hildegard):
    """The same client, once reception has said that she came."""
    booking = Booking.objects.get(status=Status.CONFIRMED)
    step(booking, EventKind.COMPLETED, caller=RECEPTION, now=LATER)
    return hildegard


def test_p3_erasing_leaves_nothing_of_the_person_in_any_column(over):
    assert found() >= {
        "bookings.Client.name",
        "bookings.Client.email",
        "bookings.Client.phone",
        "bookings.Client.notes",
        "bookings.Client.block_reason",
        "bookings.Client.folded_name",
        "bookings.Client.folded_email",
        "bookings.Client.phone_digits",
        "bookings.ClientEvent.reason",
        "bookings.Booking.notes",
        "bookings.Event.reason",
        "admin.LogEntry.object_repr",
        "admin.LogEntry.change_message",
    }

    erase(over, caller=RECEPTION, now=LATER)

    assert found() == set()


def test_p3_the_bookings_and_what_was_paid_stay(over):
    before = list(Booking.objects.order_by("pk").values_list("reference", "status", "price"))

    erase(over, caller=RECEPTION, now=LATER)

    assert (
        list(Booking.objects.order_by("pk").values_list("reference", "status", "price")) == before
    )
    assert over.bookings.count() == 2
    assert Booking.objects.get(payments__isnull=False).payments.get().amount == 120
    assert list(findings()) == []


def test_p3_keys_of_browser_and_address_go_and_links_open_nothing(over):
    booking = over.bookings.first()
    token = manage_token(booking)
    assert opened_by(booking.reference, token)

    erase(over, caller=RECEPTION, now=LATER)

    booking.refresh_from_db()
    assert (booking.browser_key, booking.address_key) == ("", "")
    assert opened_by(booking.reference, token) is None


def test_p3_an_exception_whose_reason_went_with_the_person_is_sound(over):
    Event.objects.filter(booking__client=over).update(overridden=["S2"], reason="Hildegard asked")

    erase(over, caller=RECEPTION, now=LATER)

    assert list(findings()) == []


def test_p3_who_erased_and_when_is_recorded(over):
    user = make_user(username="manager")

    erase(over, caller=at_desk(user), now=LATER)

    event = over.events.last()
    over.refresh_from_db()
    assert (event.kind, event.by, to_minute(event.at)) == (ClientEventKind.ERASED, user, LATER)
    assert event.at == over.erased_at
    assert str(over) == "Erased client"


def test_p3_an_erased_client_is_found_no_more_and_erased_once(over):
    erase(over, caller=RECEPTION, now=LATER)

    assert list(Client.objects.matching("erased")) == []
    with pytest.raises(WrongState):
        erase(over, caller=RECEPTION, now=LATER)


def test_p3_whoever_is_still_booked_cannot_be_erased(hildegard):
    ahead = Booking.objects.get(status=Status.CONFIRMED)

    for now in (NOW, LATER):
        with pytest.raises(StillBooked) as refused:
            erase(hildegard, caller=RECEPTION, now=now)
        assert refused.value.bookings == [ahead]

    assert "bookings.Client.name" in found()


def test_p3_others_keep_what_is_theirs(over):
    other = make_client(name="Kim", email="kim@example.org")
    booking = make_booking(client=other, reference="KIM", starts_at=at("2026-08-12 10:00"))
    booking.notes = "Kim's"
    booking.save(update_fields=["notes"])
    Event.objects.create(
        booking=booking,
        kind=EventKind.BOOKED,
        at=at("2026-07-01 10:00"),
        source=Source.DESK,
        to_status=Status.CONFIRMED,
        reason="a friend",
    )

    erase(over, caller=RECEPTION, now=LATER)

    booking.refresh_from_db()
    other.refresh_from_db()
    assert (other.name, booking.notes, booking.events.get().reason) == ("Kim", "Kim's", "a friend")


def test_p3_an_export_holds_all_that_is_kept(hildegard):
    given = export(hildegard, caller=RECEPTION, now=NOW)

    text = json.dumps(given)
    assert given["client"]["name"] == "Hildegard Bingen"
    assert given["client"]["language"] == "de"
    assert given["client"]["notes"] == "Hildegard calls from 303 555 0142"
    assert given["client"]["block_reason"] == "Hildegard shouted"
    assert [other["email"] for other in given["merged"]] == ["Hildegard@example.org"]
    first, second = given["bookings"]
    assert first["starts_at"] == "2026-08-03T10:00:00-06:00"
    assert first["price"] == {"amount": "120.00", "currency": "USD"}
    assert first["notes"] == "Hildegard likes it quiet"
    assert [payment["amount"] for payment in first["payments"]] == ["120.00"]
    assert [event["what"] for event in second["history"]] == ["booked", "cancelled"]
    assert second["history"][1]["why"] == "Hildegard Bingen is ill"
    assert "reception" not in text


def test_p3_that_it_was_exported_is_recorded(hildegard):
    user = make_user(username="desk")

    given = export(hildegard, caller=at_desk(user), now=NOW)

    event = hildegard.events.last()
    assert (event.kind, event.by) == (ClientEventKind.EXPORTED, user)
    assert given["events"][-1]["what"] == "exported"


def test_an_export_takes_as_many_queries_for_ten_bookings_as_for_one():
    def queries(client):
        with CaptureQueriesContext(connection) as captured:
            export(client, caller=RECEPTION, now=NOW)
        return len(captured)

    one, ten = make_client(), make_client()
    make_booking(client=one)
    for _ in range(10):
        make_booking(client=ten)

    assert queries(ten) == queries(one)


def test_p3_no_mail_leaves_to_who_is_erased_and_what_left_says_nothing(over):
    booking = over.bookings.first()
    waiting = Notification.objects.create(
        booking=booking,
        kind=NotificationKind.FOLLOW_UP,
        start=booking.starts_at,
        due_at=booking.ends_at,
        queued_at=booking.booked_at,
        last_error="550 hildegard@example.org is unknown",
    )

    erase(over, caller=RECEPTION, now=LATER)

    waiting.refresh_from_db()
    assert waiting.state == NotificationState.WITHDRAWN
    assert not Notification.objects.filter(
        state=NotificationState.QUEUED, therapist=None, booking__client=over
    ).exists()
    assert found() == set()
