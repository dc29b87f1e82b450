"""Bookings that were made at once, on several dates."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0020_accounts_by_mailbox"),
        ("premises", "0005_notifications"),
        ("therapists", "0007_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="series_position",
            field=models.PositiveSmallIntegerField(
                editable=False,
                help_text="From 1 on.",
                null=True,
                verbose_name="place in the series",
            ),
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "every_weeks",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: on dates that were chosen one by one.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(8),
                        ],
                        verbose_name="every so many weeks",
                    ),
                ),
                ("made_at", models.DateTimeField(editable=False, verbose_name="made at")),
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
                        editable=False,
                        max_length=8,
                        verbose_name="from where",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        help_text="Empty: the client, or nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["-made_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="booking",
            name="series",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="bookings.series",
                verbose_name="series",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("series__isnull", False)),
                fields=("series", "series_position"),
                name="booking_once_at_a_place_of_a_series",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("every_weeks__isnull", True),
                    models.Q(("every_weeks__gte", 1), ("every_weeks__lte", 8)),
                    _connector="OR",
                ),
                name="series_every_few_weeks",
            ),
        ),
    ]
