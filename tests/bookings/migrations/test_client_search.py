"""The search columns of clients who were known before there were any."""

from tests.serving import environment, manage

BACK_AND_FORTH = """
from django.core.management import call_command
from bookings.models import Client
Client.objects.create(name="Jürg Müller", email="JM@example.org", phone="+1 303 555 0142")
call_command("migrate", "bookings", "0005", verbosity=0)
call_command("migrate", "bookings", verbosity=0)
print(*Client.objects.values_list("folded_name", "folded_email", "phone_digits").get())
"""


def test_the_migration_goes_back_and_forth(live_database, tmp_path):
    env = environment(live_database, tmp_path)

    found = manage("shell", "-v0", "-c", BACK_AND_FORTH, env=env)

    assert found.split() == ["jurg", "muller", "jm@example.org", "13035550142"]
