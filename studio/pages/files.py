"""Routes of what is the same in every language."""

from django.conf import settings
from django.urls import path

from studio.pages import styleguide, views

app_name = "files"
urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
