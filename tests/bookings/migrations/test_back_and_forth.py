"""Migrations that write rows, on their way back and forth through a studio at work."""

import json

from tests.forking import manage
from tests.serving import environment

BACK_AND_FORTH = """
import json
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from bookings.models import Client
from tests.factories import make_certification, make_qualification, make_therapist, make_user
from therapists.models import Certification
Client.objects.create(name="Jürg Müller", email="JM@example.org", phone="+1 303 555 0142")
make_certification(
    therapist=make_therapist(), qualification=make_qualification(), verified_on=None
)
make_user()
call_command("migrate", "bookings", "0001", verbosity=0)
groups_before = Group.objects.count()
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


def test_what_they_write_is_there_again(live_database, tmp_path):
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
