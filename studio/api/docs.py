"""The API's own description: OpenAPI 3.1 for programs, a page for people."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from rest_framework.renderers import JSONRenderer, TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from studio.api.problems import KINDS


@cache
def openapi() -> dict[str, Any]:
    """The description, which is always the same and takes half a second to make."""
    generator: Any = SchemaGenerator  # it has no types
    with override(settings.LANGUAGE_CODE):
        description: dict[str, Any] = generator().get_schema(public=True)
        return description


class Schema(APIView):
    """OpenAPI 3.1 as JSON."""

    renderer_classes = [JSONRenderer, OpenApiJsonRenderer]
    authentication_classes = []
    schema = None

    def get(self, request: Request) -> Response:
        """The description."""
        return Response(openapi())


class Docs(APIView):
    """Swagger UI from our own files, and what each problem's `type` leads to."""

    renderer_classes = [TemplateHTMLRenderer]
    authentication_classes = []
    schema = None

    def get(self, request: Request) -> Response:
        """The page."""
        return Response({"kinds": KINDS}, template_name="api/docs.html")
