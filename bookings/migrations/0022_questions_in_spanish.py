"""What health questions say in Spanish, where the studio has written it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0021_series"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="date_label_es",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="label of the date in Spanish"
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="help_es",
            field=models.CharField(blank=True, max_length=1000, verbose_name="help in Spanish"),
        ),
        migrations.AddField(
            model_name="question",
            name="text_es",
            field=models.CharField(blank=True, max_length=1000, verbose_name="question in Spanish"),
        ),
    ]
