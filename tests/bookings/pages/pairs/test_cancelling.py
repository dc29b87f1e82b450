"""Two together: both are cancelled and taken back by the link of one, or one alone."""

import pytest

from bookings.domain.pairs.changes import cancel_pair
from bookings.enums import Status
from tests.bookings.domain.asking import CLIENT
from tests.bookings.domain.pairs.pairing import (
    BO,
)
from tests.bookings.pages.pairs.visiting import made, reach_apart, states
from tests.bookings.pages.visiting import (
    manage_url,
    send,
    text,
)
from tests.clock import SEVEN_ON_MONDAY as NOW

pytestmark = pytest.mark.django_db


def test_both_are_cancelled_and_taken_back_together(client, studio):
    first, second = made(studio)

    send(client, first, "cancel", scope="both")
    cancelled = states(first, second)
    page = text(client.get(manage_url(first)))
    send(client, first, "undo")

    assert cancelled == [Status.CANCELLED, Status.CANCELLED]
    assert "Undo both cancellations" in page
    assert states(first, second) == [Status.CONFIRMED, Status.CONFIRMED]


def test_one_of_both_is_cancelled_and_taken_back_alone(client, studio):
    first, second = made(studio)

    send(client, first, "cancel")
    cancelled = states(first, second)
    send(client, first, "undo")

    assert cancelled == [Status.CANCELLED, Status.CONFIRMED]
    assert states(first, second) == [Status.CONFIRMED, Status.CONFIRMED]


def test_who_was_brought_along_cancels_herself_alone(client, studio):
    first, second = made(studio)
    reach_apart(second)

    send(client, second, "cancel", scope="both")

    assert states(first, second) == [Status.CONFIRMED, Status.CANCELLED]


def test_what_both_have_cancelled_is_not_taken_back_by_the_other_alone(client, studio):
    first, second = made(studio)
    reach_apart(second)
    cancel_pair(first, caller=CLIENT, now=NOW)

    page = text(client.get(manage_url(second)))
    send(client, second, "undo")

    assert "Undo" not in page
    assert states(first, second) == [Status.CANCELLED, Status.CANCELLED]


def test_what_cancelling_both_means_is_said_before(client, studio):
    first, _second = made(studio)

    page = text(client.get(manage_url(first, "cancel")))

    assert f"You are booked together with {BO.name}." in page
    assert "Cancel both sessions" in page and "Cancel only this session" in page
