"""Two bookings that were made for two people at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0024_what_was_looked_at"),
        ("premises", "0007_rooms_beside_each_other"),
        ("therapists", "0007_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="pair_position",
            field=models.PositiveSmallIntegerField(
                editable=False,
                help_text="1: who booked; 2.",
                null=True,
                verbose_name="place in the pair",
            ),
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side_by_side",
                    models.BooleanField(
                        editable=False,
                        help_text="Whether they want rooms beside each other and no others.",
                        verbose_name="side by side",
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
                "verbose_name": "two together",
                "verbose_name_plural": "two together",
                "ordering": ["-made_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="booking",
            name="pair",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="bookings.pair",
                verbose_name="two together",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pair__isnull", False)),
                fields=("pair", "pair_position"),
                name="booking_once_at_a_place_of_a_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pair__isnull", True), ("pair_position__isnull", True)),
                    models.Q(
                        ("pair__isnull", False),
                        ("pair_position__in", (1, 2)),
                        ("pair_position__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="booking_is_first_or_second_of_a_pair",
            ),
        ),
    ]
