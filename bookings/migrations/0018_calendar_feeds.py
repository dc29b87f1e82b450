"""Calendar feeds, which managers make and revoke (rule P2)."""

from typing import Any

import django.db.models.deletion
from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GRANTED = ("view_calendarfeed", "add_calendarfeed", "change_calendarfeed")


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the permissions, which come only after all migrations, and give them to managers."""
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("bookings"), verbosity=0, using=using, apps=apps)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name="Manager"):
        group.permissions.add(*_granted(apps, using))


def revoke(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them from everybody."""
    _granted(apps, schema_editor.connection.alias).delete()


def _granted(apps: Apps, using: str) -> Any:
    return (
        apps.get_model("auth", "Permission")
        .objects.using(using)
        .filter(content_type__app_label="bookings", codename__in=GRANTED)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0017_reception_sends_again"),
        ("premises", "0005_notifications"),
        ("therapists", "0007_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "with_names",
                    models.BooleanField(
                        default=False,
                        help_text="Clients by their names; otherwise by their initials alone.",
                        verbose_name="with names",
                    ),
                ),
                ("made_at", models.DateTimeField(editable=False, verbose_name="made at")),
                (
                    "revoked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="revoked at"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to="premises.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "therapist",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to="therapists.therapist",
                        verbose_name="therapist",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("room__isnull", True), ("therapist__isnull", False)),
                            models.Q(("room__isnull", False), ("therapist__isnull", True)),
                            _connector="OR",
                        ),
                        name="calendar_feed_of_therapist_or_room",
                        violation_error_message="Choose a therapist or a room, not both.",
                    )
                ],
            },
        ),
        migrations.RunPython(grant, revoke),
    ]
