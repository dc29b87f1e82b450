"""Therapists as staff edits them."""

from typing import Any

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from tests.bookings.admin.filling import book, bookings_named, change, queries_of, save
from tests.factories import (
    at,
    make_bookable,
    make_certification,
    make_extra_shift,
    make_location,
    make_qualification,
    make_shift,
    make_therapist,
    make_time_off,
)
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

ADD_THERAPIST = reverse("admin:therapists_therapist_add")


def test_a_therapist_is_added_with_her_shifts(manager):
    location = make_location()

    save(
        manager,
        ADD_THERAPIST,
        name="Mei Tanaka",
        slug="mei",
        languages="en, ja",
        **{
            "shifts-TOTAL_FORMS": "1",
            "shifts-0-location": location.pk,
            "shifts-0-weekday": "0",
            "shifts-0-time_from": "22:00",
            "shifts-0-time_until": "06:00",
        },
    )

    therapist = Therapist.objects.get()
    shift = therapist.shifts.get()
    assert therapist.languages == ["en", "ja"]
    assert (shift.weekday, shift.time_from, shift.time_until) == (0, 22 * 60, 6 * 60)


@pytest.mark.parametrize(
    "model", ["qualification", "therapist", "certification", "shift", "extrashift", "timeoff"]
)
def test_lists_need_as_many_queries_for_three_rows_as_for_one(manager, model):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            therapist, location = make_therapist(), make_location()
            make_certification(
                therapist=therapist, qualification=make_qualification(slug=therapist.slug)
            )
            make_shift(therapist=therapist, location=location)
            times: Any = {"wall_from": "2026-08-03 10:00", "wall_until": "2026-08-03 12:00"}
            make_extra_shift(therapist=therapist, location=location, **times)
            make_time_off(therapist=therapist, location=location, **times)
        counts.append(queries_of(manager, reverse(f"admin:therapists_{model}_changelist")))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.RECEPTIONIST])
def test_a_therapist_with_many_shifts_needs_as_many_queries_as_with_one(sign_in, role):
    browser, therapist, location = sign_in(role), make_therapist(), make_location()
    counts = []
    for weekday in range(3):
        make_shift(therapist=therapist, location=location, weekday=weekday)
        counts.append(queries_of(browser, change(therapist)))

    assert counts[0] == counts[1] == counts[2]


def test_b8_a_lowered_cap_names_the_days_that_are_over_it(manager):
    made = make_bookable()
    book(made, starts_at=at("2026-08-04 10:00"))

    page = save(manager, change(made.therapist), max_barefoot_minutes_per_day="30")

    assert bookings_named(page).endswith("Therapist-1: S8")


def test_the_tables_lead_to_the_pages_of_the_desk(manager):
    certification = make_certification(
        therapist=make_therapist(slug="mei"), qualification=make_qualification()
    )

    therapist = manager.get(change(certification.therapist)).content.decode()

    assert 'href="/admin/therapist/mei/"' in therapist
    assert reverse("admin:certification", args=[certification.pk]) in (
        manager.get(change(certification)).content.decode()
    )
