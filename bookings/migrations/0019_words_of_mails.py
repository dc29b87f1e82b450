"""What a studio says in its own mails, which managers write; clients choose mail after a session."""

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


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
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    return permissions.filter(content_type__app_label="bookings", content_type__model="mailtext")


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0018_calendar_feeds"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="client",
            name="wants_follow_ups",
            field=models.BooleanField(default=True, verbose_name="wants to be asked how it was"),
        ),
        migrations.CreateModel(
            name="MailText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "received, waiting for review"),
                            ("confirmed", "confirmed"),
                            ("moved", "moved"),
                            ("cancelled", "cancelled"),
                            ("declined", "declined"),
                            ("lapsed", "not decided in time"),
                            ("reminder", "reminder"),
                            ("answers_needed", "answers needed"),
                            ("waitlist_offer", "waitlist offer"),
                            ("follow_up", "follow-up"),
                            ("therapist_booked", "therapist: booked"),
                            ("therapist_moved", "therapist: moved"),
                            ("therapist_cancelled", "therapist: cancelled"),
                            ("therapist_agenda", "therapist: tomorrow's list"),
                            ("review_waiting", "reviewers: a review is waiting"),
                        ],
                        max_length=24,
                        verbose_name="mail",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Español")],
                        max_length=16,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=150, verbose_name="subject")),
                (
                    "opening",
                    models.TextField(blank=True, max_length=2000, verbose_name="beginning"),
                ),
                ("closing", models.TextField(blank=True, max_length=2000, verbose_name="end")),
            ],
            options={
                "verbose_name": "words of a mail",
                "verbose_name_plural": "words of mails",
                "ordering": ["kind", "language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "language"),
                        name="mail_text_once",
                        violation_error_message="The studio has words for this mail already.",
                    )
                ],
            },
        ),
        migrations.RunPython(grant, revoke),
    ]
