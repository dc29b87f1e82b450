from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0005_limit_session_description"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="client",
            name="client_by_email",
        ),
        migrations.AddField(
            model_name="client",
            name="folded_email",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="client",
            name="folded_name",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="client",
            name="phone_digits",
            field=models.CharField(default="", editable=False, max_length=40),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["folded_email"], name="client_by_email"),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["phone_digits"], name="client_by_phone"),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["folded_name"], name="client_by_name"),
        ),
    ]
