"""Two together: both are booked by one form."""

import pytest
from django.template.defaultfilters import floatformat

from bookings.domain.pairs.partners import both_of
from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.domain.asking import booked as booked_for_one
from tests.bookings.domain.health.answering import usual_questions
from tests.bookings.domain.pairs.pairing import (
    TEN,
    hold_both,
    wish_for_two,
)
from tests.bookings.pages.pairs.visiting import (
    BOTH,
    DETAILS_URL,
    choose,
    confirm,
    states,
    together_url,
)
from tests.bookings.pages.visiting import (
    filled_in,
    manage_url,
    offered_times,
    text,
    times_url,
)
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at

pytestmark = pytest.mark.django_db


def test_both_are_booked_by_one_form(client, studio):
    first, _second = choose(client, studio)

    answer = confirm(client, first)

    rows = Booking.objects.order_by("pair_position")
    assert answer.headers["Location"] == manage_url(first)
    assert list(rows.values_list("client__name", "client__email", "pressure")) == [
        ("Robin Client", "robin@example.org", "firm"),
        ("Bo", "robin@example.org", "light"),
    ]
    assert "Both sessions are booked." in text(client.get(manage_url(first)))


def test_who_comes_along_can_be_reached_by_herself(client, studio):
    first, _second = choose(client, studio)

    confirm(client, first, companion_email="bo@example.org")

    assert Booking.objects.filter(pair_position=2, client__email="bo@example.org").exists()


def test_the_form_shows_both_and_what_they_cost(client, studio):
    choose(client, studio)

    page = text(client.get(DETAILS_URL))

    assert page.count("Session-1, with") == 2
    price = floatformat(2 * studio.session_type.price, -2)
    assert f"You pay ${price} at the studio" in page


def test_one_person_twice_is_a_slip_in_the_form(client, studio):
    first, second = choose(client, studio)

    page = confirm(client, first, companion_name="Robin Client")

    assert page.status_code == 422
    assert "This is one person twice. Say who comes with you." in text(page)
    assert states(first, second) == [Status.HELD, Status.HELD]


def test_without_the_other_name_nothing_typed_is_lost(client, studio):
    first, _second = choose(client, studio)

    page = confirm(client, first, companion_name="")

    assert page.status_code == 422
    assert filled_in(page)["name"] == "Robin Client"


@pytest.mark.parametrize(
    ("for_two", "url", "other"),
    [(True, "/your-booking/", DETAILS_URL), (False, DETAILS_URL, "/your-booking/")],
)
def test_each_hold_has_the_form_that_fits_it(client, studio, for_two, url, other):
    if for_two:
        choose(client, studio)
    else:
        client.post(times_url(studio), {"starts_at": at(TEN).isoformat()})

    assert client.get(url).headers["Location"] == other
    assert client.get(other).status_code == 200


def test_two_are_not_repeated(client, studio):
    choose(client, studio)

    assert "Repeat this" not in text(client.get(DETAILS_URL))
    assert client.get("/your-booking/repeat/").headers["Location"] == "/your-booking/"


def test_a_hold_that_ran_out_and_went_is_held_again_with_what_was_typed(client, studio, turn_clock):
    first, _second = choose(client, studio)
    turn_clock("2026-08-03 07:11")
    booked_for_one(studio, TEN, now=NOW + 11)

    lost = confirm(client, first)
    again = client.post(DETAILS_URL, {**BOTH, "starts_at": offered_times(lost)[0]})

    assert lost.status_code == 409
    assert filled_in(again)["companion_name"] == "Bo"
    assert states(*both_of(Booking.objects.latest("pk"))) == [Status.HELD, Status.HELD]


def test_another_time_is_looked_for_as_it_was_chosen(client, studio):
    choose(client, studio, second_therapist="zoe", side_by_side="on")

    page = client.get(DETAILS_URL)

    assert page.context["other_times"] == together_url(
        studio,
        day="2026-08-03",
        second=studio.session_type.slug,
        second_therapist="zoe",
        side_by_side="on",
    )


def test_the_health_questions_are_those_of_who_books(client, studio):
    usual_questions()
    first, second = choose(client, studio)

    asked = confirm(client, first)
    confirm(client, first, without="1")

    assert "Your health" in text(asked)
    assert states(first, second) == [Status.PENDING_REVIEW, Status.PENDING_REVIEW]


def test_a_lapsed_hold_of_two_leads_back_to_the_times_for_two(client, studio, turn_clock):
    first, _second = hold_both(wish_for_two(studio), now=NOW)
    turn_clock("2026-08-03 07:11")

    page = client.get(manage_url(first))

    assert page.context["other_times"].startswith(together_url(studio))
