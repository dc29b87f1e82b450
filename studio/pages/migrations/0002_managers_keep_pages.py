"""Managers keep the pages and the film, receptionists look (rule P2)."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MODELS = ("page", "film")
GRANTED = {
    "Manager": ("view", "add", "change", "delete"),
    "Receptionist": ("view",),
}


def _each(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> Iterator[tuple[Any, list[Any]]]:
    using = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GRANTED):
        names = [f"{verb}_{model}" for verb in GRANTED[group.name] for model in MODELS]
        yield group, list(permissions.filter(content_type__app_label="pages", codename__in=names))


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Grant what the groups may do; permissions come only after all migrations, so make them."""
    app, using = installed.get_app_config("pages"), schema_editor.connection.alias
    create_permissions(app, verbosity=0, using=using, apps=apps)
    for group, permissions in _each(apps, schema_editor):
        group.permissions.add(*permissions)


def revoke(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it back."""
    for group, permissions in _each(apps, schema_editor):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_pages_and_film"),
        ("bookings", "0002_staff_groups"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
