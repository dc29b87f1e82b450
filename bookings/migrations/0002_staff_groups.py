"""The groups of rule P2. Later models bring their own permissions in their own migrations."""

from collections.abc import Iterator

from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"

# Nothing that rule B7 keeps can be deleted, whoever asks.
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "Manager": {
        "auth.user": (VIEW, ADD, CHANGE),
        "auth.group": (VIEW, ADD, CHANGE, DELETE),
        "admin.logentry": (VIEW,),
        "premises.studio": (VIEW, ADD, CHANGE),
        "premises.location": (VIEW, ADD, CHANGE),
        "premises.equipment": (VIEW, ADD, CHANGE),
        "premises.room": (VIEW, ADD, CHANGE),
        "premises.inspection": (VIEW, ADD, CHANGE, DELETE),
        "premises.closure": (VIEW, ADD, CHANGE, DELETE),
        "premises.roomblock": (VIEW, ADD, CHANGE, DELETE),
        "therapists.qualification": (VIEW, ADD, CHANGE),
        "therapists.therapist": (VIEW, ADD, CHANGE),
        "therapists.certification": (VIEW, ADD, CHANGE),
        "therapists.shift": (VIEW, ADD, CHANGE, DELETE),
        "therapists.extrashift": (VIEW, ADD, CHANGE, DELETE),
        "therapists.timeoff": (VIEW, ADD, CHANGE, DELETE),
        "bookings.sessiontype": (VIEW, ADD, CHANGE),
        "bookings.client": (VIEW, ADD, CHANGE, DELETE),
        "bookings.booking": (VIEW, ADD, CHANGE),
        "bookings.event": (VIEW,),
        "bookings.payment": (VIEW, ADD),
        "bookings.questionnaire": (VIEW, ADD, CHANGE, DELETE),
        "bookings.question": (VIEW, ADD, CHANGE, DELETE),
        "api.stafftoken": (VIEW, CHANGE),
    },
    "Receptionist": {
        "premises.location": (VIEW,),
        "premises.room": (VIEW,),
        "premises.closure": (VIEW,),
        "premises.roomblock": (VIEW,),
        "therapists.therapist": (VIEW,),
        "therapists.shift": (VIEW,),
        "therapists.extrashift": (VIEW,),
        # Whoever answers the telephone hears who is ill.
        "therapists.timeoff": (VIEW, ADD, CHANGE, DELETE),
        "bookings.sessiontype": (VIEW,),
        "bookings.client": (VIEW, ADD, CHANGE),
        "bookings.booking": (VIEW, ADD, CHANGE),
        "bookings.event": (VIEW,),
        "bookings.payment": (VIEW, ADD),
    },
    "Therapist": {
        "bookings.booking": (VIEW,),
    },
}


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the groups, and before them the permissions, which come only after all migrations."""
    using = schema_editor.connection.alias
    for label in ("auth", "admin", "premises", "therapists", "bookings", "api"):
        app = installed.get_app_config(label)
        create_permissions(app, verbosity=0, using=using, apps=apps)
    for name, models in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.add(*_permissions(apps, using, models))


def _permissions(apps: Apps, using: str, models: dict[str, tuple[str, ...]]) -> Iterator[int]:
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for name, verbs in models.items():
        label, _, model = name.partition(".")
        for verb in verbs:
            yield permissions.values_list("pk", flat=True).get(
                content_type__app_label=label,
                content_type__model=model,
                codename=f"{verb}_{model}",
            )


def remove_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the groups; their members stay."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("api", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("premises", "0001_initial"),
        ("therapists", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
