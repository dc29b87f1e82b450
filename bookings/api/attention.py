"""How the API tells of a booking that needs attention."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.api.outputs import BookingFields, SlotOutput
from bookings.api.times import slots
from bookings.domain.attention.remedies import Remedies
from bookings.domain.attention.resolving import Entry
from bookings.domain.refusals import CONCEALED, WORDS, is_concealed
from bookings.models import Booking
from bookings.scheduling.slots import Rule


class CauseOutput(serializers.Serializer[Any]):
    """A rule that a booking breaks."""

    rule = serializers.CharField(
        allow_null=True, help_text="Its number; null where that would give a secret away."
    )
    detail = serializers.CharField(help_text="For people.")


class TakerOutput(serializers.Serializer[Any]):
    """A therapist who could take a booking, and the room it would be in."""

    therapist = serializers.SlugField(source="therapist.slug")
    room = serializers.SlugField(source="room.slug")


class AttentionOutput(BookingFields):
    """A booking that somebody must deal with.

    `context` has `entries` and `ways` by the bookings' ids, and `sees_private`.
    """

    causes = serializers.SerializerMethodField(help_text="Empty: only a review is undecided.")
    decide_until = serializers.SerializerMethodField(
        help_text="When an undecided review lapses; null for a booking that awaits none."
    )
    awaits_answers = serializers.SerializerMethodField(
        help_text="Whether its review waits for the client, who has answered nothing yet."
    )
    same_time = serializers.SerializerMethodField(
        help_text="Who could take it at its own start, and in which room; best first."
    )
    other_times = serializers.SerializerMethodField(
        help_text="Open starts nearby, within a week and on the location's step."
    )

    @extend_schema_field(CauseOutput(many=True))
    def get_causes(self, booking: Booking) -> list[dict[str, str | None]]:
        """The rules in their order."""
        return [self._cause(rule) for rule in self._entry(booking).rules]

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_decide_until(self, booking: Booking) -> str | None:
        """The deadline of rule H2."""
        until = self._entry(booking).decide_until
        return until.astimezone(booking.location.zone).isoformat("T", "seconds") if until else None

    def get_awaits_answers(self, booking: Booking) -> bool:
        """Whether there is nothing to decide yet."""
        return self._entry(booking).awaits_answers

    @extend_schema_field(TakerOutput(many=True))
    def get_same_time(self, booking: Booking) -> Any:
        """Whom `reassign/` would take."""
        return TakerOutput(self._ways(booking).takers, many=True).data

    @extend_schema_field(SlotOutput(many=True))
    def get_other_times(self, booking: Booking) -> list[Any]:
        """What `reschedule/` would take; ascending."""
        ways = self._ways(booking)
        return list(slots(sorted([*ways.with_own, *ways.with_others]), booking.location.zone))

    def _cause(self, rule: Rule) -> dict[str, str | None]:
        if is_concealed(rule, sees_private=self.context["sees_private"]):
            return {"rule": None, "detail": str(CONCEALED)}
        return {"rule": rule.value, "detail": str(WORDS[rule])}

    def _entry(self, booking: Booking) -> Entry:
        entry: Entry = self.context["entries"][booking.pk]
        return entry

    def _ways(self, booking: Booking) -> Remedies:
        ways: Remedies = self.context["ways"].get(booking.pk, Remedies())
        return ways
