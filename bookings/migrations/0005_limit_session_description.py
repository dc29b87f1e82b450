from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0004_index_what_availability_asks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sessiontype",
            name="description",
            field=models.TextField(blank=True, max_length=10000, verbose_name="description"),
        ),
    ]
