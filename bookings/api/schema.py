"""What calls have in common in the documentation."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer

from studio.api.fields import Strict

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="1 to 255 printable ASCII characters of your own, such as a UUID. The same "
    "request with the same key gets the first answer again, for 24 hours.",
)
WRITE_PROBLEMS = (
    "not_authenticated",
    "permission_denied",
    "not_found",
    "idempotency_in_flight",
    "idempotency_mismatch",
    "too_large",
    "unsupported_media_type",
    "throttled",
)
SLOT_PROBLEMS = ("slot_unavailable", "rule_refused")

STAFF: list[Any] = [{"staffToken": []}, {"cookieAuth": []}]
BOOKING_TOKEN_OR_STAFF: list[Any] = [{"bookingToken": []}, *STAFF]
ANYONE_OR_STAFF: list[Any] = [{}, *STAFF]
ANYONE_OR_BOOKING_TOKEN: list[Any] = [{}, *BOOKING_TOKEN_OR_STAFF]


def either(name: str, form: type[Strict], staff_form: type[Strict]) -> Any:
    """What clients send, or what staff send, by one name."""
    return PolymorphicProxySerializer(name, [form, staff_form], resource_type_field_name=None)
