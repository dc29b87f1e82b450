"""Two together: both are moved by the link of one."""

import pytest

from bookings.domain.pairs.partners import both_of
from tests.bookings.domain.asking import booked as booked_for_one
from tests.bookings.domain.pairs.pairing import (
    NOON,
    TEN,
)
from tests.bookings.pages.pairs.visiting import local, made, reach_apart
from tests.bookings.pages.visiting import (
    manage_url,
    offered_times,
    send,
    text,
)
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at

pytestmark = pytest.mark.django_db


def test_both_are_moved_from_the_page_of_one(client, studio):
    first, _second = made(studio)
    page = client.get(manage_url(first, "move"))

    send(client, first, "move-together", starts_at=at(NOON).isoformat())

    assert page.headers["Location"] == manage_url(first, "move-together")
    assert {each.starts_at for each in both_of(first)} == {at(NOON)}


def test_their_own_times_count_as_free_when_both_move(client, studio):
    first, _second = made(studio)

    page = client.get(manage_url(first, "move-together"))

    assert local(TEN) in offered_times(page)


def test_with_anyone_they_move_to_where_their_own_therapists_are_busy(client, studio):
    first, _second = made(studio)
    page = manage_url(first, "move-together")
    before = offered_times(client.get(page))
    booked_for_one(studio, NOON, now=NOW)

    with_the_same = offered_times(client.get(page))

    assert local(NOON) in before
    assert local(NOON) not in with_the_same
    assert client.get(f"{page}?anyone=1").context["with_anyone"]


def test_a_move_to_a_time_that_has_gone_leaves_both_and_offers_others(client, studio):
    first, _second = made(studio)
    booked_for_one(studio, NOON, now=NOW)

    page = send(client, first, "move-together", starts_at=at(NOON).isoformat())

    assert page.status_code == 409 and offered_times(page)
    assert {each.starts_at for each in both_of(first)} == {at(TEN)}


def test_who_was_brought_along_does_not_move_who_booked(client, studio):
    first, second = made(studio)
    reach_apart(second)

    asked = client.get(manage_url(second, "move-together"))
    sent = send(client, second, "move-together", starts_at=at(NOON).isoformat())
    alone = send(client, second, "move", starts_at=at(NOON).isoformat())

    assert [page.status_code for page in (asked, sent, alone)] == [409, 409, 409]
    assert {each.starts_at for each in both_of(first)} == {at(TEN)}
    assert "Move" not in text(client.get(manage_url(second))).partition("Change of plans")[2][:40]
