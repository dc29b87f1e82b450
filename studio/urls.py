"""All routes."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("bookings.api.urls")),
    path("", include("bookings.pages.urls")),
    path("", include("studio.pages.urls")),
]
