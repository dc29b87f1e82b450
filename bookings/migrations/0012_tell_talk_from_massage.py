from django.db import migrations, models

import studio.premises.fields


class Migration(migrations.Migration):
    """How much of a session is talk and dressing, so that pages can say what is left."""

    dependencies = [("bookings", "0011_reception_keeps_rooms_and_hours")]

    operations = [
        migrations.RemoveConstraint(model_name="sessiontype", name="session_type_in_steps_of_five"),
        migrations.AddField(
            model_name="sessiontype",
            name="talk_minutes",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="Minutes of the session that are no massage; pages say what is left of it.",
                validators=[studio.premises.fields.validate_step],
                verbose_name="talk and dressing",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessiontype",
            constraint=models.CheckConstraint(
                condition=studio.premises.fields.multiple_of_five(
                    "duration_minutes",
                    "buffer_before_minutes",
                    "buffer_after_minutes",
                    "talk_minutes",
                ),
                name="session_type_in_steps_of_five",
            ),
        ),
    ]
