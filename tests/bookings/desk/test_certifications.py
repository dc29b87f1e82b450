"""Certifications at the desk. It is Monday, 3 August 2026."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bookings.domain.callers import CLOCK
from bookings.domain.certifying import attach
from bookings.domain.staff import Role
from tests.bookings.admin.filling import messages_of, queries_of
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    MONDAY,
    make_bookable,
    make_booking,
    make_certification,
    make_qualification,
    make_room,
    make_therapist,
)
from tests.uploading import PDF, content_of
from therapists.models import Certification, Proof

pytestmark = pytest.mark.django_db

LIST = reverse("admin:certifications")


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def licence(made):
    return made.therapist.certifications.get()


def url(certification):
    return reverse("admin:certification", args=[certification.pk])


def press(browser, certification, do, **more):
    return browser.post(url(certification), {"do": do, **more}, follow=True)


def upload(browser, certification, content=PDF, name="scan.pdf"):
    return press(browser, certification, "upload", file=SimpleUploadedFile(name, content))


def kept(certification):
    return attach(
        certification,
        SimpleUploadedFile("scan.pdf", PDF),
        caller=CLOCK,
        now=SEVEN_ON_MONDAY,
    )


def groups_of(page):
    return [
        (urgency.value, [row.certification for row in rows])
        for urgency, rows in page.context["groups"]
    ]


def test_s6_what_needs_a_look_is_listed_by_urgency(manager, licence):
    lapsing = make_certification(
        therapist=licence.therapist,
        qualification=make_qualification(slug="mat", style="mat", level=1),
        expires_on=MONDAY + timedelta(days=10),
    )
    Certification.objects.filter(pk=licence.pk).update(verified_on=None)

    page = manager.get(LIST)

    assert groups_of(page) == [("unverified", [licence]), ("30", [lapsing])]
    assert "10 days left" in page.content.decode()


def test_nothing_to_do_is_said(manager, licence):
    assert "none lapses within 60 days" in manager.get(LIST).content.decode()


def test_one_therapist_can_be_chosen(manager, licence):
    other = make_therapist(slug="other")
    hers = make_certification(
        therapist=other, qualification=licence.qualification, verified_on=None
    )
    Certification.objects.filter(pk=licence.pk).update(verified_on=None)

    page = manager.get(LIST, {"therapist": "other"})

    assert groups_of(page) == [("unverified", [hers])]


def test_b8_how_many_bookings_each_leaves_without_is_told(manager, made, licence):
    make_booking(therapist=made.therapist, room=made.room, session_type=made.session_type)
    Certification.objects.update(verified_on=None)

    assert "1 booking<" in manager.get(LIST).content.decode()
    assert "Mon 3 Aug 2026, Session-1" in manager.get(url(licence)).content.decode()


def test_s6_one_click_verifies_with_who_and_when(manager, manager_account, licence):
    Certification.objects.update(verified_on=None)

    page = press(manager, licence, "verify", back="list")

    licence.refresh_from_db()
    assert (licence.verified_on, licence.verified_by) == (MONDAY, manager_account)
    assert page.redirect_chain == [(LIST, 302)]
    assert messages_of(page) == ["Therapist-1: Massage-Licence: Verified."]
    assert LogEntry.objects.get().change_message == "Verified."


def test_s6_a_verification_can_be_taken_back(manager, licence):
    press(manager, licence, "unverify")

    licence.refresh_from_db()
    assert (licence.verified_on, licence.verified_by) == (None, None)


def test_s6_b8_a_revocation_names_who_from_when_and_the_bookings(
    manager, manager_account, made, licence
):
    make_booking(
        therapist=made.therapist,
        room=made.room,
        session_type=made.session_type,
        reference="ABCDE-FGHJK",
    )

    page = press(manager, licence, "revoke", day="2026-08-03")

    licence.refresh_from_db()
    assert (licence.revoked_on, licence.revoked_by) == (MONDAY, manager_account)
    assert "ABCDE-FGHJK" in messages_of(page)[1]
    assert "Therapist-1: S6<br>" in messages_of(page)[1]


def test_s6_a_revocation_can_be_taken_back(manager, licence):
    press(manager, licence, "revoke", day="2026-08-03")

    press(manager, licence, "restore")

    licence.refresh_from_db()
    assert (licence.revoked_on, licence.revoked_by) == (None, None)


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("", "This field is required."),
        ("soon", "Enter a valid date."),
        ("2019-12-31", "It was issued later than that."),
    ],
)
def test_a_day_that_cannot_be_is_refused(manager, licence, day, error):
    page = press(manager, licence, "revoke", day=day)

    assert page.context["revoke_form"].errors == {"day": [error]}
    licence.refresh_from_db()
    assert licence.revoked_on is None


def test_a_proof_is_uploaded_and_saved_as_a_file(manager, manager_account, licence):
    page = upload(manager, licence)

    proof = Proof.objects.get()
    assert messages_of(page) == ["Therapist-1: Massage-Licence: The proof was kept."]
    assert (proof.uploaded_by, content_of(proof)) == (manager_account, PDF)
    saved = manager.get(reverse("admin:proof", args=[proof.pk]))
    assert b"".join(saved.streaming_content) == PDF


def test_a_proof_is_never_shown_in_the_browser(manager, licence):
    saved = manager.get(reverse("admin:proof", args=[kept(licence).pk]))
    saved.close()

    assert saved.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "therapist-1-massage-licence-" in saved.headers["Content-Disposition"]
    assert saved.headers["Content-Type"] == "application/pdf"
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert saved.headers["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    )
    assert "no-store" in saved.headers["Cache-Control"]


def test_a_proof_whose_file_is_lost_is_not_found(manager, licence):
    proof = kept(licence)
    Path(proof.file.path).unlink()

    assert manager.get(reverse("admin:proof", args=[proof.pk])).status_code == 404


def test_a_replaced_proof_is_said_to_be(manager, licence):
    first = kept(licence)
    upload(manager, licence, PDF + b"2")

    page = manager.get(url(licence)).content.decode()

    assert page.count("replaced") == 1
    assert reverse("admin:proof", args=[first.pk]) in page


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<script>alert(1)</script>", "Give a PDF, or a PNG, JPEG or WebP image."),
        (b"", "The submitted file is empty."),
    ],
)
def test_what_is_no_proof_is_refused(manager, licence, content, error):
    page = upload(manager, licence, content)

    assert page.context["proof_form"].errors == {"file": [error]}
    assert not Proof.objects.exists()


def test_a_proof_over_the_limit_is_refused(manager, licence, settings):
    settings.UPLOAD_MEGABYTES = 1

    page = upload(manager, licence, PDF.ljust(1_000_001))

    assert page.context["proof_form"].errors == {
        "file": ["The file is too large. Give one of at most 1 MB."]
    }


def test_a_button_that_does_not_exist_does_nothing(manager, licence):
    assert press(manager, licence, "explode").redirect_chain == [(url(licence), 302)]


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.THERAPIST])
def test_p2_only_managers_come_here(sign_in, licence, role):
    browser, proof = sign_in(role), kept(licence)

    for address in (LIST, url(licence), reverse("admin:proof", args=[proof.pk])):
        assert browser.get(address).status_code == 403
    for button in ("verify", "unverify", "revoke", "restore", "upload"):
        assert press(browser, licence, button).status_code == 403


def test_p2_nobody_comes_here_without_signing_in(client, licence):
    for address in (LIST, url(licence), reverse("admin:proof", args=[kept(licence).pk])):
        assert client.get(address).status_code == 302


def test_p2_whoever_may_only_look_changes_nothing(client, django_user_model, licence):
    user = django_user_model.objects.create_user("auditor", is_staff=True)
    user.user_permissions.add(permission("view_certification"))
    client.force_login(user)

    page = client.get(url(licence))

    assert 'name="do"' not in page.content.decode()
    assert press(client, licence, "unverify").status_code == 403


def permission(codename):
    return Permission.objects.get(codename=codename)


def test_what_is_not_there_is_not_found(manager):
    assert manager.get(reverse("admin:certification", args=[1])).status_code == 404
    assert manager.get(reverse("admin:proof", args=[1])).status_code == 404


def test_more_rows_need_no_more_queries(manager, made, licence):
    Certification.objects.update(expires_on=MONDAY - timedelta(days=1))
    make_booking(therapist=made.therapist, room=made.room, session_type=made.session_type)
    kept(licence)
    counts = [(queries_of(manager, LIST), queries_of(manager, url(licence)))]
    for number in range(3):
        therapist = make_therapist()
        another = make_certification(
            therapist=therapist,
            qualification=licence.qualification,
            number=str(number),
            expires_on=MONDAY - timedelta(days=1),
        )
        kept(another)
        kept(licence)
        make_booking(
            therapist=therapist,
            room=make_room(location=made.location),
            session_type=made.session_type,
        )
    counts.append((queries_of(manager, LIST), queries_of(manager, url(licence))))

    assert counts[0] == counts[1]
