from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0027_whole_answers_in_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("expires_at__isnull", False)),
                fields=["expires_at"],
                name="booking_by_limit",
            ),
        ),
    ]
