"""Two together over the API: both or neither. It is seven on a Monday in Denver."""

import pytest

from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.domain.asking import booked
from tests.bookings.domain.pairs.pairing import stands, studio_for_two
from tests.calling import ROBIN, Api, anyone, client_of, code_of, reception
from tests.clock import SEVEN_ON_MONDAY as NOW

pytestmark = pytest.mark.django_db

TUESDAY = "2026-08-04"
TEN, NOON = f"{TUESDAY}T10:00:00-06:00", f"{TUESDAY}T12:00:00-06:00"


@pytest.fixture
def studio():
    return studio_for_two()


def wish(studio, *, hold=False, second=None, starts_at=TEN, **more):
    session = {"session_type": studio.session_type.slug}
    first = session if hold else {**session, "client": ROBIN}
    other = session if hold else {**session, "client": {"name": "Bo"}}
    return {
        "location": studio.location.slug,
        "starts_at": starts_at,
        "hold": hold,
        "first": first,
        "second": {**other, **(second or {})},
        **more,
    }


def made(studio, **names):
    answer = anyone().post("pairs/", wish(studio, **names))
    assert answer.status_code == 201, answer.content
    return answer.json()["bookings"]


def owner(booking):
    return Api(f"Booking {booking['manage_token']}")


def listed(studio, caller=None, **query):
    asked = {
        "location": studio.location.slug,
        "session_type": studio.session_type.slug,
        "from": TUESDAY,
        "until": TUESDAY,
        **query,
    }
    return (caller or anyone()).get("availability/pairs/", asked)


def times(answer):
    [day] = answer.json()["days"]
    return [slot["starts_at"][11:16] for slot in day["slots"]]


def test_a_start_for_two_is_listed_with_the_therapists_of_either(studio):
    booked(studio, f"{TUESDAY} 10:00", now=NOW)

    answer = listed(studio, second_therapist="zoe")

    assert times(answer)[:2] == ["09:00", "11:00"]
    assert answer.json()["days"][0]["slots"][0] == {
        "starts_at": f"{TUESDAY}T09:00:00-06:00",
        "therapists": [studio.therapist.slug],
        "second_therapists": ["zoe"],
        "side_by_side": True,
    }


def test_a_listing_for_two_that_has_not_changed_is_not_sent_again(studio):
    etag = listed(studio)["ETag"]
    query = {"location": studio.location.slug, "session_type": studio.session_type.slug}
    dates = {"from": TUESDAY, "until": TUESDAY}

    again = anyone().get("availability/pairs/", query | dates, If_None_Match=etag)
    booked(studio, f"{TUESDAY} 10:00", now=NOW)

    assert again.status_code == 304
    assert listed(studio)["ETag"] != etag


def test_side_by_side_lists_no_other_rooms(studio):
    studio.room.beside.clear()

    assert times(listed(studio, side_by_side="true")) == []
    assert times(listed(studio, side_by_side="false")) != []


def test_both_are_booked_and_each_has_a_reference_of_her_own(studio):
    answer = anyone().post("pairs/", wish(studio, side_by_side=True))

    first, second = answer.json()["bookings"]
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/pairs/{first['reference']}/"
    assert answer.json()["side_by_side"] is True
    assert {each["starts_at"] for each in (first, second)} == {TEN}
    assert {first["therapist"], second["therapist"]} == {studio.therapist.slug, "zoe"}
    assert owner(second).get(f"bookings/{second['reference']}/").status_code == 200


def test_the_same_request_again_books_nobody_again(studio):
    answers = [
        anyone().post("pairs/", wish(studio), Idempotency_Key="one").json() for _twice in range(2)
    ]

    assert answers[0] == answers[1]
    assert Booking.objects.count() == 2


def test_p1_who_has_an_address_of_her_own_has_her_links_for_herself(studio):
    bo = {"client": {"name": "Bo", "email": "bo@example.org"}}

    first, second = made(studio, second=bo)

    assert first["manage_token"]
    links = ("manage_token", "manage_url", "calendar_url")
    assert [second[link] for link in links] == [None] * 3


def test_a_refusal_says_whose_it_is_and_when_both_can_come(studio):
    booked(studio, f"{TUESDAY} 10:00", therapist=studio.therapist, now=NOW)

    answer = anyone().post("pairs/", wish(studio, second={"therapist": studio.therapist.slug}))

    assert code_of(answer) == (409, "slot_unavailable")
    problem = answer.json()
    assert problem["position"] == 2
    assert problem["alternatives"][0] == {
        "starts_at": f"{TUESDAY}T09:00:00-06:00",
        "therapists": ["zoe"],
        "second_therapists": [studio.therapist.slug],
        "side_by_side": True,
    }
    assert Booking.objects.count() == 1


def test_one_person_twice_is_told_in_the_body(studio):
    answer = anyone().post("pairs/", wish(studio, second={"client": {"name": "robin client"}}))

    assert code_of(answer) == (400, "invalid")
    assert [error["field"] for error in answer.json()["errors"]] == ["second.client.name"]


@pytest.mark.parametrize("who", ["first", "second"])
def test_nobody_is_booked_without_a_name(studio, who):
    body = wish(studio)
    del body[who]["client"]

    answer = anyone().post("pairs/", body)

    assert [error["field"] for error in answer.json()["errors"]] == [f"{who}.client"]


def test_two_are_held_and_confirmed_together(studio):
    first, second = made(studio, hold=True)
    who = {"first": {"client": ROBIN}, "second": {"client": {"name": "Bo"}}}

    alone = owner(first).post(f"bookings/{first['reference']}/confirm/", {"client": ROBIN})
    nobody = owner(first).post(f"pairs/{first['reference']}/confirm/", {})
    both = owner(first).post(f"pairs/{first['reference']}/confirm/", who)

    assert (first["status"], second["status"]) == ("held", "held")
    assert code_of(alone) == (409, "wrong_state")
    assert code_of(nobody) == (400, "invalid")
    assert [each["status"] for each in both.json()["bookings"]] == ["confirmed", "confirmed"]


def test_both_move_to_what_is_listed_for_them_and_neither_moves_alone(studio):
    first, _ = made(studio)
    reference = first["reference"]
    session = studio.session_type.slug

    alone = owner(first).post(f"bookings/{reference}/reschedule/", {"starts_at": NOON})
    one = owner(first).get(
        "availability/",
        {
            "location": studio.location.slug,
            "session_type": session,
            "from": TUESDAY,
            "until": TUESDAY,
            "rescheduling": reference,
        },
    )
    offered = times(listed(studio, owner(first), rescheduling=reference))
    both = owner(first).post(f"pairs/{reference}/reschedule/", {"starts_at": NOON})

    assert code_of(alone) == code_of(one) == (409, "wrong_state")
    assert {"10:00", "10:15", "12:00"} <= set(offered)
    assert {each["starts_at"] for each in both.json()["bookings"]} == {NOON}


def test_both_are_cancelled_and_come_back(studio):
    first, _ = made(studio)
    path = f"pairs/{first['reference']}"

    gone = owner(first).post(f"{path}/cancel/", {"reason": "A cold."})
    alone = owner(first).post(f"bookings/{first['reference']}/undo/")
    back = owner(first).post(f"{path}/undo/")

    assert [each["status"] for each in gone.json()["bookings"]] == ["cancelled", "cancelled"]
    assert code_of(alone) == (409, "wrong_state")
    assert [each["status"] for each in back.json()["bookings"]] == ["confirmed", "confirmed"]


def test_p1_who_comes_along_with_an_address_of_her_own_changes_herself_alone(studio):
    made(studio, second={"client": {"name": "Bo", "email": "bo@example.org"}})
    second = Booking.objects.get(pair_position=2)
    path = f"pairs/{second.reference}"

    for answer in (
        client_of(second).get(f"{path}/"),
        client_of(second).post(f"{path}/cancel/"),
        listed(studio, client_of(second), rescheduling=second.reference),
    ):
        assert code_of(answer) == (403, "permission_denied")
    assert client_of(second).post(f"bookings/{second.reference}/cancel/").status_code == 200
    assert [status for status, *_ in stands()] == ["confirmed", "cancelled"]


def test_a_booking_made_alone_is_no_pair(studio):
    alone = booked(studio, f"{TUESDAY} 10:00", now=NOW)

    for caller in (client_of(alone), reception()):
        assert code_of(caller.get(f"pairs/{alone.reference}/")) == (404, "not_found")


def test_reception_moves_one_alone_when_it_says_so(studio):
    first, _ = made(studio)
    path = f"bookings/{first['reference']}/reschedule/"

    refused = reception().post(path, {"starts_at": NOON})
    moved = reception().post(path, {"starts_at": NOON, "alone": True})

    assert code_of(refused) == (409, "wrong_state")
    assert moved.json()["starts_at"] == NOON


def test_reception_books_both_past_a_soft_rule_and_is_told_a_hard_one(studio):
    early = wish(studio, starts_at=f"{TUESDAY}T08:00:00-06:00")

    refused = reception().post("pairs/", early)
    done = reception().post("pairs/", {**early, "override": ["S2"], "override_reason": "Asked."})

    assert code_of(refused) == (409, "rule_refused")
    assert (refused.json()["rule"], refused.json()["overridable"]) == ("S2", True)
    assert done.status_code == 201
    assert {row.status for row in Booking.objects.all()} == {Status.CONFIRMED}
