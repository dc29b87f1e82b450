"""Why a start is open or not, as the API says it. It is seven on a Monday in Denver."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studio.api.models import Scope
from tests.calling import (
    DENVER_TEN,
    Api,
    anyone,
    client_of,
    code_of,
    fields_of,
    reception,
    staff,
    therapist_of,
)
from tests.factories import make_bookable, make_booking, make_client, make_room, make_time_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_bookable()


def explain(place: Any, caller: Api | None = None, **query: str) -> Any:
    wanted = {
        "location": place.location.slug,
        "session_type": place.session_type.slug,
        "starts_at": DENVER_TEN,
    }
    return (caller or reception()).get("availability/explain/", wanted | query)


def rules_of(explained: Any) -> dict[str | None, bool]:
    return {each["rule"]: each["ok"] for each in explained["rules"]}


def test_an_open_start_breaks_no_rule(place):
    answer = explain(place).json()

    assert (answer["clients"], answer["reception"], answer["override"]) == (True, True, [])
    assert answer["starts_at"] == DENVER_TEN
    assert rules_of(answer) == {"S1": True, "S2": True, "T5": True, "S9": True}
    [therapist], [room] = answer["therapists"], answer["rooms"]
    assert (therapist["slug"], therapist["ok"]) == (place.therapist.slug, True)
    assert rules_of(room) == {"S1": True, "S4": True, "S5": True}


def test_s3_what_is_in_the_way_is_named_by_its_reference_and_not_by_the_client(place):
    make_booking(
        therapist=place.therapist,
        room=make_room(location=place.location),
        reference="ABCDE-FGHJK",
        client=make_client(name="Ada L."),
    )

    response = explain(place)

    [verdict] = [each for each in response.json()["therapists"][0]["rules"] if each["rule"] == "S3"]
    assert verdict == {
        "rule": "S3",
        "ok": False,
        "why": "Is booked 10:00–11:00.",
        "overridable": False,
        "for_clients": False,
        "bookings": ["ABCDE-FGHJK"],
    }
    assert "Ada" not in response.content.decode()


def test_s2_reception_is_told_what_to_go_past(place):
    answer = explain(place, starts_at="2026-08-03T19:00:00-06:00").json()

    assert (answer["clients"], answer["reception"], answer["override"]) == (False, True, ["S2"])
    assert answer["alternatives"][-1] == {
        "starts_at": "2026-08-03T16:00:00-06:00",
        "therapists": [place.therapist.slug],
    }


def private_period(place: Any) -> None:
    make_time_off(
        therapist=place.therapist,
        location=place.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )


def test_s7_a_private_period_has_neither_number_nor_words(place):
    private_period(place)

    answer = explain(place).json()

    [therapist] = answer["therapists"]
    assert rules_of(therapist) == {
        "S1": True,
        "S2": True,
        "S3": True,
        "S6": True,
        "S8": True,
        None: False,
    }
    assert therapist["rules"][-1]["why"] == "The therapist cannot take this session then."
    assert (answer["clients"], answer["reception"]) == (False, False)


def test_s7_those_who_administer_therapists_read_it(place):
    private_period(place)
    caller = reception()
    User.objects.latest("pk").user_permissions.add(
        Permission.objects.get(codename="change_therapist")
    )

    [therapist] = explain(place, caller).json()["therapists"]

    assert rules_of(therapist)["S7"] is False


def test_a_named_therapist_is_explained_alone(place):
    answer = explain(place, therapist=place.therapist.slug).json()

    assert [each["slug"] for each in answer["therapists"]] == [place.therapist.slug]


def test_p2_only_staff_who_book_for_others_ask(place):
    booking = make_booking()

    assert code_of(explain(place, anyone())) == (401, "not_authenticated")
    assert code_of(explain(place, client_of(booking))) == (401, "not_authenticated")
    assert code_of(explain(place, therapist_of(place.therapist))) == (403, "permission_denied")
    assert code_of(explain(place, staff(Scope.CLIENTS_READ))) == (403, "permission_denied")
    assert explain(place, staff(Scope.BOOKINGS_READ)).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"location": "nowhere"}, "location"),
        ({"session_type": ""}, "session_type"),
        ({"therapist": "nobody"}, "therapist"),
        ({"starts_at": "2026-08-03T10:03:00-06:00"}, "starts_at"),
        ({"starts_at": "2026-08-03T10:00:00"}, "starts_at"),
        ({"room": "any"}, "room"),
    ],
)
def test_a_query_that_does_not_fit_is_refused(place, query, field):
    assert fields_of(explain(place, **query)) == [field]


@pytest.mark.parametrize("year", ["2000", "2199"])
def test_the_ends_of_the_calendar_are_explained_too(place, year):
    start = f"{year}-01-01T10:00:00-07:00" if year == "2000" else f"{year}-12-31T10:00:00-07:00"

    assert explain(place, starts_at=start).json()["clients"] is False


def test_more_bookings_need_no_more_queries(place):
    caller, counts = reception(), []
    for other in ({"therapist": place.therapist}, {"room": place.room}):
        make_booking(**({"room": make_room(location=place.location)} | other))
        with CaptureQueriesContext(connection) as captured:
            assert explain(place, caller).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
