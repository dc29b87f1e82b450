from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0002_staff_groups"),
        ("premises", "0002_limit_horizon"),
        ("therapists", "0003_level_goes_with_style"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ("confirmed", "checked_in", "completed", "no_show")),
                        _negated=True,
                    ),
                    ("expires_at__isnull", True),
                    _connector="OR",
                ),
                name="booking_settled_has_no_limit",
            ),
        ),
    ]
