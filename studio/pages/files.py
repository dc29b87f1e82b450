"""Routes of what is the same in every language."""

from django.urls import path

from studio.pages import views

app_name = "files"
urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
]
