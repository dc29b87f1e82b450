"""Names without a day, from before the database refused them."""

from tests.serving import environment, manage

BACK_AND_FORTH = """
from django.contrib.auth.models import User
from django.core.management import call_command
from tests.factories import make_certification, make_qualification, make_therapist, make_user
from therapists.models import Certification
make_certification(
    therapist=make_therapist(), qualification=make_qualification(), verified_on=None
)
make_user()
call_command("migrate", "therapists", "0004", verbosity=0)
Certification.objects.update(verified_by=User.objects.get())
call_command("migrate", "therapists", verbosity=0)
print(Certification.objects.values_list("verified_on", "verified_by").get())
"""


def test_s6_a_name_without_a_day_is_forgotten(live_database, tmp_path):
    env = environment(live_database, tmp_path)

    found = manage("shell", "-v0", "-c", BACK_AND_FORTH, env=env)

    assert found.strip() == "(None, None)"
