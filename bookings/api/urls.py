"""Routes of the API, below `/api/v1/`."""

from django.urls import path

from studio.api import docs

app_name = "api"
urlpatterns = [
    path("schema/", docs.Schema.as_view(), name="schema"),
    path("docs/", docs.Docs.as_view(), name="docs"),
]
