import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0003_settled_has_no_limit"),
        ("premises", "0002_limit_horizon"),
        ("therapists", "0003_level_goes_with_style"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="booking",
            name="live_by_therapist",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="live_by_room",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="live_by_day",
        ),
        migrations.RemoveIndex(
            model_name="booking",
            name="live_by_limit",
        ),
        migrations.AlterField(
            model_name="booking",
            name="location",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="premises.location",
                verbose_name="location",
            ),
        ),
        migrations.AlterField(
            model_name="booking",
            name="room",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="premises.room",
                verbose_name="room",
            ),
        ),
        migrations.AlterField(
            model_name="booking",
            name="therapist",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="therapists.therapist",
                verbose_name="therapist",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["therapist", "occupied_from"], name="booking_by_therapist"),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["room", "occupied_from"], name="booking_by_room"),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(fields=["status", "expires_at"], name="booking_by_state"),
        ),
    ]
