"""Erasing a client's data (rule P3) is for managers."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the permissions, which come only after all migrations, and give one to managers."""
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("bookings"), verbosity=0, using=using, apps=apps)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name="Manager"):
        group.permissions.add(_erasing(apps, using).get())


def revoke(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it from everybody."""
    _erasing(apps, schema_editor.connection.alias).delete()


def _erasing(apps: Apps, using: str) -> Any:
    return (
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .filter(content_type__app_label="bookings", codename="erase_client")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0009_client_notes_merging_blocking"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
