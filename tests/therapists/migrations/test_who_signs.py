"""Names without a day, from before the database refused them."""

from tests.serving import environment, manage

ADD = (
    "from tests.factories import *;"
    "make_certification(therapist=make_therapist(), qualification=make_qualification(),"
    " verified_on=None);"
    "make_user()"
)
SIGN = (
    "from django.contrib.auth.models import User;"
    "from therapists.models import Certification;"
    "Certification.objects.update(verified_by=User.objects.get())"
)
LOOK = (
    "from therapists.models import Certification;"
    "print(Certification.objects.values_list('verified_on', 'verified_by').get())"
)


def test_s6_a_name_without_a_day_is_forgotten(live_database, tmp_path):
    env = environment(live_database, tmp_path)
    manage("shell", "-v0", "-c", ADD, env=env)
    manage("migrate", "-v0", "therapists", "0004", env=env)
    manage("shell", "-v0", "-c", SIGN, env=env)

    manage("migrate", "-v0", "therapists", env=env)

    assert manage("shell", "-v0", "-c", LOOK, env=env).strip() == "(None, None)"
