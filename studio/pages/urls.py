"""Routes of the informational pages."""

from django.urls import path

from studio.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
]
