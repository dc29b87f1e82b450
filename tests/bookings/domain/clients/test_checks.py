"""Each invariant of the clients, broken once."""

import pytest

from bookings.domain.clients.checks import wrong_clients
from bookings.models import Client
from tests.factories import at, make_booking, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

LONG_AGO = at("2020-01-01 10:00")


def change(client, **values):
    Client.objects.filter(pk=client.pk).update(**values)


def test_sound_clients_are_not_named():
    kept, gone = make_client(phone="303 555 0142"), make_client(name="Zoë")
    change(gone, merged_into=kept)
    make_booking(client=kept)

    assert list(wrong_clients()) == []


@pytest.mark.parametrize("column", ["folded_name", "folded_email", "phone_digits"])
def test_a_search_column_that_differs_is_named(column):
    client = make_client(phone="303 555 0142")
    change(client, **{column: "1"})

    assert list(wrong_clients()) == [
        (f"client {client.pk}", "is not found by what is written: a search column differs")
    ]


def test_a_booking_of_a_merged_client_is_named():
    kept, gone = make_client(), make_client()
    booking = make_booking(client=gone)
    change(gone, merged_into=kept)

    assert list(wrong_clients()) == [
        (booking.reference, "is of a client who was merged into another")
    ]


def test_a_pointer_to_a_pointer_is_named():
    first, second, third = make_client(), make_client(), make_client()
    change(first, merged_into=second)
    change(second, merged_into=third)

    assert list(wrong_clients()) == [
        (f"client {first.pk}", "is merged into one who is merged into another")
    ]


@pytest.mark.parametrize("is_kept", [True, False])
def test_p3_a_block_that_does_not_cover_who_was_merged_is_named(is_kept):
    kept, gone = make_client(), make_client()
    change(gone, merged_into=kept)
    change(kept if is_kept else gone, blocked_at=LONG_AGO, block_reason="why")

    assert list(wrong_clients()) == [
        (f"client {gone.pk}", "is not blocked as the one is whom it is merged into")
    ]


def test_p3_an_erased_client_with_something_left_is_named():
    client = make_client(email="left@example.org")
    change(client, erased_at=LONG_AGO)

    assert list(wrong_clients()) == [
        (f"client {client.pk}", "is erased, but something of the person is still there (P3)")
    ]
