"""Looking through bookings."""

from typing import Any

import pytest

from bookings.enums import Status
from bookings.models import SessionType
from studio.api.models import Scope
from tests.bookings.api.views.bookings.asking import booked, held
from tests.calling import Api, anyone, client_of, code_of, fields_of, reception, staff, therapist_of
from tests.factories import (
    at,
    make_booking,
    make_location,
    make_room,
    make_session_type,
    make_therapist,
)

pytestmark = pytest.mark.django_db


def references(caller: Api | None = None, first: str = "", **query: Any) -> list[str]:
    response = (caller or reception()).get("bookings/", {**query, "from": first})
    assert response.status_code == 200, response.content
    return [row["reference"] for row in response.json()["results"]]


def test_bookings_are_listed_by_their_start_without_their_secrets(place):
    later = booked(place, "2026-08-04 10:00")
    sooner = booked(place, "2026-08-03 10:00")

    rows = reception().get("bookings/").json()["results"]

    assert [row["reference"] for row in rows] == [sooner.reference, later.reference]
    assert rows[0]["client"]["name"] == "Robin Client"
    assert not {"manage_token", "manage_url", "calendar_url"} & set(rows[0])


def test_bookings_are_found_by_place_person_room_state_and_date(place):
    there = make_bookable_elsewhere()
    here = booked(place, "2026-08-03 10:00")
    other = booked(there, "2026-08-05 10:00", status=Status.NO_SHOW)

    for name in ("location", "therapist", "room"):
        found = references(None, "", **{name: getattr(there, name).slug})
        assert found == [other.reference]
    assert references(status="no_show") == [other.reference]
    assert references(until="2026-08-04") == [here.reference]
    assert references(first="2026-08-04") == [other.reference]
    assert references(first="2026-08-03", until="2026-08-05") == [
        here.reference,
        other.reference,
    ]
    assert references(client=here.client_id) == [here.reference]


def make_bookable_elsewhere() -> Any:
    class There:
        location = make_location()
        therapist = make_therapist()
        session_type = make_session_type()
        room = make_room(location=location)

    return There


def test_t7_a_booking_is_found_on_the_local_date_of_its_start(place):
    late = booked(place, "2026-08-03 23:00")

    assert references(first="2026-08-03", until="2026-08-03") == [late.reference]


def test_b3_what_has_lapsed_is_found_as_expired(place, move_clock):
    lapsed = held(place)
    move_clock(10)

    assert references(status="expired") == [lapsed.reference]
    assert references(status="held") == []


def test_bookings_of_what_is_retired_are_still_found(place):
    booking = booked(place)
    for row in (place.location, place.therapist, place.room):
        row.active = False
        row.save()
    SessionType.objects.update(active=False)

    assert references(room=place.room.slug) == [booking.reference]


@pytest.mark.parametrize("text", ["nightingale", "FLO@", "5550199", "nightingale flo"])
def test_bookings_are_found_by_a_part_of_who_they_are_for(place, text):
    wanted, _other = booked(place), booked(place, "2026-08-03 12:00")
    assert wanted.client is not None
    wanted.client.name, wanted.client.email = "Florence Nightingale", "flo@example.org"
    wanted.client.phone = "+1 303 555 0199"
    wanted.client.save()

    assert references(q=text) == [wanted.reference]
    assert references(staff(Scope.BOOKINGS_READ), q=text) == []


def test_bookings_are_found_by_their_reference(place):
    wanted = booked(place)
    booked(place, "2026-08-03 12:00")

    assert references(staff(Scope.BOOKINGS_READ), q=wanted.reference) == [wanted.reference]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\"])
def test_what_is_searched_for_is_taken_as_it_stands(place, text):
    booked(place)

    assert references(q=text) == []


def test_bookings_of_a_client_need_the_scope_for_clients(place):
    booking = booked(place)

    response = staff(Scope.BOOKINGS_READ).get("bookings/", {"client": booking.client_id})

    assert code_of(response) == (403, "permission_denied")


@pytest.mark.parametrize(
    "query",
    [
        {"location": "nowhere"},
        {"therapist": "nobody"},
        {"room": "none"},
        {"status": "lost"},
        {"client": "robin"},
        {"client": "-1"},
        {"from": "yesterday"},
        {"until": "2026-02-30"},
        {"q": "a" * 201},
        {"q": "a\x00"},
        {"page_size": "0"},
        {"cursor": "x"},
        {"who": "robin"},
    ],
)
def test_a_search_that_does_not_fit_is_told_where(place, query):
    assert fields_of(reception().get("bookings/", query)) == list(query)


def test_only_staff_look_through_bookings(place):
    booking = booked(place)

    assert code_of(anyone().get("bookings/")) == (401, "not_authenticated")
    assert code_of(client_of(booking).get("bookings/")) == (401, "not_authenticated")
    assert code_of(staff(Scope.BOOKINGS_WRITE).get("bookings/")) == (403, "permission_denied")


def test_p2_a_therapist_reads_her_own_bookings_of_these_days_only(place):
    own = booked(place, "2026-08-03 10:00")
    booked(place, "2026-08-20 10:00")
    other = make_booking(starts_at=at("2026-08-03 10:00"))
    therapist = therapist_of(place.therapist)

    listed = therapist.get("bookings/").json()["results"]

    assert [booking["reference"] for booking in listed] == [own.reference]
    assert therapist.get(f"bookings/{own.reference}/").status_code == 200
    assert therapist.get(f"bookings/{other.reference}/").status_code == 404
