"""Rooms in which two people can lie side by side."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("premises", "0006_language_of_the_studio"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="beside",
            field=models.ManyToManyField(
                blank=True,
                help_text="Rooms of the same location in which two people can lie side by side with it.",
                to="premises.room",
                verbose_name="beside",
            ),
        ),
    ]
