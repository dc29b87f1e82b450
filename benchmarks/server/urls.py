"""The project's own routes, and one that does nothing: what everybody here has to pay."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from studio.urls import *  # noqa: F403 - its handlers too
from studio.urls import urlpatterns as studio_urls


def hello(request: HttpRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse("Hello", content_type="text/plain")


urlpatterns = [path("hello/", hello), *studio_urls]
