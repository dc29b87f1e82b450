from django.apps import AppConfig


class StudioFileConfig(AppConfig):
    name = "studio.studio_file"
    label = "studio_file"
    verbose_name = "Studio file"
