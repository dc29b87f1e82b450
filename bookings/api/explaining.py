"""What callers ask, and are told, of why a session cannot start."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.api.inputs import LOCATIONS, SESSION_TYPES, THERAPISTS
from bookings.api.outputs import SlotOutput
from bookings.api.times import local, slots
from bookings.domain.explain import Explanation, Verdict
from studio.api.fields import Instant, Named, Strict


class ExplainQuery(Strict):
    location = Named(LOCATIONS)
    session_type = Named(SESSION_TYPES)
    starts_at = Instant()
    therapist = Named(THERAPISTS, required=False, help_text="Explain her alone.")


class VerdictOutput(serializers.Serializer[Verdict]):
    """What one rule says."""

    rule = serializers.CharField(
        source="number",
        allow_null=True,
        help_text="Its number; null where that would give a secret away.",
    )
    ok = serializers.BooleanField()
    why = serializers.SerializerMethodField(help_text="For people; may be reworded.")
    overridable = serializers.BooleanField(
        source="soft", help_text="Whether staff can go past it with a reason."
    )
    for_clients = serializers.BooleanField(help_text="Whether it does not bind staff at all.")
    bookings = serializers.SerializerMethodField(help_text="References of what is in the way.")

    def get_why(self, verdict: Verdict) -> str:
        """Its reasons as one text."""
        return " ".join(reason.words for reason in verdict.reasons)

    def get_bookings(self, verdict: Verdict) -> list[str]:
        """The bookings that the reasons are about; who comes is not said."""
        return [reason.booking.reference for reason in verdict.reasons if reason.booking]


class ExplainedOutput(serializers.Serializer[Any]):
    """A therapist or a room; those nearest to being possible come first."""

    slug = serializers.SlugField(source="what.slug")
    ok = serializers.BooleanField()
    rules = VerdictOutput(source="verdicts", many=True)


class ExplanationOutput(serializers.Serializer[Explanation]):
    """Why a start is open or not."""

    location = serializers.SlugField(source="question.location.slug")
    session_type = serializers.SlugField(source="question.session_type.slug")
    timezone = serializers.CharField(source="question.location.timezone")
    starts_at = serializers.SerializerMethodField()
    clients = serializers.SerializerMethodField(help_text="Whether a client can book it.")
    reception = serializers.SerializerMethodField(
        help_text="Whether staff can book it, with the override if there is one."
    )
    override = serializers.ListField(
        child=serializers.CharField(), help_text="The soft rules that staff must go past."
    )
    rules = VerdictOutput(source="place", many=True, help_text="What the location says.")
    therapists = ExplainedOutput(many=True)
    rooms = ExplainedOutput(many=True)
    alternatives = serializers.SerializerMethodField(
        help_text="Up to 5 nearest open starts on the step, for staff."
    )

    @extend_schema_field(OpenApiTypes.DATETIME)
    def get_starts_at(self, explanation: Explanation) -> str:
        """The start that was asked about."""
        return local(explanation.start, explanation.question.location.zone)

    def get_clients(self, explanation: Explanation) -> bool:
        """Whether it is listed for clients."""
        return explanation.online is not None

    def get_reception(self, explanation: Explanation) -> bool:
        """Whether staff can book it."""
        return explanation.at_desk is not None

    @extend_schema_field(SlotOutput(many=True))
    def get_alternatives(self, explanation: Explanation) -> list[dict[str, Any]]:
        """Open starts nearby."""
        return slots(explanation.nearby, explanation.question.location.zone)
