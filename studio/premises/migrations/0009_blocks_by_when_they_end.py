from django.db import migrations, models


class Migration(migrations.Migration):
    """The blocks of some dates are found among those of all years."""

    dependencies = [("premises", "0008_marks_of_what_is_shown")]

    operations = [
        migrations.AddIndex(
            model_name="roomblock",
            index=models.Index(fields=["room", "wall_until"], name="room_block_by_room"),
        ),
    ]
