import csv
import re
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.domain.staff import Role
from bookings.enums import Status
from tests.factories import (
    at,
    make_booking,
    make_location,
    make_payment,
    make_room,
    make_shift,
    make_studio,
    make_therapist,
)

pytestmark = pytest.mark.django_db

AUGUST = {"first": "2026-08-01", "last": "2026-08-31"}
FILES = [
    ("utilisation", "utilisation"),
    ("utilisation", "therapists"),
    ("utilisation", "rooms"),
    ("bookings", "states"),
    ("bookings", "missed"),
    ("bookings", "sources"),
    ("bookings", "lead-time"),
    ("income", "income-usd"),
    ("income", "methods-usd"),
]


@pytest.fixture
def studio():
    """One booking that took place and was paid, of somebody who works eight hours that day."""
    make_studio()
    location = make_location(slug="denver")
    therapist = make_therapist(slug="mei")
    make_shift(therapist=therapist, location=location)
    booking = make_booking(
        therapist=therapist,
        room=make_room(location=location, slug="north"),
        starts_at=at("2026-08-03 10:00"),
        buffer_after_minutes=15,
        status=Status.COMPLETED,
    )
    make_payment(booking=booking)
    return location


def reports(browser, **query):
    return browser.get(reverse("admin:reports"), query)


def figures(page):
    """The slugs of the figures of each section."""
    return {
        section.slug: [figure.slug for figure in figures]
        for section, figures in page.context["sections"]
    }


def file(browser, section, figure, **query):
    """The rows of a figure's file."""
    answer = browser.get(reverse("admin:reports_file", args=[section, figure]), query)
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_a_manager_sees_every_figure(manager, studio):
    found = figures(reports(manager))

    assert [(section, figure) for section in found for figure in found[section]] == FILES


def test_p2_a_receptionist_sees_no_income(receptionist, studio):
    page = reports(receptionist)

    assert "income" not in figures(page)
    assert "120.00" not in page.content.decode()
    url = reverse("admin:reports_file", args=["income", "income-usd"])
    assert receptionist.get(url, AUGUST).status_code == 404


def test_p2_a_therapist_sees_no_reports(sign_in, studio):
    browser = sign_in(Role.THERAPIST)

    assert reports(browser).status_code == 403
    url = reverse("admin:reports_file", args=["utilisation", "therapists"])
    assert browser.get(url, AUGUST).status_code == 403
    assert "Reports" not in browser.get(reverse("admin:tables")).content.decode()


def test_nobody_sees_reports_without_signing_in(client):
    assert reports(client).status_code == 302
    url = reverse("admin:reports_file", args=["utilisation", "therapists"])
    assert client.get(url).status_code == 302


def test_the_first_look_is_at_this_month(manager, studio):
    page = reports(manager)

    assert "Denver, 1 Aug – 31 Aug 2026" in page.content.decode()
    assert [preset.label for preset in page.context["presets"] if preset.is_current] == [
        "This month"
    ]


def test_t1_the_month_is_that_of_the_location(manager, studio):
    kiritimati = make_location(slug="kiritimati", timezone="Pacific/Kiritimati")

    page = reports(manager, location=kiritimati.slug)

    assert "Kiritimati, 1 Aug – 31 Aug 2026" in page.content.decode()
    queries = {str(preset.label): preset.query for preset in page.context["presets"]}
    assert queries["This week"] == "first=2026-08-03&last=2026-08-09&location=kiritimati"


@pytest.mark.parametrize(("section", "figure"), FILES)
def test_every_figure_is_a_file_too(manager, studio, section, figure):
    page = reports(manager, **AUGUST).content.decode()
    url = reverse("admin:reports_file", args=[section, figure])

    assert f'href="{url}?first=2026-08-01&amp;last=2026-08-31"' in page
    assert len(file(manager, section, figure, **AUGUST)) > 1


def test_the_file_has_the_numbers_of_the_figure(manager, studio):
    assert file(manager, "utilisation", "therapists", **AUGUST) == [
        ["Therapist", "Open, hours", "Taken, hours", "Utilisation, %"],
        ["Mei", "40.00", "1.25", "3.1"],
    ]
    assert file(manager, "income", "income-usd", **AUGUST, by="month") == [
        ["from", "until", "Booked, USD", "Received, USD"],
        ["2026-08-01", "2026-08-31", "120.00", "120.00"],
    ]


def test_the_file_is_called_by_its_figure_and_the_day(manager, studio):
    answer = manager.get(reverse("admin:reports_file", args=["bookings", "lead-time"]))

    assert answer["Content-Disposition"] == 'attachment; filename="lead-time-2026-08-03.csv"'


def test_one_location_is_looked_at_alone(manager, studio):
    make_booking(room=make_room(location=make_location(slug="boulder")))

    everywhere, here = reports(manager), reports(manager, location="denver")

    assert len(rows(everywhere, "rooms")) == 2
    assert rows(here, "rooms") == [["North", "40.0 h", "1.2 h", "3.1%"]]


def rows(page, slug):
    """The words of a figure's table."""
    for _section, found in page.context["sections"]:
        for figure in found:
            if figure.slug == slug:
                return [[words for _column, words in row] for row in figure.table.shown]
    raise AssertionError(slug)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"first": "2026-08-31", "last": "2026-08-01"}, "cannot come before the first"),
        ({"first": "2026-08-01"}, "This field is required"),
        ({"first": "soon", "last": "2026-08-01"}, "Enter a valid date"),
        ({"first": "0001-01-01", "last": "0001-01-02"}, "Check the year"),
        ({"first": "2026-01-01", "last": "9999-12-31"}, "Check the year"),
        ({"first": "2020-01-01", "last": "2026-01-01"}, "five years at most"),
        ({"first": "2025-01-01", "last": "2026-08-01", "by": "day"}, "Choose weeks or months"),
        ({**AUGUST, "location": "nowhere"}, "Select a valid choice"),
        ({**AUGUST, "by": "hour"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_said(manager, studio, query, words):
    page = reports(manager, **query)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert "sections" not in page.context
    answer = manager.get(reverse("admin:reports_file", args=["bookings", "states"]), query)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (
        302,
        reverse("admin:reports"),
    )


@pytest.mark.both_engines
def test_a_location_that_no_database_looks_for_is_refused(manager, studio):
    assert "location" in reports(manager, location="\0").context["form"].errors


def test_a_figure_that_does_not_exist_is_not_found(manager, studio):
    for args in (["bookings", "therapists"], ["weather", "states"]):
        assert manager.get(reverse("admin:reports_file", args=args)).status_code == 404


def test_a_studio_without_anything_has_a_page_too(manager):
    page = reports(manager)

    assert page.status_code == 200
    assert "Nothing in this period." in page.content.decode()
    assert file(manager, "utilisation", "rooms") == [
        ["Room", "Open, hours", "Taken, hours", "Utilisation, %"]
    ]


def test_a_formula_in_a_name_is_harmless_in_a_file(manager, studio):
    therapist = make_therapist(slug="formula")
    therapist.name = "=1+1"
    therapist.save()
    make_shift(therapist=therapist, location=studio)

    assert file(manager, "utilisation", "therapists", **AUGUST)[1][0] == "'=1+1"


def test_no_chart_has_an_inline_style(manager, studio):
    page = reports(manager, **AUGUST).content.decode()

    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(charts) > 8
    assert not any("style=" in chart or "<script" in chart for chart in charts)
    assert all("<title" in chart for chart in charts if 'role="img"' in chart)


@pytest.mark.both_engines
def test_the_page_takes_as_many_queries_for_fifty_bookings_as_for_one(manager, studio):
    def queries():
        with CaptureQueriesContext(connection) as found:
            reports(manager, **AUGUST)
        return len(found)

    at_one = queries()
    for day in range(1, 28):
        for hour in (9, 14):
            booking = make_booking(
                room=make_room(location=studio), starts_at=at(f"2026-08-{day:02} {hour:02}:00")
            )
            make_payment(booking=booking)

    assert queries() == at_one
