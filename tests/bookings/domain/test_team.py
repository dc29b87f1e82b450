from datetime import date, timedelta

import pytest

from bookings.domain.menu import With, offers
from bookings.domain.offers import offered
from bookings.domain.team import Workplace, givers, member, team, workplaces
from tests.factories import (
    MONDAY,
    make_bookable,
    make_certification,
    make_extra_shift,
    make_location,
    make_qualification,
    make_session_type,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Weekday

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def offer_of(session_type):
    (offer,) = offers(offered().filter(pk=session_type.pk), With.QUALIFICATIONS, With.PLACES)
    return offer


def test_a_therapist_is_shown_with_what_counts_that_day():
    bookable = make_bookable()
    licence = bookable.session_type.requires_qualifications.get()
    make_certification(
        therapist=bookable.therapist, qualification=licence, number="2", verified_on=None
    )

    (shown,) = team(on=[MONDAY])

    assert shown.therapist == bookable.therapist
    assert [certification.number for certification in shown.certifications] == ["1"]
    assert shown.session_types == [bookable.session_type]


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({"expires_on": MONDAY}, False),
        ({"expires_on": MONDAY + timedelta(days=1)}, True),
        ({"issued_on": MONDAY}, True),
        ({"issued_on": MONDAY + timedelta(days=1)}, False),
        ({"revoked_on": MONDAY + timedelta(days=1)}, False),
        ({"revoked_on": MONDAY + timedelta(days=2)}, True),
        ({"verified_on": None}, False),
    ],
)
def test_s6_a_proof_is_shown_if_it_counts_on_every_date_that_it_is_now(change, counts):
    bookable = make_bookable()
    bookable.therapist.certifications.update(**change)

    (shown,) = team(on=[MONDAY, MONDAY + timedelta(days=1)])

    assert bool(shown.certifications) is counts
    assert bool(shown.offers) is counts


def test_a_therapist_who_holds_nothing_gives_what_requires_nothing():
    therapist = make_therapist()
    hands = make_session_type(locations=(make_location(),), therapists=(therapist,))

    (shown,) = team(on=[MONDAY])

    assert (shown.certifications, shown.session_types) == ([], [hands])


def test_a_retired_therapist_is_not_shown():
    gone = make_therapist(active=False)

    assert team(on=[MONDAY]) == []
    assert member(gone.slug, on=[MONDAY]) is None


def test_one_is_found_by_her_slug():
    make_therapist(slug="ana")
    mei = make_therapist(slug="mei")

    found = member("mei", on=[MONDAY])

    assert found is not None
    assert found.therapist == mei
    assert member("nobody", on=[MONDAY]) is None


def test_s7_a_therapist_who_works_with_her_hands_only_is_shown_as_always():
    bookable = make_bookable()
    before = team(on=[MONDAY])
    make_time_off(
        therapist=bookable.therapist,
        location=bookable.location,
        wall_from="2026-08-01 00:00",
        wall_until="2026-09-01 00:00",
        barefoot_only=True,
    )

    assert team(on=[MONDAY]) == before
    assert givers(offer_of(bookable.session_type), on=[MONDAY]) == [bookable.therapist]


def test_a_session_is_given_by_who_works_there_and_holds_what_it_requires():
    bookable = make_bookable()
    elsewhere, uncertified = make_therapist(slug="elsewhere"), make_therapist(slug="uncertified")
    licence = bookable.session_type.requires_qualifications.get()
    make_certification(therapist=elsewhere, qualification=licence)
    make_shift(therapist=elsewhere, location=make_location())
    make_shift(therapist=uncertified, location=bookable.location)
    bookable.session_type.therapists.add(elsewhere, uncertified)

    assert givers(offer_of(bookable.session_type), on=[MONDAY]) == [bookable.therapist]


def test_a_therapist_works_on_weekdays_and_on_dates_beside_them():
    therapist, here, there = make_therapist(), make_location(), make_location()
    make_location()
    for weekday in (4, 0):
        make_shift(therapist=therapist, location=here, weekday=weekday)
    make_shift(therapist=therapist, location=here, weekday=4, time_from="18:00", time_until="20:00")
    make_extra_shift(
        therapist=therapist,
        location=there,
        wall_from="2026-08-08 10:00",
        wall_until="2026-08-08 12:00",
    )

    assert workplaces(therapist, [here, there], today=MONDAY) == [
        Workplace(here, [Weekday.MON, Weekday.FRI], []),
        Workplace(there, [], [date(2026, 8, 8)]),
    ]


def test_what_is_over_is_no_workplace():
    therapist, here = make_therapist(), make_location()
    make_shift(therapist=therapist, location=here, last=MONDAY - timedelta(days=1))
    make_extra_shift(
        therapist=therapist,
        location=here,
        wall_from="2026-08-02 10:00",
        wall_until="2026-08-02 12:00",
    )

    assert workplaces(therapist, [here], today=MONDAY) == []


@pytest.mark.parametrize("others", [0, 3])
def test_the_team_takes_three_queries_however_many_there_are(others, django_assert_num_queries):
    bookable = make_bookable()
    for _ in range(others):
        therapist = make_therapist()
        make_certification(
            therapist=therapist, qualification=make_qualification(slug=therapist.slug)
        )
        bookable.session_type.therapists.add(therapist)

    with django_assert_num_queries(3):
        assert len(team(on=[MONDAY])) == 1 + others
