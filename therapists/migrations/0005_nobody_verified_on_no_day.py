"""A name without a day said nothing: a form took both away together, other writers may not have."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_names_without_a_day(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    certifications = apps.get_model("therapists", "Certification").objects
    rows = certifications.using(schema_editor.connection.alias)
    rows.filter(verified_on=None).exclude(verified_by=None).update(verified_by=None)


class Migration(migrations.Migration):
    dependencies = [("therapists", "0004_proofs_and_who_revoked")]

    operations = [migrations.RunPython(forget_names_without_a_day, migrations.RunPython.noop)]
