from django.db import migrations, models


class Migration(migrations.Migration):
    """Extra shifts and time off of some dates are found among those of all years."""

    dependencies = [("therapists", "0007_photos")]

    operations = [
        migrations.AddIndex(
            model_name="extrashift",
            index=models.Index(fields=["location", "wall_until"], name="extra_shift_by_location"),
        ),
        migrations.AddIndex(
            model_name="timeoff",
            index=models.Index(fields=["therapist", "wall_until"], name="time_off_by_therapist"),
        ),
    ]
