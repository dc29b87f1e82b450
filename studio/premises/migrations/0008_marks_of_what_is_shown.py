"""Marks by which pages that are kept know that they are out of date.

The triggers that write them come after each migration (`studio.premises.shown`), and go with them.
"""

from typing import Any

from django.db import migrations, models


def remove_triggers(apps: Any, schema_editor: Any) -> None:
    engine = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        if engine == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS premises_shown_changed CASCADE")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'shown!_%' ESCAPE '!'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("premises", "0007_rooms_beside_each_other"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shown",
            fields=[
                ("table_name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("mark", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, remove_triggers),
    ]
