"""Routes of the informational pages."""

from django.urls import path

from studio.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("contact/", views.contact, name="contact"),
    # The last route of all: whatever no other takes.
    path("<slug:slug>/", views.page, name="page"),
]
