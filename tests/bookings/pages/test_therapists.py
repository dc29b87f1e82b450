import re
from datetime import date

import pytest

from tests.bookings.pages.visiting import text, times_url
from tests.factories import (
    make_bookable,
    make_certification,
    make_location,
    make_qualification,
    make_shift,
    make_therapist,
    make_time_off,
)
from tests.uploading import give_photo

pytestmark = pytest.mark.django_db

HERS = "/therapists/therapist-1/"


def test_a_therapist_is_shown_with_what_counts_today(client):
    bookable = make_bookable()
    insurance = make_qualification(slug="insurance")
    make_certification(
        therapist=bookable.therapist, qualification=insurance, expires_on=date(2026, 8, 2)
    )
    bookable.therapist.languages = ["en", "ht"]
    bookable.therapist.save()

    everybody, she = (text(client.get(path)) for path in ("/therapists/", HERS))

    assert "Gives Session-1" in everybody
    assert "Speaks English, Haitian Creole" in everybody
    assert "Languages English, Haitian Creole" in she
    assert "Massage-Licence State Board" in she
    for page in (everybody, she):
        assert "Therapist-1" in page
        assert "Massage-Licence" in page
        assert "Insurance" not in page


def test_a_certificate_says_until_when_it_is_valid(client):
    bookable = make_bookable()
    bookable.therapist.certifications.update(expires_on=date(2027, 5, 31))

    assert "State Board, valid until May 31, 2027" in text(client.get(HERS))


def test_a_therapist_leads_to_her_own_times(client):
    bookable = make_bookable()

    page = client.get(HERS).content.decode()

    assert f'href="{times_url(bookable, therapist="therapist-1")}"' in page


def test_a_session_is_booked_with_her_only_where_she_works(client):
    bookable = make_bookable()
    elsewhere = make_location(slug="elsewhere")
    bookable.session_type.locations.add(elsewhere)

    assert "/book/elsewhere/" not in client.get(HERS).content.decode()

    make_shift(therapist=bookable.therapist, location=elsewhere)

    assert "/book/elsewhere/" in client.get(HERS).content.decode()


def test_without_proof_nothing_can_be_booked_with_her(client):
    bookable = make_bookable()
    bookable.therapist.certifications.update(verified_on=None)

    page = text(client.get(HERS))

    assert "No session can be booked online with Therapist-1 at the moment." in page
    assert "None counts today" in page


def test_her_weekdays_are_told(client):
    therapist = make_therapist()
    for weekday in (1, 4):
        make_shift(therapist=therapist, location=make_location(), weekday=weekday)

    page = text(client.get(HERS))

    assert "Location-1 Tuesday" in page
    assert "Location-2 Friday" in page


def test_s7_nothing_tells_that_she_works_with_her_hands_only(client):
    bookable = make_bookable()
    before = [client.get(path).content for path in ("/therapists/", HERS)]
    make_time_off(
        therapist=bookable.therapist,
        location=bookable.location,
        wall_from="2026-08-01 00:00",
        wall_until="2026-09-01 00:00",
        barefoot_only=True,
    )

    assert [client.get(path).content for path in ("/therapists/", HERS)] == before


def test_a_photo_is_shown_with_its_measures_and_her_name(client):
    therapist = give_photo(make_bookable().therapist, 400, 300)

    she, everybody, session = (
        client.get(path).content.decode() for path in (HERS, "/therapists/", "/sessions/session-1/")
    )

    assert f'src="{therapist.photo.url}" alt="Therapist-1" width="400" height="300"' in she
    for page in (everybody, session):
        assert f'src="{therapist.photo_square.url}" alt=""' in page


def test_without_a_photo_a_drawing_stands_for_her(client):
    make_bookable()

    for path in (HERS, "/therapists/", "/sessions/session-1/"):
        assert re.search(
            r'src="[^"]+/portrait-[1-4]\.svg" alt=""', client.get(path).content.decode()
        )


def test_a_retired_therapist_is_not_shown(client):
    make_therapist(slug="gone", active=False)

    assert "Gone" not in text(client.get("/therapists/"))
    assert client.get("/therapists/gone/").status_code == 404


def test_without_therapists_the_page_says_so(client):
    assert "The team will be introduced here soon." in text(client.get("/therapists/"))
