from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0014_health_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("folded_email", models.TextField(editable=False, unique=True)),
                ("verified_at", models.DateTimeField(verbose_name="verified at")),
                (
                    "epoch",
                    models.PositiveIntegerField(
                        default=0, editable=False, help_text="Raising it signs out every browser."
                    ),
                ),
            ],
            options={
                "verbose_name": "account of a client",
                "verbose_name_plural": "accounts of clients",
            },
        ),
        migrations.AlterField(
            model_name="clientevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("merged", "another one merged into this"),
                    ("blocked", "blocked from online booking"),
                    ("unblocked", "may book online again"),
                    ("changed", "changed by the client"),
                    ("exported", "exported"),
                    ("erased", "erased"),
                ],
                max_length=16,
                verbose_name="what",
            ),
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email_key", models.CharField(editable=False, max_length=64)),
                ("address_key", models.CharField(editable=False, max_length=64)),
                ("made_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["email_key", "made_at"], name="code_by_email"),
                    models.Index(fields=["address_key", "made_at"], name="code_by_address"),
                    models.Index(fields=["made_at"], name="code_by_age"),
                ],
            },
        ),
    ]
