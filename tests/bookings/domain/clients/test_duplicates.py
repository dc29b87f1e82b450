"""Clients who share a number, an address or a name, throughout the studio."""

import pytest

from bookings.domain.clients.duplicates import groups, shared
from bookings.domain.clients.merging import Likeness, merge
from tests.bookings.domain.asking import NOW, RECEPTION
from tests.factories import make_booking, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def alike(likeness):
    return [
        [client.name for client in group.clients]
        for group in groups(likeness, list(shared(likeness)))
    ]


def test_clients_stand_together_by_what_they_share_and_most_bookings_come_first():
    make_client(name="A", email="one@example.org", phone="303 555 0142")
    make_booking(client=make_client(name="B", email="ONE@example.org"))
    make_client(name="a", email="two@example.org", phone="(303) 555-0142")
    make_client(name="C", email="")

    assert alike(Likeness.EMAIL) == [["B", "A"]]
    assert alike(Likeness.PHONE) == [["A", "a"]]
    assert alike(Likeness.NAME) == [["A", "a"]]


def test_the_largest_groups_come_first_and_nothing_is_nothing_in_common():
    for name, number in (("Ann", 2), ("Zoe", 3), ("", 2)):
        for _ in range(number):
            make_client(name=name, email="")

    assert alike(Likeness.NAME) == [["Zoe"] * 3, ["Ann"] * 2]
    assert alike(Likeness.EMAIL) == []


def test_who_was_merged_is_no_duplicate_any_more():
    kept, gone = make_client(), make_client()
    merge(kept, gone, caller=RECEPTION, now=NOW)

    assert alike(Likeness.EMAIL) == []
