"""What callers are told of places, sessions and people, and what they ask of them."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from bookings.api.inputs import LOCATIONS, SESSION_TYPES
from bookings.api.outputs import MoneyOutput
from bookings.models import SessionType
from studio.addresses import absolute
from studio.api.fields import Named, Text
from studio.api.pages import PageQuery
from studio.premises.models import Equipment, Location
from therapists.models import Certification, Qualification, Therapist


class SessionTypeQuery(PageQuery):
    location = Named(LOCATIONS, required=False)
    style = Text(  # type: ignore[assignment]  # the metaclass takes fields off the class
        required=False, max_length=64
    )

    def validate_style(self, style: str) -> str:
        """Refuse a style that no session type has."""
        if not SESSION_TYPES.filter(style=style).exists():
            raise ValidationError(_("There is none of this name."), "unknown")
        return style


class TherapistQuery(PageQuery):
    location = Named(LOCATIONS, required=False)
    session_type = Named(SESSION_TYPES, required=False)


class LocationOutput(serializers.ModelSerializer[Location]):
    class Meta:
        model = Location
        fields = (
            "slug",
            "name",
            "timezone",
            "address",
            "phone",
            "email",
            "slot_step_minutes",
            "min_notice_minutes",
            "horizon_days",
            "free_cancellation_hours",
        )


class QualificationOutput(serializers.ModelSerializer[Qualification]):
    class Meta:
        model = Qualification
        fields = ("slug", "name")


class EquipmentOutput(serializers.ModelSerializer[Equipment]):
    class Meta:
        model = Equipment
        fields = ("slug", "name")


class RequirementsOutput(serializers.Serializer[SessionType]):
    """What therapist and room must have."""

    qualifications = QualificationOutput(source="requires_qualifications", many=True)
    equipment = EquipmentOutput(source="requires_equipment", many=True)


class SessionTypeOutput(serializers.ModelSerializer[SessionType]):
    price = serializers.SerializerMethodField()
    requires = RequirementsOutput(source="*")
    locations = serializers.SlugRelatedField[Location](slug_field="slug", many=True, read_only=True)

    class Meta:
        model = SessionType
        fields = (
            "slug",
            "name",
            "summary",
            "description",
            "style",
            "barefoot",
            "duration_minutes",
            "price",
            "requires",
            "locations",
        )

    @extend_schema_field(MoneyOutput)
    def get_price(self, session_type: SessionType) -> dict[str, str]:
        """The price in the studio's currency, which the view has asked for once."""
        return {"amount": f"{session_type.price:.2f}", "currency": self.context["currency"]}


class CertificationOutput(serializers.ModelSerializer[Certification]):
    qualification = QualificationOutput()

    class Meta:
        model = Certification
        fields = ("qualification", "issuing_body", "issued_on", "expires_on")


class TherapistOutput(serializers.ModelSerializer[Therapist]):
    photo = serializers.SerializerMethodField(help_text="Its address; null without one.")
    languages = serializers.ListField(child=serializers.CharField())
    session_types = serializers.SlugRelatedField[SessionType](
        slug_field="slug", many=True, read_only=True
    )
    certifications = CertificationOutput(many=True)

    class Meta:
        model = Therapist
        fields = (
            "slug",
            "name",
            "pronouns",
            "bio",
            "photo",
            "languages",
            "session_types",
            "certifications",
        )

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_photo(self, therapist: Therapist) -> str | None:
        """Where it is served: the whole address, for pages on other origins."""
        return absolute(therapist.photo.url) if therapist.photo else None
