"""Who verified and revoked a certification, and its proofs."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError

from bookings.domain.callers import at_desk
from bookings.domain.certifying import attach, revoke, verify
from bookings.scheduling.hours import to_instant
from bookings.scheduling.slots import Rule
from studio.premises.models import ScheduleVersion
from studio.uploads import FileKind
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import MONDAY, make_bookable, make_booking, make_location, make_user
from tests.uploading import PDF, content_of
from therapists.models import Certification, Proof

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def made():
    """A therapist with a licence that counts, and a booking on Monday at ten that needs it."""
    made = make_bookable()
    make_booking(therapist=made.therapist, room=made.room, session_type=made.session_type)
    return made


@pytest.fixture
def licence(made):
    return made.therapist.certifications.get()


@pytest.fixture
def caller():
    return at_desk(make_user(username="mona"))


def test_s6_who_verified_is_written_down_with_the_day(licence, caller):
    Certification.objects.update(verified_on=None)

    verify(licence, MONDAY, caller=caller, now=SEVEN_ON_MONDAY)

    licence.refresh_from_db()
    assert (licence.verified_on, licence.verified_by) == (MONDAY, caller.user)


def test_s6_a_verification_that_is_taken_back_takes_the_name_with_it(licence, caller):
    Certification.objects.update(verified_by=caller.user)

    found = verify(licence, None, caller=caller, now=SEVEN_ON_MONDAY)

    licence.refresh_from_db()
    assert (licence.verified_on, licence.verified_by) == (None, None)
    assert [each.rules for each in found] == [(Rule.CERTIFIED,)]


def test_s6_nobody_has_looked_tomorrow(licence, caller):
    with pytest.raises(ValidationError, match="lies ahead"):
        verify(licence, MONDAY + timedelta(days=1), caller=caller, now=SEVEN_ON_MONDAY)

    licence.refresh_from_db()
    assert licence.verified_on == date(2020, 1, 2)


def test_s6_today_is_the_latest_date_at_any_location(licence, caller):
    make_location(timezone="Pacific/Kiritimati")
    tomorrow = MONDAY + timedelta(days=1)

    verify(licence, tomorrow, caller=caller, now=SEVEN_ON_MONDAY)

    licence.refresh_from_db()
    assert licence.verified_on == tomorrow


def test_s6_b8_who_revoked_is_written_down_and_the_bookings_are_named(licence, caller):
    found = revoke(licence, MONDAY, caller=caller, now=SEVEN_ON_MONDAY)

    licence.refresh_from_db()
    assert (licence.revoked_on, licence.revoked_by) == (MONDAY, caller.user)
    assert [each.rules for each in found] == [(Rule.CERTIFIED,)]


def test_b8_a_revocation_after_the_session_concerns_nobody(licence, caller):
    assert revoke(licence, MONDAY + timedelta(days=1), caller=caller, now=SEVEN_ON_MONDAY) == []


def test_s6_a_revocation_that_is_taken_back_takes_the_name_with_it(licence, caller):
    revoke(licence, MONDAY, caller=caller, now=SEVEN_ON_MONDAY)

    assert revoke(licence, None, caller=caller, now=SEVEN_ON_MONDAY) == []

    licence.refresh_from_db()
    assert (licence.revoked_on, licence.revoked_by) == (None, None)


def test_s6_nothing_is_revoked_before_it_was_issued(licence, caller):
    with pytest.raises(ValidationError, match="issued later"):
        revoke(licence, date(2019, 12, 31), caller=caller, now=SEVEN_ON_MONDAY)

    licence.refresh_from_db()
    assert licence.revoked_on is None


def test_what_changes_what_can_be_booked_ends_the_cached_answers(licence, caller):
    revoke(licence, MONDAY, caller=caller, now=SEVEN_ON_MONDAY)

    assert ScheduleVersion.objects.get().number == 1


def test_saying_it_twice_keeps_who_said_it_first(licence, caller):
    revoke(licence, MONDAY, caller=caller, now=SEVEN_ON_MONDAY)

    again = at_desk(make_user(username="nora"))
    assert revoke(licence, MONDAY, caller=again, now=SEVEN_ON_MONDAY) == []

    licence.refresh_from_db()
    assert licence.revoked_by == caller.user


def test_one_change_leaves_what_another_has_written_meanwhile(licence, caller):
    revoke(Certification.objects.get(), MONDAY, caller=caller, now=SEVEN_ON_MONDAY)

    verify(licence, MONDAY, caller=caller, now=SEVEN_ON_MONDAY)

    licence.refresh_from_db()
    assert (licence.verified_on, licence.revoked_on) == (MONDAY, MONDAY)


def test_a_proof_is_kept_with_who_and_when(licence, caller):
    proof = attach(licence, ContentFile(PDF, "scan.exe"), caller=caller, now=SEVEN_ON_MONDAY)

    proof.refresh_from_db()
    assert (proof.kind, proof.size_bytes) == (FileKind.PDF, len(PDF))
    assert (proof.uploaded_by, proof.uploaded_at) == (caller.user, to_instant(SEVEN_ON_MONDAY))
    assert content_of(proof) == PDF
    assert "scan" not in str(proof.file)


def test_b7_a_replaced_proof_and_its_file_stay(licence, caller):
    first = attach(licence, ContentFile(PDF), caller=caller, now=SEVEN_ON_MONDAY)
    second = attach(licence, ContentFile(PDF + b"2"), caller=caller, now=SEVEN_ON_MONDAY)

    assert list(licence.proofs.all()) == [second, first]
    assert content_of(first) == PDF


def test_what_is_no_proof_leaves_nothing_behind(licence, caller):
    with pytest.raises(ValidationError):
        attach(licence, ContentFile(b"<html>"), caller=caller, now=SEVEN_ON_MONDAY)

    assert not Proof.objects.exists()


def test_a_proof_that_cannot_be_written_down_leaves_no_file(licence, caller, monkeypatch):
    kept = []

    def fail(proof, **options):
        kept.append(Path(proof.file.path))
        assert kept[0].exists()
        raise DatabaseError

    monkeypatch.setattr(Proof, "save", fail)

    with pytest.raises(DatabaseError):
        attach(licence, ContentFile(PDF), caller=caller, now=SEVEN_ON_MONDAY)

    assert not kept[0].exists()
