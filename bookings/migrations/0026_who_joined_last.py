from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0025_pairs"),
    ]

    operations = [
        # It was how many had ever joined. One look more than needed follows, and no harm.
        migrations.RenameField(
            model_name="waitlistlook",
            old_name="entries",
            new_name="newest",
        ),
    ]
