"""Which certifications somebody must look after. It is Monday, 3 August 2026."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.domain.attention.lapsing import Urgency, overview
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_qualification,
    make_room,
    make_therapist,
)

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return MONDAY + timedelta(days=days)


def found(**values: Any) -> dict[Urgency, list[str]]:
    groups = overview(now=SEVEN_ON_MONDAY, **values).pressing
    return {
        urgency: [row.certification.number for row in rows]
        for urgency, rows in groups.items()
        if rows
    }


@pytest.mark.parametrize(
    ("dates", "urgency"),
    [
        ({"expires_on": in_days(0)}, Urgency.WEEK),
        ({"expires_on": in_days(7)}, Urgency.WEEK),
        ({"expires_on": in_days(8)}, Urgency.MONTH),
        ({"expires_on": in_days(30)}, Urgency.MONTH),
        ({"expires_on": in_days(31)}, Urgency.TWO_MONTHS),
        ({"expires_on": in_days(60)}, Urgency.TWO_MONTHS),
        ({"expires_on": in_days(61)}, None),
        ({}, None),
        ({"expires_on": in_days(-1)}, Urgency.LAPSED),
        ({"revoked_on": in_days(0)}, Urgency.REVOKED),
        ({"revoked_on": in_days(1)}, Urgency.WEEK),
        ({"verified_on": None}, Urgency.UNVERIFIED),
        ({"verified_on": None, "expires_on": in_days(3)}, Urgency.UNVERIFIED),
        ({"verified_on": None, "expires_on": in_days(-3)}, Urgency.LAPSED),
        ({"issued_on": in_days(1)}, None),
    ],
)
def test_s6_each_certification_stands_under_its_urgency(dates, urgency):
    make_certification(therapist=make_therapist(), qualification=make_qualification(), **dates)

    assert found() == ({urgency: ["1"]} if urgency else {})


def test_the_days_left_are_counted_to_the_last_day():
    make_certification(
        therapist=make_therapist(), qualification=make_qualification(), expires_on=in_days(5)
    )

    [row] = overview(now=SEVEN_ON_MONDAY).pressing[Urgency.WEEK]

    assert row.days_left == 5


def test_a_retired_therapist_needs_no_certification():
    make_certification(
        therapist=make_therapist(active=False),
        qualification=make_qualification(),
        expires_on=in_days(1),
    )

    assert found() == {}


def test_one_therapist_can_be_asked_for():
    qualification, mei = make_qualification(), make_therapist()
    make_certification(therapist=mei, qualification=qualification, expires_on=in_days(1))
    make_certification(
        therapist=make_therapist(),
        qualification=qualification,
        number="2",
        expires_on=in_days(1),
    )

    assert found(therapist=mei) == {Urgency.WEEK: ["1"]}


@pytest.mark.parametrize(
    ("old", "new", "is_replaced"),
    [
        ({"expires_on": in_days(-1)}, {}, True),
        ({"expires_on": in_days(-1)}, {"verified_on": None}, False),
        ({"expires_on": in_days(5)}, {"issued_on": in_days(6)}, True),
        ({"expires_on": in_days(5)}, {"issued_on": in_days(7)}, False),
        ({"expires_on": in_days(5)}, {"expires_on": in_days(5)}, False),
        ({"revoked_on": in_days(-1)}, {}, True),
        ({"verified_on": None}, {}, False),
    ],
)
def test_one_that_another_stands_in_for_is_only_counted(old, new, is_replaced):
    mei, qualification = make_therapist(), make_qualification()
    make_certification(therapist=mei, qualification=qualification, number="old", **old)
    make_certification(therapist=mei, qualification=qualification, number="new", **new)

    listed = [number for numbers in found().values() for number in numbers]

    assert ("old" not in listed) == is_replaced
    assert overview(now=SEVEN_ON_MONDAY).replaced == int(is_replaced)


def test_a_higher_level_stands_in_for_a_lower_one_and_not_the_other_way_round():
    mei = make_therapist()
    low, high = (
        make_qualification(slug=f"bar-{level}", style="bar", level=level) for level in (1, 2)
    )
    make_certification(therapist=mei, qualification=low, number="low", expires_on=in_days(1))
    make_certification(therapist=mei, qualification=high, number="high", expires_on=in_days(90))

    assert found() == {}

    mei.certifications.filter(number="low").update(expires_on=None)
    mei.certifications.filter(number="high").update(expires_on=in_days(1))
    assert found() == {Urgency.WEEK: ["high"]}


@pytest.fixture
def made():
    return make_bookable()


def book(made, starts_at, **values):
    return make_booking(
        **{"therapist": made.therapist, "room": made.room, "session_type": made.session_type}
        | values,
        starts_at=at(starts_at),
    )


def left_without(urgency):
    [row] = overview(now=SEVEN_ON_MONDAY).pressing[urgency]
    return row.bookings


def test_b8_a_lapsing_one_names_the_bookings_after_its_last_day(made):
    made.therapist.certifications.update(expires_on=in_days(1))
    book(made, "2026-08-04 10:00")
    later = book(made, "2026-08-05 10:00")

    assert left_without(Urgency.WEEK) == [later]


def test_b8_an_unverified_one_names_them_all_but_those_that_were(made):
    made.therapist.certifications.update(verified_on=None)
    book(made, "2026-08-02 10:00")
    coming = book(made, "2026-08-03 10:00")

    assert left_without(Urgency.UNVERIFIED) == [coming]


def test_b8_bookings_that_do_not_need_it_are_not_named(made):
    make_certification(
        therapist=made.therapist,
        qualification=make_qualification(slug="mat", style="mat", level=1),
        number="mat",
        expires_on=in_days(1),
    )
    book(made, "2026-08-05 10:00")

    assert left_without(Urgency.WEEK) == []


def test_b8_bookings_that_lack_another_one_are_not_named(made):
    made.therapist.certifications.update(expires_on=in_days(1))
    bar = make_qualification(slug="bar", style="bar", level=1)
    made.session_type.requires_qualifications.add(bar)
    make_certification(therapist=made.therapist, qualification=bar, number="bar", verified_on=None)
    monday, wednesday = book(made, "2026-08-03 10:00"), book(made, "2026-08-05 10:00")

    assert left_without(Urgency.WEEK) == [wednesday]
    assert left_without(Urgency.UNVERIFIED) == [monday, wednesday]


def test_more_certifications_and_bookings_need_no_more_queries(made):
    made.therapist.certifications.update(expires_on=in_days(-1))
    book(made, "2026-08-04 10:00")
    counts = []
    for count in (0, 3):
        for number in range(count):
            therapist = make_therapist()
            make_certification(
                therapist=therapist,
                qualification=made.session_type.requires_qualifications.get(),
                number=str(number),
                expires_on=in_days(number - 1),
            )
            room = make_room(location=made.location)
            book(made, "2026-08-06 10:00", therapist=therapist, room=room)
        with CaptureQueriesContext(connection) as captured:
            overview(now=SEVEN_ON_MONDAY)
        counts.append(len(captured))

    assert counts[0] == counts[1]
