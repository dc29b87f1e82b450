"""Certifications as staff edits them."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.bookings.admin.filling import book, bookings_named, change, errors_of, listed, save
from tests.factories import (
    make_bookable,
    make_certification,
    make_location,
    make_qualification,
    make_therapist,
)
from therapists.models import Certification

pytestmark = pytest.mark.django_db
ADD_CERTIFICATION = reverse("admin:therapists_certification_add")
CERTIFICATIONS = reverse("admin:therapists_certification_changelist")


def certify(browser, **values):
    return save(
        browser,
        ADD_CERTIFICATION,
        **{
            "therapist": make_therapist().pk,
            "qualification": make_qualification().pk,
            "issuing_body": "State Board",
            "number": "LIC-1",
            "issued_on": "2026-01-01",
        }
        | values,
    )


def test_s6_whoever_verifies_is_written_down(manager, manager_account):
    certify(manager, verified_on="2026-08-03")

    assert Certification.objects.get().verified_by == manager_account


def test_s6_an_unverified_certification_has_nobody(manager):
    certify(manager)

    assert Certification.objects.get().verified_by is None


def test_s6_a_verification_that_is_taken_back_takes_the_name_with_it(manager):
    certify(manager, verified_on="2026-08-03")

    save(manager, change(Certification.objects.get()), verified_on="")

    assert Certification.objects.get().verified_by is None


def test_s6_an_edit_leaves_the_name_of_who_verified(sign_in, manager, manager_account):
    certify(manager, verified_on="2026-08-03")
    certification = Certification.objects.get()

    save(manager, change(certification), number="LIC-2")

    certification.refresh_from_db()
    assert (certification.number, certification.verified_by) == ("LIC-2", manager_account)


def test_s6_verified_in_the_future_is_refused(manager):
    page = certify(manager, verified_on="2026-08-04")

    assert errors_of(page) == {
        "verified_on": ["This day lies ahead. Give the day on which it was looked at."]
    }


def test_s6_today_is_the_latest_date_at_any_location(manager):
    make_location(timezone="Pacific/Kiritimati")

    certify(manager, verified_on="2026-08-04")

    assert Certification.objects.get().verified_on == date(2026, 8, 4)


def test_s6_an_end_before_the_issue_is_refused(manager):
    page = certify(manager, expires_on="2025-12-31")

    assert errors_of(page) == {"__all__": ["It cannot end before it was issued."]}


def test_b7_a_certification_is_revoked_and_not_deleted(manager):
    certification = make_certification(
        therapist=make_therapist(), qualification=make_qualification()
    )

    url = reverse("admin:therapists_certification_delete", args=[certification.pk])

    assert manager.post(url, {"post": "yes"}).status_code == 403


def test_b8_a_revoked_certification_names_the_bookings(manager):
    made = make_bookable()
    book(made)

    page = save(manager, change(made.therapist.certifications.get()), revoked_on="2026-08-03")

    assert bookings_named(page).endswith("Therapist-1: S6")


STANDINGS: dict[str, dict[str, Any]] = {
    "valid": {},
    "lapses in 59 days": {"expires_on": date(2026, 10, 1)},
    "lapses in 0 days": {"expires_on": date(2026, 8, 3)},
    "lapsed": {"expires_on": date(2026, 8, 2)},
    "revoked": {"revoked_on": date(2026, 8, 3)},
    "not verified": {"verified_on": None},
    "not yet": {"issued_on": date(2026, 8, 4)},
}


@pytest.mark.parametrize("standing", STANDINGS)
def test_s6_the_list_says_what_counts_today(manager, standing):
    make_certification(
        therapist=make_therapist(), qualification=make_qualification(), **STANDINGS[standing]
    )

    page = manager.get(CERTIFICATIONS)

    assert f'<td class="field-standing">{standing}</td>' in page.content.decode()


@pytest.mark.parametrize(
    ("standing", "numbers"),
    [("unverified", {"5"}), ("lapsing", {"1", "2"}), ("lapsed", {"3", "4"})],
)
def test_s6_the_list_can_be_narrowed_to_a_standing(manager, standing, numbers):
    therapist, qualification = make_therapist(), make_qualification()
    for number, dates in enumerate(STANDINGS.values()):
        make_certification(
            therapist=therapist, qualification=qualification, number=str(number), **dates
        )

    page = manager.get(CERTIFICATIONS, {"standing": standing})

    assert {certification.number for certification in listed(page)} == numbers
