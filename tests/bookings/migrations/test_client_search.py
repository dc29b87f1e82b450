"""The search columns of clients who were known before there were any."""

from tests.serving import environment, manage

ADD = (
    "from bookings.models import Client;"
    "Client.objects.create(name='Jürg Müller', email='JM@example.org', phone='+1 303 555 0142')"
)
LOOK = (
    "from bookings.models import Client;"
    "print(*Client.objects.values_list('folded_name', 'folded_email', 'phone_digits').get())"
)


def test_the_migration_goes_back_and_forth(live_database, tmp_path):
    env = environment(live_database, tmp_path)
    manage("shell", "-v0", "-c", ADD, env=env)

    manage("migrate", "-v0", "bookings", "0005", env=env)
    manage("migrate", "-v0", "bookings", env=env)

    found = manage("shell", "-v0", "-c", LOOK, env=env)
    assert found.split() == ["jurg", "muller", "jm@example.org", "13035550142"]
