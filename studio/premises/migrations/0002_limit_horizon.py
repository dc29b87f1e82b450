import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("premises", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="location",
            name="horizon_days",
            field=models.PositiveSmallIntegerField(
                default=90,
                help_text="How many days ahead clients can book.",
                validators=[django.core.validators.MaxValueValidator(730)],
                verbose_name="horizon",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(("horizon_days__lte", 730)),
                name="location_horizon_at_most_two_years",
            ),
        ),
    ]
