"""When to look again for places that can still be taken back, and what happened last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0022_questions_in_spanish")]

    operations = [
        migrations.AddField(
            model_name="waitlistlook",
            name="again_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at"], name="event_by_time"),
        ),
    ]
