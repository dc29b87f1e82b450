"""Reception blocks a room and closes a part of the day, as the board offers (rule P2)."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

GRANTED = Q(content_type__app_label="premises", content_type__model__in=("closure", "roomblock"))


def _change(apps: Any, schema_editor: BaseDatabaseSchemaEditor, verb: str) -> None:
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    writing = permissions.filter(GRANTED).exclude(codename__startswith="view_")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name="Receptionist"):
        getattr(group.permissions, verb)(*writing)


def grant(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let receptionists add, change and delete both."""
    _change(apps, schema_editor, "add")


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let them look only."""
    _change(apps, schema_editor, "remove")


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0010_managers_erase_clients"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("premises", "0001_initial"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
