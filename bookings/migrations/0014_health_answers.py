"""Health answers in cipher, who looked at them, and what was decided (rules H3 and P2)."""

from typing import Any

import django.db.models.deletion
from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import studio.ciphers

GRANTED = ("view_answers", "view_look", "view_review")


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
        ("bookings", "0013_notifications"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("therapists", "0007_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("held", "held"),
                    ("booked", "booked"),
                    ("confirmed", "confirmed"),
                    ("moved", "moved"),
                    ("cancelled", "cancelled"),
                    ("restored", "cancellation undone"),
                    ("expired", "expired"),
                    ("approved", "approved"),
                    ("declined", "declined"),
                    ("checked_in", "checked in"),
                    ("completed", "completed"),
                    ("no_show", "no-show"),
                    ("stepped_back", "stepped back"),
                    ("paid", "payment received"),
                    ("affected", "hit by a change of the schedule"),
                    ("kept", "kept as it is"),
                    ("answered", "health questions answered"),
                ],
                max_length=16,
                verbose_name="what",
            ),
        ),
        migrations.CreateModel(
            name="Answers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ask",
                    models.CharField(
                        choices=[("booking", "at booking"), ("day_before", "the day before")],
                        max_length=16,
                        verbose_name="asked",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="questionnaire version")),
                (
                    "date",
                    models.DateField(
                        help_text="At the location.", verbose_name="for the session on"
                    ),
                ),
                ("cipher", studio.ciphers.CipherField(blank=True)),
                (
                    "is_complete",
                    models.BooleanField(
                        help_text="Whether every required question is answered.",
                        verbose_name="complete",
                    ),
                ),
                ("has_consent", models.BooleanField(verbose_name="consent")),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("site", "website"),
                            ("api", "API"),
                            ("desk", "reception"),
                            ("file", "studio file"),
                            ("clock", "time limit"),
                        ],
                        max_length=8,
                        verbose_name="from where",
                    ),
                ),
                ("superseded_at", models.DateTimeField(null=True, verbose_name="superseded at")),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="bookings.booking",
                        verbose_name="booking",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Of the staff, at whose desk it was; empty: the client alone.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="therapists.therapist",
                        verbose_name="seen on paper by",
                    ),
                ),
                (
                    "taken_from",
                    models.ForeignKey(
                        help_text="Answered for an earlier booking of the same client.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.answers",
                        verbose_name="taken over from",
                    ),
                ),
            ],
            options={
                "verbose_name": "health answers",
                "verbose_name_plural": "health answers",
                "ordering": ["answered_at", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("review", "review"),
                            ("day", "the therapist's day"),
                            ("api", "API"),
                            ("export", "export of a client"),
                        ],
                        max_length=16,
                        verbose_name="where",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="bookings.booking",
                        verbose_name="booking",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at health answers",
                "verbose_name_plural": "looks at health answers",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("is_approved", models.BooleanField(verbose_name="approved")),
                (
                    "date",
                    models.DateField(
                        help_text="At the location.", verbose_name="for the session on"
                    ),
                ),
                ("barefoot", models.BooleanField(verbose_name="barefoot")),
                ("note", studio.ciphers.CipherField(blank=True)),
                (
                    "answers",
                    models.ForeignKey(
                        help_text="The last ones that there were; none after it have been decided about.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.answers",
                        verbose_name="health answers",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="bookings.booking",
                        verbose_name="booking",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.sessiontype",
                        verbose_name="suggested instead",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["at", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="answers",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("booking", "ask"),
                name="answers_current_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="answers",
            constraint=models.CheckConstraint(
                condition=models.Q(("cipher", ""), ("seen_by__isnull", True), _connector="OR"),
                name="answers_in_cipher_or_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="answers",
            constraint=models.CheckConstraint(
                condition=models.Q(("cipher", ""), ("has_consent", True), _connector="OR"),
                name="answers_kept_with_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="answers",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_at__isnull", True),
                    ("superseded_at__gte", models.F("answered_at")),
                    _connector="OR",
                ),
                name="answers_superseded_later",
            ),
        ),
        migrations.AddIndex(
            model_name="look",
            index=models.Index(fields=["at"], name="look_by_time"),
        ),
        migrations.RunPython(grant, revoke),
    ]
