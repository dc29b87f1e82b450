"""What is done about a client: block, let book again, export, erase."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from bookings.enums import ClientEventKind, Status
from tests.bookings.admin.filling import messages_of
from tests.factories import at, make_booking, make_client

pytestmark = pytest.mark.django_db


def url(client, name):
    return reverse(f"admin:client_{name}", args=[client.pk])


def test_a_client_is_blocked_with_a_reason_and_let_in_again(receptionist):
    client = make_client()

    page = receptionist.post(url(client, "block"), {"reason": "Shouted"}, follow=True)

    client.refresh_from_db()
    assert (client.is_blocked, client.block_reason) == (True, "Shouted")
    assert str(client.events.get().by) == "receptionist"
    assert "Shouted" in page.content.decode()

    receptionist.post(url(client, "unblock"))

    client.refresh_from_db()
    assert not client.is_blocked


def test_a_block_needs_a_reason(receptionist):
    client = make_client()

    page = receptionist.post(url(client, "block"), {"reason": " "})

    client.refresh_from_db()
    assert (page.status_code, client.is_blocked) == (422, False)


def test_p3_all_data_come_as_one_file(receptionist):
    client = make_client(name="Jürg Müller")
    booking = make_booking(client=client)

    answer = receptionist.post(url(client, "export"))

    assert answer["Content-Disposition"] == f'attachment; filename="client-{client.pk}.json"'
    assert "Jürg Müller" in answer.content.decode()
    assert answer.json()["bookings"][0]["reference"] == booking.reference
    assert str(client.events.get().by) == "receptionist"


def test_p3_a_link_alone_exports_nothing(receptionist):
    client = make_client()

    assert receptionist.get(url(client, "export")).status_code == 405
    assert not client.events.exists()


def test_p3_a_manager_erases_by_typing_the_name(manager):
    client = make_client(name="Jürg Müller")
    make_booking(client=client, starts_at=at("2026-07-01 10:00"), status=Status.COMPLETED)

    page = manager.post(url(client, "erase"), {"name": "jurg muller"}, follow=True)

    client.refresh_from_db()
    assert client.erased_at is not None
    assert client.events.get().kind == ClientEventKind.ERASED
    assert "Müller" not in page.content.decode()


@pytest.mark.parametrize("name", ["", "Jürg", "erase"])
def test_p3_another_name_erases_nobody(manager, name):
    client = make_client(name="Jürg Müller")

    page = manager.post(url(client, "erase"), {"name": name})

    client.refresh_from_db()
    assert (page.status_code, client.name) == (422, "Jürg Müller")


def test_p3_what_is_booked_ahead_is_named_and_nothing_erased(manager):
    client = make_client(name="Robin")
    make_booking(client=client, reference="AHEAD")

    page = manager.get(url(client, "erase")).content.decode()
    answer = manager.post(url(client, "erase"), {"name": "Robin"}, follow=True)

    client.refresh_from_db()
    assert "AHEAD" in page
    assert "Erase for good" not in page
    assert messages_of(answer) == ["Cancel or complete what is booked first."]
    assert client.erased_at is None


def test_p3_the_log_of_the_admin_keeps_no_name_of_one_who_was_deleted(manager):
    client = make_client(name="Jürg Müller")

    manager.post(reverse("admin:bookings_client_delete", args=[client.pk]), {"post": "yes"})

    assert LogEntry.objects.get().object_repr == "a client"


def test_b7_a_client_with_a_history_of_their_own_is_not_deleted(manager):
    client = make_client()
    manager.post(url(client, "export"))

    page = manager.post(reverse("admin:bookings_client_delete", args=[client.pk]), {"post": "yes"})

    assert page.status_code == 403
