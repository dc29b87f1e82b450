"""Clients at the desk."""

import pytest
from django.urls import reverse

from bookings.models import Client
from tests.bookings.admin.filling import queries_of, save
from tests.factories import make_booking, make_client

pytestmark = pytest.mark.django_db

LIST = reverse("admin:bookings_client_changelist")


def change(client):
    return reverse("admin:bookings_client_change", args=[client.pk])


def delete(client):
    return reverse("admin:bookings_client_delete", args=[client.pk])


@pytest.mark.parametrize("typed", ["robin", "robin@example", "555 01"])
def test_a_client_is_found_by_name_mail_and_telephone(receptionist, typed):
    client = make_client(phone="+1 303 555 0199")
    make_client(name="Kim", email="kim@example.org")

    page = receptionist.get(LIST, {"q": typed})

    assert list(page.context["cl"].result_list) == [client]


def test_a_client_is_added_and_edited(receptionist):
    save(receptionist, reverse("admin:bookings_client_add"), name="Ada L.", phone="+1 303 555 0142")
    client = Client.objects.get()
    assert (client.name, client.language) == ("Ada L.", "en")

    save(receptionist, change(client), email="ada@example.org")

    client.refresh_from_db()
    assert client.email == "ada@example.org"


def test_a_client_leads_to_her_bookings(receptionist):
    booking = make_booking()
    make_booking(client=make_client(name="Kim"))
    page = receptionist.get(change(booking.client))
    link = f"{reverse('admin:bookings_booking_changelist')}?client__id__exact={booking.client_id}"
    assert f'<a href="{link}">1</a>' in page.content.decode()

    listed = receptionist.get(link).context["cl"].result_list

    assert list(listed) == [booking]


def test_b7_a_client_with_bookings_stays(manager):
    booking = make_booking()

    assert manager.post(delete(booking.client), {"post": "yes"}).status_code == 403


def test_a_client_who_was_typed_by_mistake_can_be_deleted(manager):
    client = make_client()

    manager.post(delete(client), {"post": "yes"})

    assert not Client.objects.exists()


def test_the_list_needs_as_many_queries_for_three_clients_as_for_one(receptionist):
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            make_booking(client=make_client(name=f"Client {rows}-{number}"))
        counts.append(queries_of(receptionist, LIST))

    assert counts[0] == counts[1]
