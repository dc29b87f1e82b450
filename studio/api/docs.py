"""The API's own description: OpenAPI 3.1 for programs, a page for people."""

from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from studio.api.problems import KINDS


class Schema(SpectacularAPIView):
    """OpenAPI 3.1 as JSON, also for who asks for `application/json`."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer]
    authentication_classes = []


class Docs(APIView):
    """Swagger UI from our own files, and what each problem's `type` leads to."""

    renderer_classes = [TemplateHTMLRenderer]
    authentication_classes = []
    schema = None

    def get(self, request: Request) -> Response:
        """The page."""
        return Response({"kinds": KINDS}, template_name="api/docs.html")
