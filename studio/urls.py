"""All routes."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from studio import errors

handler400 = "studio.errors.bad_request"
handler403 = "studio.errors.permission_denied"
handler404 = "studio.errors.page_not_found"
handler500 = "studio.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("bookings.api.urls")),
    re_path(r"^api/", errors.nothing_here),
    path("", include("studio.pages.files")),
    # English at the address itself, other languages below their code: /es/sessions/.
    *i18n_patterns(
        path("", include("bookings.pages.urls")),
        path("", include("studio.pages.urls")),
        prefix_default_language=False,
    ),
]
