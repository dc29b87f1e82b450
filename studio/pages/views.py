"""Pages that inform."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What ashiatsu is, what people ask first, and where we are."""
    return render(request, "pages/home.html")
