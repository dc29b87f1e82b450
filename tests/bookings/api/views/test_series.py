"""Series over the API. It is seven on a Monday in Denver."""

import pytest

from bookings.enums import Status
from bookings.models import Booking, Series
from tests.bookings.domain.asking import booked
from tests.calling import ROBIN, anyone, code_of, reception
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable, make_time_off

pytestmark = pytest.mark.django_db

DAYS = ("2026-08-10", "2026-08-17", "2026-08-24")
STARTS = [f"{day}T10:00:00-06:00" for day in DAYS]


@pytest.fixture
def studio():
    return make_bookable()


def wish(studio, **more):
    place = {"location": studio.location.slug, "session_type": studio.session_type.slug}
    return {**place, "starts": STARTS, **more}


def test_each_date_is_previewed_with_its_therapist_or_an_alternative(studio):
    booked(studio, f"{DAYS[1]} 10:30", now=NOW)

    answer = anyone().post("series/preview/", wish(studio))

    assert answer.status_code == 200
    assert answer.json()["timezone"] == "America/Denver"
    assert answer.json()["dates"][:2] == [
        {
            "starts_at": STARTS[0],
            "therapist": "therapist-1",
            "why": None,
            "rule": None,
            "overridable": False,
            "instead": None,
        },
        {
            "starts_at": STARTS[1],
            "therapist": None,
            "why": "This time is not free.",
            "rule": None,
            "overridable": False,
            "instead": {"starts_at": "2026-08-17T09:30:00-06:00", "therapists": ["therapist-1"]},
        },
    ]


def test_staff_are_told_the_rule_and_see_what_a_reason_goes_past(studio):
    early = [start.replace("T10", "T08") for start in STARTS]

    told = reception().post("series/preview/", wish(studio, starts=early)).json()["dates"][0]
    past = reception().post(
        "series/preview/",
        wish(studio, starts=early, override=["S2"], override_reason="A regular."),
    )

    assert (told["rule"], told["overridable"]) == ("S2", True)
    assert all(date["therapist"] for date in past.json()["dates"])


def test_s7_a_private_period_is_not_given_away(studio):
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from=f"{DAYS[1]} 00:00",
        wall_until=f"{DAYS[1]} 23:55",
        barefoot_only=True,
    )
    studio.session_type.barefoot = True
    studio.session_type.save()

    told = reception().post("series/preview/", wish(studio)).json()["dates"][1]

    assert (told["rule"], told["why"]) == (None, "The therapist cannot take this session then.")


def test_all_dates_are_booked_for_one_client(studio):
    answer = anyone().post("series/", wish(studio, client=ROBIN, every_weeks=1))

    assert answer.status_code == 201
    assert [each["starts_at"] for each in answer.json()["bookings"]] == STARTS
    assert answer.json()["left_out"] == []
    assert all(each["manage_url"] for each in answer.json()["bookings"])
    assert Booking.objects.filter(status=Status.CONFIRMED).count() == 3
    assert Booking.objects.values("client").distinct().count() == 1
    assert Series.objects.get().every_weeks == 1


def test_nothing_is_booked_where_one_date_is_taken(studio):
    booked(studio, f"{DAYS[1]} 10:30", now=NOW)

    answer = anyone().post("series/", wish(studio, client=ROBIN))

    assert code_of(answer) == (409, "slot_unavailable")
    assert not Series.objects.exists()


def test_those_that_fit_are_booked_and_the_others_named(studio):
    booked(studio, f"{DAYS[1]} 10:30", now=NOW)

    answer = anyone().post("series/", wish(studio, client=ROBIN, fitting=True)).json()

    assert [each["starts_at"] for each in answer["bookings"]] == [STARTS[0], STARTS[2]]
    assert [each["starts_at"] for each in answer["left_out"]] == [STARTS[1]]


def test_b9_the_same_request_is_told_the_same_again(studio):
    sent = wish(studio, client=ROBIN)
    first = anyone().post("series/", sent, Idempotency_Key="one")

    again = anyone().post("series/", sent, Idempotency_Key="one")

    assert again.json() == first.json()
    assert Booking.objects.count() == 3


@pytest.mark.parametrize(
    ("starts", "code"),
    [
        (STARTS[:1], "min_length"),
        (STARTS * 5, "max_length"),
        ([STARTS[0], STARTS[0]], "repeated"),
        ([STARTS[0], "2029-08-10T10:00:00-06:00"], "too_long"),
    ],
)
@pytest.mark.parametrize("call", ["series/", "series/preview/"])
def test_starts_that_are_no_series_are_refused(studio, call, starts, code):
    more = {"client": ROBIN} if call == "series/" else {}

    answer = anyone().post(call, wish(studio, starts=starts, **more))

    assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [("starts", code)]


def test_a_series_needs_a_client(studio):
    answer = anyone().post("series/", wish(studio))

    assert [each["field"] for each in answer.json()["errors"]] == ["client"]
