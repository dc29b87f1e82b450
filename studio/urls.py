"""All routes."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from bookings.pages.sitemaps import StudioPart
from studio import errors
from studio.for_everybody import for_everybody
from studio.methods import require_safe
from studio.pages.sitemaps import PagesPart

handler400 = "studio.errors.bad_request"
handler403 = "studio.errors.permission_denied"
handler404 = "studio.errors.page_not_found"
handler500 = "studio.errors.server_error"

SITEMAPS = {"pages": PagesPart, "studio": StudioPart}

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("bookings.api.urls")),
    re_path(r"^api/", errors.nothing_here),
    path("calendars/", include("bookings.pages.feeds")),
    path(
        "sitemap.xml", require_safe(for_everybody(sitemap)), {"sitemaps": SITEMAPS}, name="sitemap"
    ),
    path("", include("studio.pages.files")),
    # English at the address itself, other languages below their code: /es/sessions/.
    *i18n_patterns(
        path("", include("bookings.pages.urls")),
        path("", include("studio.pages.urls")),
        prefix_default_language=False,
    ),
]
