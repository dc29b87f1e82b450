"""Reception books for two on the telephone."""

import pytest
from django.urls import reverse

from bookings.enums import EventKind, Source
from bookings.models import Booking, Event, Pair
from tests.bookings.admin.filling import fields_of, messages_of
from tests.bookings.desk.booking.typing import BOOK, obstacles_of, page_of, place, typed
from tests.bookings.domain.pairs.pairing import studio_for_two
from tests.factories import make_client, make_location

pytestmark = pytest.mark.django_db

TWO = reverse("admin:book_pair")


@pytest.fixture
def studio():
    return studio_for_two()


def press(browser, studio, button, /, **values):
    """Open the page, type Ada and Bo on Monday at ten, and press a button."""
    data = fields_of(browser.get(TWO)) | typed(studio) | {"second_name": "Bo"}
    data["second_session_type"] = studio.session_type.slug
    return browser.post(TWO, data | values | {"do": button}, follow=True)


def booked():
    rows = Booking.objects.order_by("pair_position")
    return [(str(each.client), each.therapist.slug) for each in rows]


def test_what_is_typed_for_one_travels_along(receptionist, studio):
    opened = receptionist.get(BOOK)
    data = fields_of(opened) | typed(studio, notes="Left knee") | {"do": "together"}

    page = receptionist.post(TWO, data)

    assert "Two together…" in opened.content.decode()
    fields = fields_of(page)
    assert (fields["client_name"], fields["notes"]) == (["Ada L."], ["Left knee"])
    assert fields["second_session_type"] == [studio.session_type.slug]
    assert "open for both" in page.content.decode()


def test_both_are_booked(receptionist, studio):
    done = press(receptionist, studio, "book", second_notes="Likes it warm")

    first, second = Booking.objects.order_by("pair_position")
    assert done.redirect_chain[-1][0] == page_of(first)
    assert messages_of(done)[0].startswith("Booked for two: ")
    assert {first.starts_at} == {second.starts_at}
    assert (first.source, second.notes) == (Source.DESK, "Likes it warm")


def test_each_has_the_therapist_that_is_named_for_her(receptionist, studio):
    own = studio.therapist.slug
    press(receptionist, studio, "book", therapist="zoe", second_therapist=own)

    assert booked() == [("Ada L.", "zoe"), ("Bo", own)]


def test_the_open_times_are_those_of_both(receptionist, studio):
    place(studio, "2026-08-03 13:00")

    page = press(receptionist, studio, "look")

    times = [each.time for each in page.context["choices"].times]
    assert "10:00" in times
    assert "13:00" not in times


def test_s3_it_says_in_whose_way_a_rule_is_and_neither_is_booked(receptionist, studio):
    place(studio)

    page = press(receptionist, studio, "book", second_therapist=studio.therapist.slug)

    assert obstacles_of(page) == ["Bo: The therapist has another booking then. (S3)"]
    assert "Neither is booked." in page.content.decode()
    assert page.context["choices"].nearby
    assert not Pair.objects.exists()


def test_s2_a_soft_rule_is_gone_past_for_both_with_one_reason(receptionist, studio):
    unsaid = press(receptionist, studio, "book", time="08:00", override=["S2"])
    press(receptionist, studio, "book", time="08:00", override=["S2"], reason="Works before nine")

    assert "Say why, if you go past a rule." in unsaid.content.decode()
    events = Event.objects.filter(kind=EventKind.BOOKED)
    assert [(event.reason, event.overridden) for event in events] == [
        ("Works before nine", ["S2"])
    ] * 2


def test_without_a_name_nobody_comes_along(receptionist, studio):
    page = press(receptionist, studio, "book", second_name="")

    assert "second_name" in page.context["form"].errors
    assert not Pair.objects.exists()


def test_one_person_is_not_booked_twice(receptionist, studio):
    page = press(receptionist, studio, "book", client_email="a@example.org", second_name="Ada L.")

    assert "This is one person twice. Say who comes with you." in page.content.decode()
    assert not Booking.objects.exists()


def test_p1_who_comes_along_without_an_address_is_reached_at_the_first_ones(receptionist, studio):
    ada = make_client(email="ada@example.org")

    press(receptionist, studio, "book", client=ada.pk, client_name=ada.name)

    assert list(Booking.objects.values_list("client__email", flat=True)) == ["ada@example.org"] * 2


def test_rooms_side_by_side_are_asked_for_where_there_are_any(receptionist, studio):
    with_rooms = receptionist.get(TWO).content.decode()
    press(receptionist, studio, "book", side_by_side="on")

    assert "Rooms side by side, or not at all" in with_rooms
    assert Pair.objects.get().side_by_side


def test_at_another_location_only_what_is_offered_there_can_be_chosen(receptionist, studio):
    elsewhere = make_location(slug="elsewhere")

    page = press(receptionist, studio, "look", location=elsewhere.slug)

    assert not page.context["form"].fields["second_session_type"].queryset.exists()
    assert "Rooms side by side, or not at all" not in page.content.decode()


def test_a_form_that_is_sent_twice_books_once(receptionist, studio):
    data = fields_of(receptionist.get(TWO)) | typed(studio) | {"second_name": "Bo", "do": "book"}
    data["second_session_type"] = studio.session_type.slug

    receptionist.post(TWO, data)
    receptionist.post(TWO, data)

    assert Booking.objects.count() == 2


def test_going_back_to_one_keeps_what_was_typed(receptionist, studio):
    page = press(receptionist, studio, "look", notes="Left knee")

    back = receptionist.post(BOOK, fields_of(page) | {"do": "alone"})

    assert "Left knee" in back.content.decode()
