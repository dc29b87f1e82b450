"""The day board's pages."""

import pytest
from django.urls import reverse

from tests.factories import at, make_bookable, make_booking

pytestmark = pytest.mark.django_db

BOARD = reverse("admin:board")


@pytest.fixture
def made():
    return make_bookable(buffer_after_minutes=15)


def booked(made, start="2026-08-03 10:00", **values):
    return make_booking(
        **{
            "therapist": made.therapist,
            "room": made.room,
            "session_type": made.session_type,
            "starts_at": at(start),
        }
        | values
    )


def test_a_booking_stands_in_its_column_with_its_buffers(receptionist, made):
    booking = booked(made)

    page = receptionist.get(BOARD)

    [column] = page.context["board"].columns
    [block] = [block for block in column.blocks if hasattr(block, "pk")]
    assert (column.key, block.pk) == (made.therapist.slug, booking.pk)
    # The shift begins at nine; the session lasts an hour, its buffer a quarter.
    assert (block.place, block.session_place) == ("from-12 until-27", "from-0 until-12")
    assert f'id="booking-{booking.pk}"' in page.content.decode()
