"""The site on the first screen of a phone."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse

from studio.for_everybody import for_everybody
from studio.methods import require_safe
from studio.pages.head import PAPER
from studio.premises.house import House

SIZES = (192, 512)


@require_safe
@for_everybody
def manifest(request: HttpRequest) -> HttpResponse:
    """It opens as the site that it is, with the browser's own bar: back, reload and share."""
    name = House.of(request).studio.name
    home = reverse("pages:home")
    icons = [
        {"src": static("studio/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(_icon(f"icon-{size}", size, "any") for size in SIZES),
        _icon("icon-maskable-512", 512, "maskable"),
    ]
    described = {
        "name": name,
        "short_name": name,
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(described, content_type="application/manifest+json")


def _icon(file: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"studio/{file}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
