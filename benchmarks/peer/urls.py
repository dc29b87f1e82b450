"""Its routes, below the address that its documentation proposes."""

from django.urls import include, path

urlpatterns = [
    path("appointment/", include("appointment.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
