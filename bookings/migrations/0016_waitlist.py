"""Who waits for a place, and what was offered to them; reception and managers look after it."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("Manager", "Receptionist")
GRANTED = ("view_waitlistentry", "add_waitlistentry", "change_waitlistentry")


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the permissions, which come only after all migrations, and give them to both."""
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("bookings"), verbosity=0, using=using, apps=apps)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
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
        ("bookings", "0015_verified_addresses"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("premises", "0005_notifications"),
        ("therapists", "0007_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="answers",
            name="source",
            field=models.CharField(
                choices=[
                    ("site", "website"),
                    ("api", "API"),
                    ("desk", "reception"),
                    ("file", "studio file"),
                    ("clock", "time limit"),
                    ("waitlist", "waitlist"),
                ],
                max_length=8,
                verbose_name="from where",
            ),
        ),
        migrations.AlterField(
            model_name="booking",
            name="source",
            field=models.CharField(
                choices=[
                    ("site", "website"),
                    ("api", "API"),
                    ("desk", "reception"),
                    ("file", "studio file"),
                    ("clock", "time limit"),
                    ("waitlist", "waitlist"),
                ],
                max_length=8,
                verbose_name="source",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="source",
            field=models.CharField(
                choices=[
                    ("site", "website"),
                    ("api", "API"),
                    ("desk", "reception"),
                    ("file", "studio file"),
                    ("clock", "time limit"),
                    ("waitlist", "waitlist"),
                ],
                max_length=8,
                verbose_name="from where",
            ),
        ),
        migrations.CreateModel(
            name="WaitlistEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=16, unique=True, verbose_name="reference"
                    ),
                ),
                (
                    "token_epoch",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="Raising it makes the link sent so far invalid.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("offered", "has an offer"),
                            ("booked", "booked"),
                            ("withdrawn", "withdrawn"),
                            ("passed", "dates are over"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("first", models.DateField(verbose_name="from")),
                ("last", models.DateField(verbose_name="until")),
                (
                    "parts",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="None: any.",
                        verbose_name="parts of the day",
                    ),
                ),
                ("joined_at", models.DateTimeField(verbose_name="waits since")),
                ("address_key", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="bookings.client",
                        verbose_name="client",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="premises.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "session_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="bookings.sessiontype",
                        verbose_name="session type",
                    ),
                ),
                (
                    "therapist",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="therapists.therapist",
                        verbose_name="therapist",
                    ),
                ),
            ],
            options={
                "verbose_name": "waitlist entry",
                "verbose_name_plural": "waitlist",
                "ordering": ["joined_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WaitlistEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("site", "website"),
                            ("api", "API"),
                            ("desk", "reception"),
                            ("file", "studio file"),
                            ("clock", "time limit"),
                            ("waitlist", "waitlist"),
                        ],
                        max_length=8,
                        verbose_name="from where",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "waiting"),
                            ("offered", "has an offer"),
                            ("booked", "booked"),
                            ("withdrawn", "withdrawn"),
                            ("passed", "dates are over"),
                        ],
                        max_length=10,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("offered", "has an offer"),
                            ("booked", "booked"),
                            ("withdrawn", "withdrawn"),
                            ("passed", "dates are over"),
                        ],
                        max_length=10,
                        verbose_name="to",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Empty: the client, or nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="bookings.waitlistentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["at", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="WaitlistLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("date", models.DateField()),
                ("entries", models.PositiveBigIntegerField(default=0)),
                (
                    "location",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waitlist_look",
                        to="premises.location",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WaitlistOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("offered_at", models.DateTimeField(verbose_name="offered at")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("expired", "ran out"),
                        ],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer",
                        to="bookings.booking",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="bookings.waitlistentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "ordering": ["offered_at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="waitlistentry",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "offered"))),
                fields=["location", "joined_at"],
                name="waitlist_in_line",
            ),
        ),
        migrations.AddIndex(
            model_name="waitlistentry",
            index=models.Index(fields=["state", "joined_at"], name="waitlist_by_state"),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="waitlist_dates_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "offered", "booked", "withdrawn", "passed"])
                ),
                name="waitlist_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")), fields=("entry",), name="offer_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="offer_answered_at_a_time",
            ),
        ),
        migrations.RunPython(grant, revoke),
    ]
