"""The API's own description: OpenAPI 3.1 for programs, a page for people."""

from typing import Any

from django.views.generic import TemplateView
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView

from studio.api.problems import KINDS


class Schema(SpectacularAPIView):
    """OpenAPI 3.1 as JSON, also for who asks for `application/json`."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer]
    authentication_classes = []


class Docs(TemplateView):
    """Swagger UI from our own files, and what each problem's `type` leads to."""

    template_name = "api/docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The codes, for the table."""
        return super().get_context_data(**kwargs, kinds=KINDS)
