"""Managers and receptionists see what could not be sent, and have it sent again (rule P2)."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

GRANTED = Q(
    content_type__app_label="bookings",
    codename__in=("view_notification", "change_notification"),
)


def _change(apps: Apps, schema_editor: BaseDatabaseSchemaEditor, verb: str) -> None:
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(GRANTED)
    groups: Any = apps.get_model("auth", "Group").objects.using(using)
    for group in groups.filter(name__in=("Manager", "Receptionist")):
        getattr(group.permissions, verb)(*permissions)


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the permissions, which come only after all migrations, and give them."""
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("bookings"), verbosity=0, using=using, apps=apps)
    _change(apps, schema_editor, "add")


def revoke(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them back."""
    _change(apps, schema_editor, "remove")


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0016_waitlist"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
