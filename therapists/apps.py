from django.apps import AppConfig


class TherapistsConfig(AppConfig):
    name = "therapists"
    label = "therapists"
    verbose_name = "Therapists"
