from datetime import date

import pytest

from studio.premises.models import Location
from tests.calling import anyone, fields_of
from tests.factories import (
    make_certification,
    make_equipment,
    make_extra_shift,
    make_location,
    make_qualification,
    make_session_type,
    make_shift,
    make_studio,
    make_therapist,
)
from tests.uploading import give_photo

pytestmark = pytest.mark.django_db

EVERYTHING = ["locations/", "session-types/", "therapists/"]


def results(path, **query):
    response = anyone().get(path, query)
    assert response.status_code == 200
    return response.json()["results"]


def slugs(path, **query):
    return [row["slug"] for row in results(path, **query)]


def test_a_location_with_its_policy():
    make_location(slug="downtown")

    assert results("locations/") == [
        {
            "slug": "downtown",
            "name": "Downtown",
            "timezone": "America/Denver",
            "address": "1 Main Street",
            "phone": "+1 303 555 0100",
            "email": "studio@example.org",
            "slot_step_minutes": 15,
            "min_notice_minutes": 120,
            "horizon_days": 90,
            "free_cancellation_hours": 24,
        }
    ]


def test_a_location_that_takes_no_bookings_is_not_listed():
    make_location(slug="downtown")
    make_location(slug="uptown", active=False)

    assert slugs("locations/") == ["downtown"]


def test_a_session_type_with_all_it_requires():
    make_studio(currency="EUR")
    place = make_location(slug="downtown")
    make_session_type(
        slug="bar-60",
        style="bar",
        price="95.5",
        locations=(place,),
        requires_equipment=(make_equipment(slug="ceiling-bars"),),
        requires_qualifications=(make_qualification(slug="licence"),),
    )

    assert results("session-types/") == [
        {
            "slug": "bar-60",
            "name": "Bar-60",
            "summary": "",
            "description": "",
            "style": "bar",
            "barefoot": True,
            "duration_minutes": 60,
            "price": {"amount": "95.50", "currency": "EUR"},
            "requires": {
                "qualifications": [{"slug": "licence", "name": "Licence"}],
                "equipment": [{"slug": "ceiling-bars", "name": "Ceiling-Bars"}],
            },
            "locations": ["downtown"],
        }
    ]


def test_s1_session_types_of_a_location_and_of_a_style():
    here, there = make_location(slug="here"), make_location(slug="there")
    make_session_type(slug="a", style="bar", locations=(here,))
    make_session_type(slug="b", style="mat", locations=(here, there))
    make_session_type(slug="c", style="mat", locations=(there,))

    assert slugs("session-types/") == ["a", "b", "c"]
    assert slugs("session-types/", location="there") == ["b", "c"]
    assert slugs("session-types/", location="here", style="mat") == ["b"]
    assert slugs("session-types/", location="", style="") == ["a", "b", "c"]


def test_a_session_type_that_cannot_be_booked_is_not_listed():
    place = make_location()
    make_session_type(slug="retired", active=False, locations=(place,))
    make_session_type(slug="nowhere")
    make_session_type(slug="closed-down", locations=(make_location(active=False),))

    assert slugs("session-types/") == []


def test_a_retired_location_is_not_among_those_of_a_session_type():
    make_session_type(
        locations=(make_location(slug="here"), make_location(slug="gone", active=False))
    )

    assert results("session-types/")[0]["locations"] == ["here"]


def test_a_photo_has_a_whole_address(settings):
    settings.BASE_URL = "https://studio.example"
    therapist = give_photo(make_therapist())

    (found,) = results("therapists/")

    assert found["photo"] == f"https://studio.example{therapist.photo.url}"
    assert found["photo"].endswith(".webp")


def test_a_therapist_with_what_they_can_prove():
    place = make_location()
    therapist = make_therapist(slug="ana")
    make_session_type(slug="bar-60", locations=(place,), therapists=(therapist,))
    make_session_type(slug="old", locations=(place,), therapists=(therapist,), active=False)
    make_certification(
        therapist=therapist,
        qualification=make_qualification(slug="licence"),
        issued_on=date(2024, 3, 1),
        expires_on=date(2027, 2, 28),
    )

    assert results("therapists/") == [
        {
            "slug": "ana",
            "name": "Ana",
            "pronouns": "",
            "bio": "",
            "photo": None,
            "languages": [],
            "session_types": ["bar-60"],
            "certifications": [
                {
                    "qualification": {"slug": "licence", "name": "Licence"},
                    "issuing_body": "State Board",
                    "issued_on": "2024-03-01",
                    "expires_on": "2027-02-28",
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    "dates",
    [
        {"expires_on": date(2026, 8, 2)},
        {"issued_on": date(2026, 8, 4)},
        {"revoked_on": date(2026, 8, 3)},
        {"verified_on": None},
    ],
    ids=["expired", "not yet issued", "revoked", "not verified"],
)
def test_s6_a_certification_that_does_not_count_today_is_not_shown(dates):
    make_location()
    make_certification(therapist=make_therapist(), qualification=make_qualification(), **dates)

    assert results("therapists/")[0]["certifications"] == []


def test_t1_today_is_the_date_of_the_location_asked_for():
    denver = make_location(slug="denver")
    kiritimati = make_location(slug="kiritimati", timezone="Pacific/Kiritimati")
    therapist = make_therapist()
    for place in (denver, kiritimati):
        make_shift(therapist=therapist, location=place)
    make_certification(
        therapist=therapist, qualification=make_qualification(), expires_on=date(2026, 8, 3)
    )

    def shown(**query):
        return len(results("therapists/", **query)[0]["certifications"])

    assert shown(location="denver") == 1
    assert shown(location="kiritimati") == 0
    # Anywhere: only what counts wherever it is today.
    assert shown() == 0


def test_therapists_of_a_location_work_there_now_or_later():
    place, elsewhere = make_location(slug="here"), make_location()
    weekly, extra, left, was, other = (
        make_therapist(slug=slug) for slug in ("weekly", "extra", "left", "was", "other")
    )
    make_shift(therapist=weekly, location=place, last=date(2026, 8, 3))
    make_shift(therapist=left, location=place, last=date(2026, 8, 2))
    make_shift(therapist=other, location=elsewhere)
    for therapist, day in ((extra, "2026-08-03"), (was, "2026-08-02")):
        make_extra_shift(
            therapist=therapist,
            location=place,
            wall_from=f"{day} 09:00",
            wall_until=f"{day} 17:00",
        )

    assert slugs("therapists/", location="here") == ["extra", "weekly"]


def test_therapists_for_a_session_type_offer_it():
    ana, _mei = make_therapist(slug="ana"), make_therapist(slug="mei")
    make_session_type(slug="bar-60", therapists=(ana,))

    assert slugs("therapists/", session_type="bar-60") == ["ana"]


def test_a_retired_therapist_is_not_listed():
    make_therapist(active=False)

    assert slugs("therapists/") == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("session-types/", "location"),
        ("session-types/", "style"),
        ("therapists/", "location"),
        ("therapists/", "session_type"),
    ],
)
@pytest.mark.parametrize("value", ["nothing", "retired", "a\x00b", "'; --", "a" * 3000])
def test_an_unknown_or_retired_slug_is_invalid(path, field, value):
    make_location(slug="retired", active=False)
    make_session_type(slug="retired", style="retired", active=False)

    assert fields_of(anyone().get(path, {field: value})) == [field]


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize(
    "query",
    [{"page_size": 0}, {"page_size": 201}, {"page_size": "many"}, {"cursor": "x"}, {"page": 2}],
)
def test_a_page_that_does_not_exist_is_invalid(path, query):
    assert fields_of(anyone().get(path, query)) == list(query)


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_list_comes_in_pages(path):
    for _ in range(3):
        make_bookable_of_its_own()

    first = anyone().get(path, {"page_size": 2}).json()
    rest = anyone().client.get(first["next"]).json()

    assert [len(first["results"]), len(rest["results"])] == [2, 1]
    assert rest["next"] is None


# Of each the first asks what has changed since (`studio.for_everybody`).
QUERIES = {"locations/": 2, "session-types/": 6, "therapists/": 5}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", EVERYTHING)
def test_more_rows_are_no_more_queries(path, rows, django_assert_num_queries):
    for _ in range(rows):
        make_bookable_of_its_own()

    with django_assert_num_queries(QUERIES[path]):
        assert len(results(path)) == rows


def make_bookable_of_its_own():
    """Everything that one booking needs, three times over if called three times."""
    number = Location.objects.count()
    place, therapist = make_location(), make_therapist()
    qualification = make_qualification(slug=f"licence-{number}")
    make_certification(therapist=therapist, qualification=qualification)
    make_shift(therapist=therapist, location=place)
    make_session_type(
        locations=(place,),
        therapists=(therapist,),
        requires_equipment=(make_equipment(slug=f"bars-{number}"),),
        requires_qualifications=(qualification,),
    )
