"""What a certification is worth on a day."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_certification, make_qualification, make_therapist, make_user
from therapists.models import Certification, Standing

DAY = date(2026, 8, 3)


def in_days(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("dates", "standing"),
    [
        ({}, Standing.VALID),
        ({"expires_on": DAY}, Standing.VALID),
        ({"expires_on": in_days(-1)}, Standing.LAPSED),
        ({"revoked_on": DAY}, Standing.REVOKED),
        ({"revoked_on": in_days(1)}, Standing.VALID),
        ({"issued_on": in_days(1)}, Standing.NOT_YET),
        ({"verified_on": None}, Standing.UNVERIFIED),
        ({"revoked_on": DAY, "expires_on": in_days(-1), "verified_on": None}, Standing.REVOKED),
    ],
)
def test_s6_the_first_reason_is_told(dates, standing):
    certification = Certification(
        **{"issued_on": date(2020, 1, 1), "verified_on": date(2020, 1, 1)} | dates
    )

    assert certification.standing_on(DAY) == standing


@pytest.mark.django_db
@pytest.mark.both_engines
def test_s6_valid_is_what_counts():
    therapist, qualification = make_therapist(), make_qualification()
    near = [in_days(-1), DAY, in_days(1)]
    combinations = product(near, [None, *near], [None, *near], [None, DAY])
    for number, (issued, expires, revoked, verified) in enumerate(combinations):
        if all(end is None or end >= issued for end in (expires, revoked)):
            make_certification(
                therapist=therapist,
                qualification=qualification,
                number=str(number),
                issued_on=issued,
                expires_on=expires,
                revoked_on=revoked,
                verified_on=verified,
            )

    valid = {
        each for each in Certification.objects.all() if each.standing_on(DAY) == Standing.VALID
    }

    assert valid
    assert valid == set(Certification.objects.counting(DAY, DAY))


@pytest.mark.parametrize(
    ("expires_on", "revoked_on", "last"),
    [
        (None, None, None),
        (DAY, None, DAY),
        (None, DAY, in_days(-1)),
        (DAY, in_days(5), DAY),
        (in_days(5), DAY, in_days(-1)),
    ],
)
def test_s6_the_day_it_is_revoked_on_is_its_first_without(expires_on, revoked_on, last):
    certification = Certification(expires_on=expires_on, revoked_on=revoked_on)

    assert certification.last_day == last


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize("name", ["verified", "revoked"])
def test_s6_nobody_signs_without_a_day(name):
    certification = make_certification(
        therapist=make_therapist(), qualification=make_qualification(), verified_on=None
    )
    setattr(certification, f"{name}_by", make_user())

    with pytest.raises(IntegrityError), transaction.atomic():
        certification.save()
