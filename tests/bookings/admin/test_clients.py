"""Clients at the desk."""

import pytest
from django.urls import reverse

from bookings.domain.clients.blocking import block
from bookings.domain.clients.data import erase
from bookings.domain.clients.merging import merge
from bookings.models import Client
from tests.bookings.admin.filling import queries_of, save
from tests.bookings.domain.asking import RECEPTION
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_booking, make_client

pytestmark = pytest.mark.django_db

LIST = reverse("admin:bookings_client_changelist")


def delete(client):
    return reverse("admin:bookings_client_delete", args=[client.pk])


@pytest.mark.parametrize("typed", ["robin", "robin@example", "555 01"])
def test_a_client_is_found_by_name_mail_and_telephone(receptionist, typed):
    client = make_client(phone="+1 303 555 0199")
    make_client(name="Kim", email="kim@example.org")

    page = receptionist.get(LIST, {"q": typed})

    assert list(page.context["cl"].result_list) == [client]


def test_a_client_is_added(receptionist):
    save(receptionist, reverse("admin:bookings_client_add"), name="Ada L.", phone="+1 303 555 0142")
    client = Client.objects.get()
    assert (client.name, client.language) == ("Ada L.", "en")

    assert receptionist.get(LIST).context["cl"].result_list[0] == client


def test_who_was_merged_or_erased_is_not_listed(receptionist):
    kept, gone = make_client(name="Kept"), make_client(name="Gone")
    merge(kept, gone, caller=RECEPTION, now=NOW)
    erase(make_client(), caller=RECEPTION, now=NOW)

    assert list(receptionist.get(LIST).context["cl"].result_list) == [kept]


def test_a_search_keeps_to_the_filters_and_the_order_that_are_asked_for(receptionist):
    first, second = make_client(name="Robin Able"), make_client(name="Robin Baker")
    block(make_client(name="Robin Cole"), "why", caller=RECEPTION, now=NOW)

    query = {"q": "robin", "o": "-1", "online": "yes"}
    found = receptionist.get(LIST, query).context["cl"].result_list

    assert list(found) == [second, first]


@pytest.mark.parametrize("number", ["²", "٣", "0x1", "1" * 5000])
def test_what_is_no_number_is_no_client(manager, number):
    page = f"{reverse('admin:bookings_client_changelist')}{number}/change/"

    assert manager.get(page, follow=True).status_code == 404


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
