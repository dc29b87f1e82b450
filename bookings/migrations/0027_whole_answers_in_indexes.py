from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0026_who_joined_last"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="booking",
            name="booking_by_therapist",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="booking_by_room",
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                fields=[
                    "therapist",
                    "occupied_from",
                    "room",
                    "occupied_until",
                    "status",
                    "expires_at",
                    "date",
                    "duration_minutes",
                    "barefoot",
                ],
                name="booking_by_therapist",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                fields=[
                    "room",
                    "occupied_from",
                    "therapist",
                    "occupied_until",
                    "status",
                    "expires_at",
                    "date",
                    "duration_minutes",
                    "barefoot",
                ],
                name="booking_by_room",
            ),
        ),
    ]
