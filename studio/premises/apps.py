from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PremisesConfig(AppConfig):
    name = "studio.premises"
    label = "premises"
    verbose_name = "Premises"

    def ready(self) -> None:
        """Have the database watch what visitors are shown."""
        from studio.premises.shown import watch

        # Once all tables are as they will be: SQLite forgets triggers where it makes one anew.
        post_migrate.connect(watch, sender=self)
