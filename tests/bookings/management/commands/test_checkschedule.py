"""`manage.py checkschedule`."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_booking

pytestmark = pytest.mark.django_db


def test_a_sound_database_is_said_to_be_sound():
    printed = io.StringIO()

    call_command("checkschedule", stdout=printed)

    assert printed.getvalue() == "Nothing is wrong; 0 bookings looked at.\n"


def test_what_is_wrong_is_named_and_counted():
    make_booking(reference="ABCDE-FGHJK")
    printed = io.StringIO()

    with pytest.raises(CommandError, match=r"Found wrong: 1\.") as refused:
        call_command("checkschedule", stdout=printed)

    assert printed.getvalue() == "ABCDE-FGHJK has no recorded event (B7)\n"
    assert refused.value.returncode == 1
