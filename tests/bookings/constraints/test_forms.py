"""Forms hear of an overlap before the database does."""

import pytest
from django.core.exceptions import ValidationError

from bookings.models import Booking
from tests.bookings.constraints.overlapping import OTHER_STATES, constraint_named, overlap_of
from tests.factories import at, make_booking

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def refusals(booking, *, exclude=()):
    """The messages of `validate_constraints`."""
    try:
        booking.validate_constraints(exclude=set(exclude))
    except ValidationError as error:
        return error.messages
    return []


def test_a_form_hears_of_an_overlap_in_words():
    taken = make_booking()

    assert refusals(overlap_of(taken)) == ["The therapist has another booking at that time."]
    assert refusals(make_booking(room=taken.room, stored=False)) == [
        "The room has another booking at that time."
    ]


def test_a_form_may_save_a_booking_that_is_stored():
    assert refusals(make_booking()) == []


def test_t3_a_form_may_save_a_booking_that_touches_another():
    taken = make_booking()

    assert refusals(overlap_of(taken, starts_at=at("2026-08-03 11:00"))) == []
    assert refusals(overlap_of(taken, starts_at=at("2026-08-03 09:00"))) == []


@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_form_may_save_over_a_booking_that_is_not_live(status):
    taken = make_booking(status=status)

    assert refusals(overlap_of(taken)) == []


@pytest.mark.parametrize("status", OTHER_STATES)
def test_b1_a_form_may_save_a_booking_that_is_not_live(status):
    taken = make_booking()

    assert refusals(overlap_of(taken, status=status)) == []


@pytest.mark.parametrize("field", ["therapist", "occupied_from", "occupied_until", "status"])
def test_a_form_without_one_of_the_fields_does_not_judge(field):
    taken = make_booking()

    assert refusals(overlap_of(taken), exclude=[field]) == []


@pytest.mark.parametrize("column", ["therapist_id", "occupied_from", "occupied_until"])
def test_a_form_with_an_empty_field_hears_of_that_elsewhere(column):
    booking = overlap_of(make_booking())
    setattr(booking, column, None)

    constraint_named("therapist_booked_once").validate(Booking, booking)
