"""How problems look in the documentation."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from studio.api.problems import KINDS

MEDIA_TYPE = "application/problem+json"


class PlaceOutput(serializers.Serializer[Any]):
    """Where a body or a query does not fit."""

    field = serializers.CharField(
        help_text="The path, such as `client.email`; empty for the whole."
    )
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemOutput(serializers.Serializer[Any]):
    """A problem document (RFC 9457)."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.ChoiceField(choices=sorted(KINDS))
    errors = PlaceOutput(  # type: ignore[assignment]  # the metaclass takes fields off the class
        many=True, required=False, help_text="With `invalid`."
    )


EVERYWHERE = ("invalid", "not_acceptable", "server_error", "unavailable")
"""What any call can answer."""


def problems(
    *codes: str, form: type[ProblemOutput] = ProblemOutput
) -> dict[tuple[int, str], OpenApiResponse]:
    """The problems that a call can answer, for `extend_schema`, besides those of every call."""
    by_status: dict[int, list[str]] = {}
    for code in (*codes, *EVERYWHERE):
        by_status.setdefault(KINDS[code].status, []).append(code)
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            form, description=", ".join(f"`{code}`" for code in found)
        )
        for status, found in sorted(by_status.items())
    }


class StaffTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it registers subclasses
    """How the documentation describes the token."""

    target_class = "studio.api.tokens.StaffTokenAuthentication"
    name = "staffToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """The scheme."""
        return {"type": "http", "scheme": "bearer", "description": "A token of a member of staff."}
