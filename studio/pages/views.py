"""Pages that inform."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What ashiatsu is, what people ask first, and where we are."""
    return render(request, "pages/home.html")


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon on pages that name none, such as the admin's."""
    return redirect(static("studio/icon.svg"))
