import django.core.validators
import studio.premises.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapists", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="therapist",
            name="bio",
            field=models.TextField(blank=True, max_length=10000, verbose_name="bio"),
        ),
        migrations.AlterField(
            model_name="therapist",
            name="max_barefoot_minutes_per_day",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="At most this many; small bodies tire. Empty: no limit.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(5),
                    django.core.validators.MaxValueValidator(1440),
                    studio.premises.fields.validate_step,
                ],
                verbose_name="barefoot minutes a day",
            ),
        ),
        migrations.AddConstraint(
            model_name="therapist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("max_barefoot_minutes_per_day__isnull", True),
                    models.Q(
                        ("max_barefoot_minutes_per_day__gte", 5),
                        ("max_barefoot_minutes_per_day__lte", 1440),
                    ),
                    _connector="OR",
                ),
                name="therapist_cap_up_to_a_day",
            ),
        ),
    ]
