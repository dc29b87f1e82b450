"""All migrations of bookings, on their way back and forth through a studio at work."""

import contextlib
import json
import sqlite3

import psycopg
import pytest

from tests.bookings.constraints.overlapping import connect, insert_of, plain_row
from tests.forking import manage
from tests.serving import environment

BACK_AND_FORTH = """
import json
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from bookings.models import Client
from tests.factories import make_booking, make_certification, make_qualification, make_user
from therapists.models import Certification
make_certification(
    therapist=make_booking().therapist, qualification=make_qualification(), verified_on=None
)
make_user()
call_command("migrate", "bookings", "zero", verbosity=0)
groups_before = Group.objects.count()
call_command("migrate", "bookings", "0001", verbosity=0)
then = MigrationLoader(connection).project_state(("bookings", "0001_initial")).apps
then.get_model("bookings", "Client").objects.create(
    name="Jürg Müller", email="JM@example.org", phone="+1 303 555 0142"
)
call_command("migrate", "therapists", "0004", verbosity=0)
Certification.objects.update(verified_by=User.objects.get())
call_command("migrate", verbosity=0)
print(json.dumps({
    "groups before": groups_before,
    "groups": sorted(Group.objects.values_list("name", flat=True)),
    "client": Client.objects.values_list("folded_name", "folded_email", "phone_digits").get(),
    "verified": Certification.objects.values_list("verified_on", "verified_by").get(),
}))
"""


def test_b2_what_they_write_is_there_again_and_overlaps_are_refused(live_database, tmp_path):
    env = environment(live_database, tmp_path)

    found = json.loads(manage("shell", "-v0", "-c", BACK_AND_FORTH, env=env))

    assert found == {
        # P2: the groups are made by a migration.
        "groups before": 0,
        "groups": ["Manager", "Receptionist", "Therapist"],
        # Clients who were known before there were columns to search are found in them.
        "client": [" jurg muller ", "jm@example.org", "13035550142"],
        # S6: a name without a day, from before the database refused it, is forgotten.
        "verified": [None, None],
    }
    database, placeholder = connect(live_database)
    with contextlib.closing(database):
        for row in (plain_row("A", 0), plain_row("B", 60)):
            database.execute(insert_of(row, placeholder), row)
        row = plain_row("C", 30)
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="booked_once"):
            database.execute(insert_of(row, placeholder), row)
