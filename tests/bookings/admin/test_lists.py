"""Every list of the admin: as many queries for fifty rows as for one, searched, and exported."""

import csv
from io import StringIO

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.domain.staff import Role
from studio.exports import Exported
from tests.bookings.admin.rows import MAKERS, ONLY_ONE, TIMES
from tests.factories import (
    at,
    make_booking,
    make_client,
    make_location,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

LISTED = sorted(set(MAKERS) - ONLY_ONE)
WITHOUT_SEARCH = ONLY_ONE


def address(label, page):
    return reverse(f"admin:{label.replace('.', '_')}_{page}")


def table(answer):
    """The rows of a CSV answer."""
    return list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def test_every_registered_table_is_looked_at_here():
    registered = {model._meta.label_lower for model in admin.site._registry}

    assert registered == set(MAKERS)


@pytest.mark.parametrize("label", sorted(MAKERS))
def test_every_list_can_be_searched_and_exported(label):
    model_admin = admin.site._registry[apps.get_model(label)]

    assert isinstance(model_admin, Exported)
    assert model_admin.search_fields or label in WITHOUT_SEARCH


@pytest.mark.both_engines
@pytest.mark.parametrize("label", LISTED)
def test_a_list_and_its_file_take_as_many_queries_for_fifty_rows_as_for_one(manager, label):
    def queries(page):
        with CaptureQueriesContext(connection) as found:
            answer = manager.get(address(label, page))
            assert answer.status_code == 200
            if answer.streaming:
                answer.getvalue()
        return len(found)

    pages = ("changelist", "export")
    MAKERS[label](0)
    queries("changelist")  # what is read once, such as content types
    at_one = [queries(page) for page in pages]
    for number in range(1, 50):
        MAKERS[label](number)

    assert apps.get_model(label)._default_manager.count() >= 50
    assert [queries(page) for page in pages] == at_one


def test_an_export_has_the_lists_columns_and_all_filtered_rows(manager, monkeypatch):
    monkeypatch.setattr(admin.site._registry[apps.get_model("bookings.client")], "list_per_page", 2)
    for name in ("Ann", "Anna", "Annika", "Bea"):
        make_client(name=name)

    page = manager.get(address("bookings.client", "changelist"), {"q": "ann"})
    rows = table(manager.get(address("bookings.client", "export"), {"q": "ann"}))

    assert len(page.context["cl"].result_list) == 2
    assert [row[0] for row in rows[1:]] == ["Ann", "Anna", "Annika"]
    assert f'href="{address("bookings.client", "export")}?q=ann"' in page.content.decode()


def test_an_export_shows_what_the_list_shows(manager):
    booking = make_booking(starts_at=at("2026-08-03 10:00"), reference="ABC")

    header, row = table(manager.get(address("bookings.booking", "export")))

    assert dict(zip(header, row, strict=True)) == {
        "reference": "ABC",
        "when": "Mon 3 Aug 2026, 10:00 -06:00",
        "client": "Robin Client",
        "session": booking.session_name,
        "therapist": booking.therapist.name,
        "room": booking.room.name,
        "status": "confirmed",
        "to pay": "120.00 USD",
    }


def test_a_yes_and_a_chosen_word_are_words(manager):
    MAKERS["therapists.shift"](0)
    MAKERS["therapists.therapist"](0)

    weekdays = [row[2] for row in table(manager.get(address("therapists.shift", "export")))]
    active = table(manager.get(address("therapists.therapist", "export")))[1][-1]

    assert weekdays == ["day of its start", "Monday"]
    assert active == "yes"


def test_a_booking_list_looks_at_coming_ones_first_in_the_file_too(manager):
    make_booking(starts_at=at("2026-08-02 10:00"), reference="PAST")
    make_booking(starts_at=at("2026-08-04 10:00"), reference="COMING")
    url = address("bookings.booking", "export")

    assert [row[0] for row in table(manager.get(url))[1:]] == ["COMING"]
    assert [row[0] for row in table(manager.get(url, {"when": "past"}))[1:]] == ["PAST"]


def test_the_ticked_rows_are_exported(manager):
    ann, _bea, cy = (make_client(name=name) for name in ("Ann", "Bea", "Cy"))

    answer = manager.post(
        address("bookings.client", "changelist"),
        {"action": "export", "_selected_action": [ann.pk, cy.pk], "index": "0"},
    )

    assert [row[0] for row in table(answer)[1:]] == ["Ann", "Cy"]
    assert answer["Content-Disposition"] == 'attachment; filename="clients-2026-08-03.csv"'


def test_an_export_of_the_schedule_ends_no_cached_answer(manager):
    location = make_location()
    shift = make_shift(therapist=make_therapist(), location=location)
    before = location.version.number

    manager.post(
        address("therapists.shift", "changelist"),
        {"action": "export", "_selected_action": [shift.pk], "index": "0"},
    )

    location.version.refresh_from_db()
    assert location.version.number == before


def test_a_formula_in_a_name_is_harmless(manager):
    make_client(name='=HYPERLINK("http://example.org")')

    rows = table(manager.get(address("bookings.client", "export")))

    assert rows[1][0] == '\'=HYPERLINK("http://example.org")'


def test_a_filter_without_sense_leads_back_to_the_list(manager):
    MAKERS["therapists.timeoff"](0)

    answer = manager.get(address("therapists.timeoff", "export"), {"month": "soon"})

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{address('therapists.timeoff', 'changelist')}?e=1",
    )


@pytest.mark.both_engines
@pytest.mark.parametrize("part", ["changelist", "export"])
def test_a_filter_that_no_database_looks_for_leads_back_to_the_list(manager, part):
    make_booking()

    answer = manager.get(address("bookings.booking", part), {"status__exact": "\0"})

    assert (answer.status_code, answer["Location"].partition("?")[2]) == (302, "e=1")


def test_whoever_chooses_a_row_for_a_form_is_not_offered_a_file(manager):
    page = manager.get(address("bookings.client", "changelist"), {"_popup": "1"})

    assert "Export as CSV" not in page.content.decode()


def test_p2_a_therapist_exports_her_own_bookings_only(sign_in):
    browser = sign_in(Role.THERAPIST)
    own = Therapist.objects.get(slug="own-account")
    make_booking(therapist=own, reference="OWN")
    make_booking(reference="OTHER")

    rows = table(browser.get(address("bookings.booking", "export")))

    assert [row[0] for row in rows[1:]] == ["OWN"]
    assert browser.get(address("bookings.client", "export")).status_code == 403


def test_s7_receptionists_export_no_private_period(receptionist):
    location, mei, noa = make_location(), make_therapist(slug="mei"), make_therapist(slug="noa")
    make_time_off(therapist=mei, location=location, **TIMES)
    make_time_off(therapist=noa, location=location, barefoot_only=True, **TIMES)

    rows = table(receptionist.get(address("therapists.timeoff", "export")))

    assert [row[0] for row in rows] == ["therapist", "Mei"]
    assert "barefoot only" not in rows[0]


@pytest.mark.parametrize(
    ("label", "query", "count"),
    [
        ("premises.closure", {"month": "2026-08"}, 1),
        ("premises.closure", {"month": "2026-07"}, 0),
        ("premises.roomblock", {"month": "2026-08"}, 1),
        ("therapists.timeoff", {"month": "2026-09"}, 0),
        ("therapists.shift", {"in_force": "now"}, 1),
        ("therapists.shift", {"in_force": "over"}, 0),
        ("therapists.shift", {"in_force": "later"}, 0),
        ("premises.inspection", {"due": "soon"}, 1),
        ("premises.inspection", {"due": "overdue"}, 0),
        ("premises.inspection", {"due": "later"}, 0),
    ],
)
def test_a_list_is_narrowed_by_its_days(manager, label, query, count):
    MAKERS[label](0)

    page = manager.get(address(label, "changelist"), query)

    assert page.context["cl"].result_count == count
