from datetime import date

import pytest

from tests.factories import (
    MONDAY,
    make_bookable,
    make_certification,
    make_closure_of_dates,
    make_extra_shift,
    make_location,
    make_qualification,
    make_session_type,
    make_shift,
    make_studio,
    make_therapist,
)
from tests.reading import Reading
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

BASE = "https://feet.example"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = BASE


def the(client, path, kind):
    [found] = Reading(client.get(path)).things(kind)
    return found


def opening_of(client, location):
    """The hours as (weekdays or dates, opens, closes)."""
    place = the(client, f"/locations/{location.slug}/", "HealthAndBeautyBusiness")
    return [
        (
            each.get("dayOfWeek") or (each["validFrom"], each["validThrough"]),
            each["opens"],
            each["closes"],
        )
        for each in place.get("openingHoursSpecification", [])
    ]


def test_a_session_is_a_service_that_is_offered_at_its_price_where_it_is_given(client):
    make_studio(name="Soft Feet", currency="EUR")
    session_type = make_session_type(
        slug="bar-60",
        price="95.50",
        duration_minutes=60,
        locations=(make_location(slug="downtown"), make_location(slug="uptown")),
    )
    session_type.summary = "An hour under the bars."
    session_type.save()

    page = Reading(client.get("/sessions/bar-60/"))
    [service] = page.things("Service")

    assert service["name"] == "Bar-60"
    assert service["description"] == "An hour under the bars."
    assert service["url"] == f"{BASE}/sessions/bar-60/"
    assert service["provider"]["name"] == "Soft Feet"
    assert [offer["url"] for offer in service["offers"]] == [
        f"{BASE}/book/downtown/bar-60/",
        f"{BASE}/book/uptown/bar-60/",
    ]
    for offer in service["offers"]:
        assert (offer["price"], offer["priceCurrency"]) == ("95.50", "EUR")
        assert offer["priceSpecification"]["referenceQuantity"] == {
            "@type": "QuantitativeValue",
            "value": 60,
            "unitCode": "MIN",
        }
    assert [offer["availableAtOrFrom"]["@id"] for offer in service["offers"]] == [
        place["@id"] for place in page.things("HealthAndBeautyBusiness")
    ]


def test_a_session_that_can_be_booked_nowhere_tells_nothing(client):
    make_session_type(slug="bar-60")

    assert client.get("/sessions/bar-60/").status_code == 404


def test_the_menu_lists_the_sessions_that_it_shows(client):
    place = make_location()
    make_session_type(slug="bar-60", style="bar", locations=(place,))
    make_session_type(slug="mat-60", style="mat", locations=(place,))

    def listed(path):
        entries = the(client, path, "ItemList")["itemListElement"]
        return [(each["position"], each["name"], each["url"]) for each in entries]

    bar = (1, "Bar-60", f"{BASE}/sessions/bar-60/")
    assert listed("/sessions/") == [bar, (2, "Mat-60", f"{BASE}/sessions/mat-60/")]
    assert listed("/sessions/?style=bar") == [bar]


def test_a_therapist_is_told_with_what_counts_today(client):
    make_studio(name="Soft Feet")
    therapist, place = make_therapist(slug="mia"), make_location(slug="downtown")
    therapist.languages, therapist.bio = ["en", "ja"], "Walks softly."
    therapist.save()
    make_shift(therapist=therapist, location=place)
    licence = make_qualification(slug="licence")
    make_certification(therapist=therapist, qualification=licence, expires_on=date(2027, 1, 1))
    lapsed = make_qualification(slug="lapsed")
    make_certification(therapist=therapist, qualification=lapsed, expires_on=date(2026, 1, 1))

    person = the(client, "/therapists/mia/", "Person")

    assert (person["name"], person["description"]) == ("Mia", "Walks softly.")
    assert person["knowsLanguage"] == ["en", "ja"]
    assert person["worksFor"]["name"] == "Soft Feet"
    assert [each["name"] for each in person["workLocation"]] == ["Downtown"]
    assert person["hasCredential"] == [
        {
            "@type": "EducationalOccupationalCredential",
            "name": "Licence",
            "recognizedBy": {"@type": "Organization", "name": "State Board"},
            "expires": "2027-01-01",
        }
    ]
    assert "image" not in person


def test_a_photo_is_told_by_its_whole_address(client):
    make_therapist(slug="mia")
    Therapist.objects.update(photo="photos/1.webp", photo_width=4, photo_height=3)

    assert the(client, "/therapists/mia/", "Person")["image"] == f"{BASE}/uploads/photos/1.webp"


def test_a_page_below_a_list_tells_the_way_to_it(client):
    make_bookable()

    for path, above in (
        ("/sessions/session-1/", "/sessions/"),
        ("/therapists/therapist-1/", "/therapists/"),
    ):
        steps = the(client, path, "BreadcrumbList")["itemListElement"]
        assert [step["item"] for step in steps] == [f"{BASE}{above}", f"{BASE}{path}"]


def test_a_place_is_told_with_the_range_of_its_prices_and_its_map(client):
    place = make_location(slug="downtown")
    for price in ("60.00", "120.00", "95.50"):
        make_session_type(price=price, locations=(place,))

    told = the(client, "/locations/downtown/", "HealthAndBeautyBusiness")

    assert told["priceRange"] == "$60–$120"
    assert told["hasMap"] == "https://www.openstreetmap.org/search?query=1%20Main%20Street"


def test_one_price_is_no_range(client):
    place = make_location(slug="downtown")
    make_session_type(price="60.00", locations=(place,))

    assert the(client, "/locations/downtown/", "HealthAndBeautyBusiness")["priceRange"] == "$60"


def test_days_with_the_same_hours_are_told_together(client):
    therapist, place = make_therapist(), make_location()
    for weekday in (0, 2):
        make_shift(therapist=therapist, location=place, weekday=weekday)
    make_shift(
        therapist=therapist, location=place, weekday=5, time_from="10:00", time_until="14:00"
    )

    assert opening_of(client, place) == [
        (["Monday", "Wednesday"], "09:00", "17:00"),
        (["Saturday"], "10:00", "14:00"),
    ]


def test_a_date_that_differs_is_told_beside_the_usual_day(client):
    therapist, place = make_therapist(), make_location()
    make_shift(therapist=therapist, location=place, weekday=0)
    make_closure_of_dates(location=place, first_day=MONDAY, last_day=MONDAY)
    make_extra_shift(
        therapist=therapist,
        location=place,
        wall_from="2026-08-04 12:00",
        wall_until="2026-08-04 15:00",
    )

    assert opening_of(client, place) == [
        (["Monday"], "09:00", "17:00"),
        (("2026-08-03", "2026-08-03"), "00:00", "00:00"),
        (("2026-08-04", "2026-08-04"), "12:00", "15:00"),
    ]


def test_coming_closures_are_told_without_the_days_of_this_week_again(client):
    therapist, place = make_therapist(), make_location()
    make_shift(therapist=therapist, location=place, weekday=6)
    make_closure_of_dates(location=place, first_day=date(2026, 8, 9), last_day=date(2026, 8, 20))

    assert opening_of(client, place) == [
        (["Sunday"], "09:00", "17:00"),
        (("2026-08-09", "2026-08-09"), "00:00", "00:00"),
        (("2026-08-10", "2026-08-20"), "00:00", "00:00"),
    ]


@pytest.mark.parametrize(
    ("time_from", "time_until", "closes"),
    [("20:00", "02:00", "02:00"), ("20:00", "24:00", "23:59")],
)
def test_hours_until_midnight_and_past_it(client, time_from, time_until, closes):
    therapist, place = make_therapist(), make_location()
    make_shift(
        therapist=therapist,
        location=place,
        weekday=4,
        time_from=time_from,
        time_until=time_until,
    )

    assert opening_of(client, place) == [(["Friday"], "20:00", closes)]


def test_a_place_where_nobody_works_tells_no_hours(client):
    assert opening_of(client, make_location()) == []
