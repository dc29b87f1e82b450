"""Routes of what is the same in every language."""

from django.conf import settings
from django.urls import path

from studio.pages import styleguide, views
from studio.pages.uploaded import uploaded

app_name = "files"
urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
    path("uploads/<upload:name>", uploaded, name="uploaded"),
    path("embed.js", views.embed, name="embed"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
