"""Session types, as a manager edits them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from bookings.models import SessionType
from tests.bookings.admin.filling import bookings_named, errors_of, save
from tests.factories import make_bookable, make_booking, make_location, make_therapist

pytestmark = pytest.mark.django_db

ADD = reverse("admin:bookings_sessiontype_add")
LIST = reverse("admin:bookings_sessiontype_changelist")


def change(session_type):
    return reverse("admin:bookings_sessiontype_change", args=[session_type.pk])


def test_a_session_type_is_added_with_where_and_by_whom(manager):
    location, therapist = make_location(), make_therapist()

    save(
        manager,
        ADD,
        name="Bar session",
        slug="bar-60",
        duration_minutes="60",
        price="120.00",
        locations=[location.pk],
        therapists=[therapist.pk],
    )

    session_type = SessionType.objects.get()
    assert (session_type.duration_minutes, session_type.price) == (60, Decimal("120.00"))
    assert list(session_type.locations.all()) == [location]
    assert list(session_type.therapists.all()) == [therapist]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"duration_minutes": "62"}, {"duration_minutes": ["Give a multiple of 5 minutes."]}),
        (
            {"duration_minutes": "1440", "buffer_after_minutes": "5"},
            {"__all__": ["With its buffers a session takes at most 24 hours."]},
        ),
    ],
)
def test_t2_a_length_that_cannot_be_is_refused(manager, typed, errors):
    made = make_bookable()

    page = save(manager, change(made.session_type), **typed)

    assert errors_of(page) == errors


def test_b4_a_new_price_changes_no_booking(manager):
    made = make_bookable()
    booking = make_booking(session_type=made.session_type)

    save(manager, change(made.session_type), price="150.00")

    booking.refresh_from_db()
    assert booking.price == Decimal("120.00")


def test_b8_taking_a_therapist_away_names_her_bookings(manager):
    made = make_bookable()
    make_booking(therapist=made.therapist, room=made.room, session_type=made.session_type)

    page = save(manager, change(made.session_type), therapists=[])

    assert bookings_named(page).endswith("Therapist-1: S1")


def test_b7_a_session_type_is_retired_and_not_deleted(manager):
    made = make_bookable()
    url = reverse("admin:bookings_sessiontype_delete", args=[made.session_type.pk])

    assert manager.post(url, {"post": "yes"}).status_code == 403


def test_the_list_shows_what_matters(manager):
    made = make_bookable()

    page = manager.get(LIST, {"active__exact": "1"})

    assert list(page.context["cl"].result_list) == [made.session_type]
