"""The number in the head of every page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.staff import Role
from bookings.enums import Source
from tests.bookings.desk.attention.filling import ATTENTION, NOON, booked, ill
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import make_bookable

pytestmark = pytest.mark.django_db

COUNT = reverse("admin:attention_count")
TABLES = reverse("admin:tables")


@pytest.fixture
def made():
    """A therapist who is ill today, with two clients."""
    made = make_bookable()
    ill(made)
    booked(made)
    booked(made, NOON)
    return made


def badge(number):
    hidden = "" if number else " hidden"
    return f'<span class="desk-count" data-counts="{COUNT}"{hidden}>{number}</span>'


def test_b8_the_number_of_bookings_that_need_attention(receptionist, made):
    assert receptionist.get(COUNT).json() == {"count": 2}


def test_b8_the_number_changes_with_a_booking(receptionist, made):
    receptionist.get(COUNT)

    booking = made.therapist.bookings.first()
    cancel(booking, caller=Caller(Source.DESK, is_staff=True), now=SEVEN_ON_MONDAY)

    assert receptionist.get(COUNT).json() == {"count": 1}


def test_it_is_reckoned_once_while_nothing_changes(
    receptionist, made, django_assert_max_num_queries
):
    receptionist.get(COUNT)

    # Session, account, permissions, versions, and what could not be sent.
    with django_assert_max_num_queries(6):
        receptionist.get(COUNT)


def test_a_page_does_not_wait_for_the_number(receptionist, made):
    assert badge("") in receptionist.get(TABLES).content.decode()


def test_a_page_shows_the_number_once_it_is_known(receptionist, made):
    receptionist.get(COUNT)

    assert badge(2) in receptionist.get(TABLES).content.decode()


def test_the_list_itself_makes_it_known(receptionist, made):
    receptionist.get(ATTENTION)

    assert badge(2) in receptionist.get(TABLES).content.decode()


@pytest.mark.parametrize("is_known", [True, False])
def test_a_page_asks_the_database_nothing_for_the_number(receptionist, made, is_known):
    receptionist.get(TABLES)
    if is_known:
        receptionist.get(COUNT)

    with CaptureQueriesContext(connection) as captured:
        receptionist.get(TABLES)

    asked = " ".join(query["sql"] for query in captured)
    assert "premises_scheduleversion" not in asked
    assert "bookings_booking" not in asked


def test_nothing_is_shown_where_nothing_needs_attention(receptionist):
    receptionist.get(COUNT)

    assert " hidden>" in receptionist.get(TABLES).content.decode()


def test_p2_therapists_are_told_no_number(sign_in):
    browser = sign_in(Role.THERAPIST)

    assert browser.get(COUNT).status_code == 403
    assert "desk-count" not in browser.get(TABLES).content.decode()
