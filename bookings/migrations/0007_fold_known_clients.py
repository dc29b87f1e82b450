"""Writes the search columns of the clients who are known already."""

from itertools import batched

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from bookings.models import Client

AT_ONCE = 500
COLUMNS = ["folded_name", "folded_email", "phone_digits"]


def fold(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What a save writes, for all."""
    rows = apps.get_model("bookings", "Client").objects.using(schema_editor.connection.alias)
    known = rows.only("pk", "name", "email", "phone").order_by("pk")
    for clients in batched(known.iterator(chunk_size=AT_ONCE), AT_ONCE):
        for client in clients:
            now = Client(name=client.name, email=client.email, phone=client.phone)
            client.folded_name, client.folded_email, client.phone_digits = now.as_folded()
        rows.bulk_update(clients, COLUMNS)


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0006_client_search_columns"),
    ]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
