"""What is kept for everybody is never stale, and never somebody's own."""

import gzip
import re
import urllib.request
from datetime import timedelta
from http import HTTPStatus

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.scheduling.hours import to_minute
from studio.for_everybody import PAGES
from studio.premises.models import Location
from studio.premises.shown import tables
from tests.bookings.pages.visiting import hold
from tests.calling import BASE, ROBIN, anyone
from tests.factories import (
    MONDAY,
    at,
    make_bookable,
    make_closure_of_dates,
    make_location,
    make_page,
    make_questionnaire,
    make_session_type,
    make_studio,
    make_time_off,
    make_user,
)
from tests.forking import manage
from tests.public_pages import TIMES, TIMES_FOR_TWO, public_pages
from tests.remembering import forget
from tests.serving import environment
from therapists.models import Certification

SLUGS = {
    "location": "location-1",
    "session_type": "session-1",
    "therapist": "therapist-1",
    "article": "questions",
}
MOVING = (TIMES, TIMES_FOR_TWO, "bookings:for-me", "bookings:book", "bookings:locations")
"""Pages of a moment, and those that lead on where there is one place."""

CALLS = ("locations/", "session-types/", "therapists/", "health-questionnaire/")
KEPT = [
    *(path for name, path in public_pages(**SLUGS).items() if name not in MOVING),
    *(f"{BASE}{call}" for call in CALLS),
    "/sitemap.xml",
    "/manifest.webmanifest",
]
NOT_SHOWN = {"premises_shown", "premises_scheduleversion"}
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def studio(db):
    """One place with all that there is to read of it."""
    make_studio(name="Barefoot")
    make_page(slug="home", kind="home", title="Home")
    make_page(slug="questions", title="Questions", place="header")
    make_questionnaire({"key": "surgery", "text_es": "¿Una operación?"})
    return make_bookable()


@pytest.mark.parametrize("path", KEPT)
def test_it_is_made_of_nothing_but_what_the_database_watches(client, studio, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == HTTPStatus.OK

    read = {table for query in asked for table in READ.findall(query["sql"])}
    assert read - NOT_SHOWN <= set(tables())


@pytest.mark.parametrize("path", KEPT)
def test_unchanged_it_costs_one_query_and_304_no_more(
    client, studio, path, django_assert_num_queries
):
    first = client.get(path)

    with django_assert_num_queries(1):
        again = client.get(path)
    with django_assert_num_queries(1):
        known = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert known.status_code == HTTPStatus.NOT_MODIFIED
    for name in ("Content-Type", "Cache-Control", "Vary"):
        assert again.get(name) == first.get(name)


def rename_place(studio):
    Location.objects.update(name="Elsewhere")


def close_place(studio):
    make_closure_of_dates(location=studio.location, first_day=MONDAY, last_day=MONDAY)


def take_a_week_off(studio):
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-10 00:00",
    )


def revoke(studio):
    Certification.objects.all().delete()


def give_up_session(studio):
    studio.session_type.therapists.clear()


def change_price(studio):
    studio.session_type.price += 1
    studio.session_type.save(update_fields=["price"])


def rename_studio(studio):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE premises_studio SET name = 'Of another name'")


def write_page(studio):
    make_page(slug="oil", title="Oil", place="footer")


CHANGES = [
    rename_place,
    close_place,
    take_a_week_off,
    revoke,
    give_up_session,
    change_price,
    rename_studio,
    write_page,
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_all_of_them_say_what_they_would_say_anew(client, studio, change):
    before = {path: client.get(path).content for path in KEPT}

    change(studio)

    after = {path: client.get(path).content for path in KEPT}
    forget()
    assert after == {path: client.get(path).content for path in KEPT}
    assert after != before


def next_monday() -> int:
    """Just after midnight in Denver, a week later."""
    return to_minute(at("2026-08-10 00:00"))


def test_a_certificate_that_has_lapsed_at_midnight_is_gone(client, studio, settings):
    Certification.objects.update(expires_on=MONDAY + timedelta(days=6))
    before = client.get("/therapists/").content

    settings.CLOCK = f"{__name__}.next_monday"

    after = client.get("/therapists/").content
    forget()
    assert before != after == client.get("/therapists/").content


def test_it_travels_in_the_form_that_is_taken(client, studio):
    plain = client.get("/sessions/")

    shorter = client.get("/sessions/", headers={"Accept-Encoding": "gzip"})
    shortest = client.get("/sessions/", headers={"Accept-Encoding": "gzip, deflate, br"})

    assert gzip.decompress(shorter.content) == brotli.decompress(shortest.content) == plain.content
    assert len(shortest.content) < len(shorter.content) < len(plain.content)
    assert (shorter["Content-Encoding"], shortest["Content-Encoding"]) == ("gzip", "br")
    assert shorter["ETag"] == shortest["ETag"] == f"W/{plain['ETag']}"
    for sent in (shorter, shortest):
        assert sent["Content-Length"] == str(len(sent.content))
        assert "Accept-Encoding" in sent["Vary"]


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000,gzip;q=0.5", "gzip"),
        ("gzip;q=0, BR;Q=0", None),
        ("gzip;q=0, br;q=0.01", "br"),
    ],
)
def test_a_form_that_is_refused_is_not_sent(client, studio, accepted, sent):
    answer = client.get("/sessions/", headers={"Accept-Encoding": accepted})

    assert answer.get("Content-Encoding") == sent
    assert "Accept-Encoding" in answer["Vary"]


def test_each_language_and_each_host_has_its_own(client, studio):
    assert client.get("/terms/").content != client.get("/es/terms/").content
    english, spanish = (
        anyone().get("health-questionnaire/", Accept_Language=code).json() for code in ("en", "es")
    )
    assert english != spanish
    make_location()
    here, there = (
        Client(SERVER_NAME=host).get(f"{BASE}locations/?page_size=1").json()["next"]
        for host in ("localhost", "testserver")
    )
    assert here.startswith("http://localhost/") and there.startswith("http://testserver/")


def test_who_has_the_address_read_by_another_charset_leaves_nothing_behind(client, studio):
    make_session_type(slug="mat-60", style="mat", locations=(studio.location,))
    path = "/sessions/?style=mat&"
    by_style = client.get(path).content
    forget()

    other = client.get(path, headers={"Content-Type": "text/html; charset=utf-16"}).content

    assert other != by_style
    assert client.get(path).content == by_style


def test_what_api_callers_do_not_accept_is_not_sent_from_what_others_did(studio):
    anyone().get("locations/")

    refused = anyone().get("locations/", Accept="text/csv")

    assert refused.status_code == HTTPStatus.NOT_ACCEPTABLE


def test_what_api_callers_may_not_send_is_refused_although_others_were_answered(studio):
    anyone().get("locations/")

    refused = anyone().get("locations/", Transfer_Encoding="chunked")

    assert refused.status_code == HTTPStatus.BAD_REQUEST


def test_who_brings_a_session_a_message_or_a_token_leaves_nothing_behind(client, studio):
    hold(client, studio)  # this browser has a session now
    told = Client()
    told.get("/your-booking/")
    assert "messages" in told.cookies

    staff = Client()
    staff.force_login(make_user())

    for browser in (client, staff, told, Client(headers={"Authorization": "Bearer nobody"})):
        for path in KEPT:
            browser.get(path)

    assert list(PAGES) == []


def test_who_brings_one_gets_nothing_that_is_kept(studio):
    path = "/book/location-1/"
    kept = anyone().client.get(path)
    told = Client()
    told.get("/your-booking/")

    shown = told.get(path)

    assert "You are holding no time" in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    assert anyone().client.get(path).content == kept.content
    assert anyone().get("locations/").status_code == HTTPStatus.OK
    denied = Client(headers={"Authorization": "Bearer nobody"}).get(f"{BASE}locations/")
    assert denied.status_code == HTTPStatus.UNAUTHORIZED


def test_no_page_that_holds_a_form_or_a_token_is_ever_kept(client, studio):
    paths = [path for path in public_pages(**SLUGS).values() if path not in KEPT]

    for path in paths:
        anyone().client.get(path)
        anyone().client.post(path, ROBIN)

    assert list(PAGES) == []


MAKE_STUDIO = "from tests.factories import make_studio; make_studio()"
CHANGE_NAME = "from studio.premises.models import Studio; Studio.objects.update(name='Renamed')"
LOOKS = 12
"""So many connections reach each of two processes, but for once in two thousand times."""


def test_what_one_process_writes_the_next_look_at_any_other_shows(
    live_database, start_studio, tmp_path
):
    env = environment(live_database, tmp_path)
    manage(
        "shell", "-v0", "-c", f"{MAKE_STUDIO}; {CHANGE_NAME}".replace("Renamed", "First"), env=env
    )

    with start_studio(live_database, WORKERS="2") as running:

        def looks():
            return {
                re.findall(
                    "First|Renamed", urllib.request.urlopen(f"{running.url}/terms/").read().decode()
                )[0]
                for _ in range(LOOKS)
            }

        before = looks()
        manage("shell", "-v0", "-c", CHANGE_NAME, env=env)
        after = looks()

    assert (before, after) == ({"First"}, {"Renamed"})
