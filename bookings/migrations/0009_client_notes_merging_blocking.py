import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0008_record_what_reception_keeps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientEvent",
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
                            ("merged", "another one merged into this"),
                            ("blocked", "blocked from online booking"),
                            ("unblocked", "may book online again"),
                            ("exported", "exported"),
                            ("erased", "erased"),
                        ],
                        max_length=16,
                        verbose_name="what",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why")),
                (
                    "details",
                    models.JSONField(
                        default=dict,
                        help_text="Numbers and references alone, nothing of the person.",
                        verbose_name="details",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of a client",
                "verbose_name_plural": "events of clients",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="client",
            options={
                "ordering": ["name", "pk"],
                "permissions": [("erase_client", "Can erase a client's data")],
                "verbose_name": "client",
                "verbose_name_plural": "clients",
            },
        ),
        migrations.RemoveIndex(
            model_name="client",
            name="client_by_name",
        ),
        migrations.AddField(
            model_name="client",
            name="block_reason",
            field=models.CharField(
                blank=True, editable=False, max_length=500, verbose_name="why blocked"
            ),
        ),
        migrations.AddField(
            model_name="client",
            name="blocked_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="blocked since"),
        ),
        migrations.AddField(
            model_name="client",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="erased at"),
        ),
        migrations.AddField(
            model_name="client",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="bookings.client",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="client",
            name="notes",
            field=models.TextField(
                blank=True,
                help_text="For the studio alone; clients never see them. No health facts: those belong to the health questions.",
                max_length=4000,
                verbose_name="notes",
            ),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(
                condition=models.Q(("blocked_at__isnull", False)),
                fields=["blocked_at"],
                name="client_blocked",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="client_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("block_reason", ""), ("blocked_at__isnull", True)),
                    models.Q(
                        ("blocked_at__isnull", False), models.Q(("block_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="client_blocked_with_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="clientevent",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="clientevent",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="bookings.client",
            ),
        ),
    ]
