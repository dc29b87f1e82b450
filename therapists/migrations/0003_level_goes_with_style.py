from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapists", "0002_limit_barefoot_cap_and_bio"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="qualification",
            name="qualification_level_goes_with_style",
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level__isnull", True), ("style", "")),
                    models.Q(
                        ("level__gte", 1),
                        ("level__isnull", False),
                        models.Q(("style", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="qualification_level_goes_with_style",
                violation_error_message="Give a style and a level, or neither.",
            ),
        ),
    ]
