"""Routes of the pages on which clients book."""

from django.urls import URLPattern, URLResolver

app_name = "bookings"
urlpatterns: list[URLPattern | URLResolver] = []
