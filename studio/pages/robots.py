"""What programs are asked to leave alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from studio.addresses import absolute
from studio.methods import require_safe

EVERYWHERE = ("admin/", "api/")
IN_EACH_LANGUAGE = ("manage/", "your-booking/", "book/*?")
"""The last are calendars: every day and therapist has an address, and says nothing of its own."""


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything may be read but what is private or without end."""
    closed = [f"/{path}" for path in EVERYWHERE]
    for code, _name in settings.LANGUAGES:
        with override(code):
            closed += [f"{reverse('pages:home')}{path}" for path in IN_EACH_LANGUAGE]
    rules = [f"Disallow: {path}" for path in closed]
    lines = ["User-agent: *", *rules, "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
