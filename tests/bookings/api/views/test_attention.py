"""What needs attention, as the API says it (rule B8). It is seven on a Monday in Denver."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.enums import Status
from studio.api.models import Scope
from tests.bookings.desk.attention.filling import NOON, booked, ill
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.calling import anyone, client_of, code_of, fields_of, reception, staff, therapist_of
from tests.factories import at, make_bookable, make_room_block, make_time_off

pytestmark = pytest.mark.django_db

AWAY = "The therapist does not work through the whole session and its buffers then."


@pytest.fixture
def made():
    """A therapist who works every day from nine to five, and her room."""
    return make_bookable()


def results(caller: Any = None, **query: str) -> Any:
    return (caller or reception()).get("attention/", query).json()["results"]


def test_b8_nothing_needs_attention_where_everything_fits(made):
    booked(made)

    assert results() == []


def test_b8_a_booking_says_what_is_wrong_and_what_could_take_it(made):
    booking = booked(made)
    add_therapist(made, "zoe")
    ill(made)

    [found] = results()

    assert found["reference"] == booking.reference
    assert found["causes"] == [{"rule": "S2", "detail": AWAY}]
    assert found["decide_until"] is None
    assert found["same_time"] == [{"therapist": "zoe", "room": "room-1"}]
    assert [slot["starts_at"] for slot in found["other_times"]] == [
        "2026-08-03T09:45:00-06:00",
        "2026-08-03T10:45:00-06:00",
        "2026-08-03T11:45:00-06:00",
        "2026-08-04T09:00:00-06:00",
        "2026-08-04T10:00:00-06:00",
        "2026-08-04T11:00:00-06:00",
    ]
    assert found["other_times"][0]["therapists"] == ["zoe"]


def test_b8_what_could_take_it_can_be_asked_for(made):
    booking = booked(made)
    add_therapist(made, "zoe")
    ill(made)
    caller = reception()
    [found] = results(caller)

    given = caller.post(f"bookings/{booking.reference}/reassign/", found["same_time"][0])

    assert (given.status_code, given.json()["therapist"]) == (200, "zoe")
    assert results(caller) == []


def test_h2_a_review_has_a_deadline_and_no_causes(made):
    booked(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 08:30"))

    [found] = results()

    assert found["decide_until"] == "2026-08-03T08:30:00-06:00"
    assert not found["awaits_answers"]
    assert (found["causes"], found["same_time"], found["other_times"]) == ([], [], [])


def test_b8_the_first_due_stands_first_over_all_pages(made):
    late, soon = booked(made, "2026-08-05 10:00"), booked(made)
    review = booked(
        made,
        "2026-08-06 10:00",
        status=Status.PENDING_REVIEW,
        expires_at=at("2026-08-03 09:00"),
    )
    ill(made)
    ill(made, "2026-08-05")
    caller = reception()

    first = caller.get("attention/", {"page_size": "2"}).json()
    second = caller.client.get(first["next"]).json()

    found = [each["reference"] for each in (*first["results"], *second["results"])]
    assert found == [review.reference, soon.reference, late.reference]
    assert caller.client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(
    ("sees", "cause"),
    [
        (True, {"rule": "S7", "detail": "The therapist does no barefoot work then."}),
        (False, {"rule": None, "detail": "The therapist cannot take this session then."}),
    ],
)
def test_s7_a_private_period_is_not_given_away(made, sees, cause):
    booked(made)
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-04 00:00",
        barefoot_only=True,
    )
    caller = reception()
    if sees:
        change = Permission.objects.get(codename="change_therapist")
        User.objects.latest("pk").user_permissions.add(change)

    [found] = results(caller)

    assert found["causes"] == [cause]


def test_p2_only_staff_who_book_for_others_may_ask(made):
    booking = booked(made)

    assert code_of(anyone().get("attention/")) == (401, "not_authenticated")
    assert code_of(client_of(booking).get("attention/")) == (401, "not_authenticated")
    assert code_of(staff(Scope.CLIENTS_READ).get("attention/")) == (403, "permission_denied")
    assert code_of(therapist_of(made.therapist).get("attention/")) == (403, "permission_denied")
    assert staff(Scope.BOOKINGS_READ).get("attention/").status_code == 200


def test_what_is_not_known_is_invalid():
    assert fields_of(reception().get("attention/", {"room": "x"})) == ["room"]
    assert fields_of(reception().get("attention/", {"cursor": "x"})) == ["cursor"]


def test_the_number_of_queries_does_not_grow_with_the_list(made):
    add_therapist(made, "zoe")
    add_room(made, "room-2")
    make_room_block(room=made.room, wall_from="2026-08-03 00:00", wall_until="2026-08-30 00:00")
    caller = reception()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert results(caller)
        return len(captured)

    booked(made, NOON)
    queries()
    alone = queries()
    for day in range(4, 24):
        booked(made, f"2026-08-{day:02} 10:00")

    assert len(results(caller)) == 21
    assert queries() == alone
