"""Two together: a time is chosen, and held for both."""

import pytest

from tests.bookings.domain.asking import booked as booked_for_one
from tests.bookings.domain.pairs.pairing import (
    NOON,
    TEN,
    studio_for_two,
)
from tests.bookings.pages.pairs.visiting import choose, local, together_url
from tests.bookings.pages.visiting import (
    offered_times,
    text,
    times_url,
)
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_bookable, make_session_type

pytestmark = pytest.mark.django_db


def test_the_times_lead_to_those_for_two_where_two_can_be_taken(client, studio):
    assert together_url(studio) in client.get(times_url(studio)).content.decode()


def test_who_looked_at_a_day_looks_at_the_same_day_for_two(client, studio):
    page = client.get(times_url(studio, day="2026-08-05")).content.decode()

    assert f'href="{together_url(studio, day="2026-08-05")}"' in page


def test_a_place_with_one_therapist_leads_to_none_for_two(client):
    studio = make_bookable()

    assert together_url(studio) not in client.get(times_url(studio)).content.decode()


def test_a_time_is_offered_where_two_therapists_and_rooms_are_free(client, studio):
    free = offered_times(client.get(together_url(studio, day="2026-08-03")))
    booked_for_one(studio, TEN, now=NOW)

    left = offered_times(client.get(together_url(studio, day="2026-08-03")))

    assert local(TEN) in free
    assert local(TEN) not in left and local(NOON) in left


def test_what_the_second_comes_for_is_asked_by_the_address(client, studio):
    longer = make_session_type(slug="longer", duration_minutes=120)
    longer.locations.add(studio.location)
    longer.therapists.set(studio.session_type.therapists.all())

    first, second = choose(client, studio, second="longer", second_therapist="zoe")

    assert (first.session_type, second.session_type) == (studio.session_type, longer)
    assert (first.therapist, second.therapist.slug) == (studio.therapist, "zoe")


def test_one_therapist_is_asked_for_by_one_of_them_alone(client, studio):
    page = client.get(together_url(studio, therapist="zoe", second_therapist="zoe"))

    assert page.context["first_therapist"].slug == "zoe"
    assert page.context["second_therapist"] is None


@pytest.mark.parametrize("query", [{"second": "nothing"}, {"second_therapist": "nobody"}])
def test_what_is_not_there_is_not_found(client, studio, query):
    assert client.get(together_url(studio, **query)).status_code == 404


def test_side_by_side_is_asked_only_where_rooms_lie_so(client, studio):
    page = client.get(together_url(studio, side_by_side="on"))

    assert "Only in rooms side by side" in text(page)
    assert offered_times(page)


def test_a_place_without_rooms_beside_each_other_does_not_ask(client):
    studio = studio_for_two(beside=False)

    page = client.get(together_url(studio, side_by_side="on"))

    assert "side by side" not in text(page)
    assert not offered_times(page)


def test_a_lost_time_is_answered_with_others_for_two(client, studio):
    booked_for_one(studio, TEN, now=NOW)

    page = client.post(together_url(studio), {"starts_at": at(TEN).isoformat()})

    assert page.status_code == 409
    assert "this time has just gone" in text(page) and offered_times(page)
