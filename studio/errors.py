"""What answers when no view does: problem documents below `/api/`, pages elsewhere."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from studio.api.problems import KINDS, problem, refused_by_django, unavailable

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    if request.path.startswith(API):
        return refused_by_django(exception) or problem("invalid")
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if request.path.startswith(API):
        return problem("permission_denied")
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form that did not come from our own pages, or from one that is too old."""
    if request.path.startswith(API):
        return problem("permission_denied", reason)
    return render(request, "errors/403.html", {"form_is_stale": True}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if request.path.startswith(API):
        return problem("not_found")
    return render(request, "errors/404.html", status=404)


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 for every other path below `/api/`: no redirect, which would make a POST a GET."""
    slash = "" if request.path.endswith("/") else _(" Paths end with a slash.")
    return problem("not_found", f"{KINDS['not_found'].title}{slash}")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is locked or away. The page asks neither of anything."""
    error = sys.exception()
    is_away = isinstance(error, OperationalError | InterfaceError)
    if request.path.startswith(API):
        return unavailable(error) if is_away else problem("server_error")
    return HttpResponse(render_to_string("errors/500.html"), status=503 if is_away else 500)
