"""Routes of what is the same in every language."""

from django.conf import settings
from django.urls import path

from studio.pages import styleguide, views
from studio.pages.manifest import manifest
from studio.pages.robots import robots
from studio.pages.uploaded import uploaded

app_name = "files"
urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
    path("uploads/<upload:name>", uploaded, name="uploaded"),
    path("embed.js", views.embed, name="embed"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
