from django.apps import AppConfig


class PremisesConfig(AppConfig):
    name = "studio.premises"
    label = "premises"
    verbose_name = "Premises"
