"""Who a session is for."""

from datetime import date

import pytest
from django.db import transaction

from bookings.domain.clients.identity import find, known, last_sessions
from bookings.domain.requests import Person
from bookings.enums import Status
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import at, make_booking, make_client, make_studio

pytestmark = pytest.mark.django_db


def test_fewer_than_two_characters_find_nobody():
    robin = make_client(name="R. Robin")

    assert find("r") == []
    assert find(" r ") == []
    assert find("ro") == [robin]


def test_no_more_are_found_than_were_asked_for():
    first, second, _third = (make_client(name=f"Robin {letter}") for letter in "ABC")

    assert find("robin", limit=2) == [first, second]


@pytest.mark.parametrize(("said", "language"), [("", "es"), ("en", "en")])
def test_whose_language_nobody_knows_is_written_to_in_the_studio_s(said, language):
    make_studio(language="es")

    with transaction.atomic():
        client = known(Person("Ada", language=said))

    assert client.language == language


def test_the_last_session_is_one_that_has_begun_and_took_place():
    client, other = make_client(), make_client()
    make_booking(client=client, starts_at=at("2026-07-20 10:00"), status=Status.COMPLETED)
    make_booking(client=client, starts_at=at("2026-07-21 10:00"), status=Status.CANCELLED)
    make_booking(client=client, starts_at=at("2026-08-04 10:00"), status=Status.CONFIRMED)
    make_booking(client=other, starts_at=at("2026-08-04 10:00"))

    assert last_sessions([client, other], now=SEVEN_ON_MONDAY) == {client.pk: date(2026, 7, 20)}
